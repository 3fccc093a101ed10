//===- meld-host.mjs - run fused programs in JavaScript ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The host side of docs/HostABI.md, version 1. Everything it knows of a program
// it reads from the custom section `meld.abi`.
//
//===---------------------------------------------------------------------===//

import { guestTrap } from './program-traps.mjs';
import { Program } from './program.mjs';
import { compile, readAbi } from './source.mjs';
import { trapKinds as knownTrapKinds } from './trap-kinds.mjs';
import { MeldTrap } from './traps.mjs';

export { MeldTrap };
export { abiVersion, readAbi } from './source.mjs';
export { throwing } from './imports.mjs';
export { Resource } from './resources.mjs';

/// Instantiates a fused program.
///   source     the bytes, a WebAssembly.Module, or a Response of `fetch`; also a
///              promise of one of them
///   imports    functions by name; those of an interface below its name
///              (imports.mjs). An async import may return a promise.
///   trapKinds  rows of parseTrapTable (traps.mjs), if the program has other kinds
///              of traps than those that this host knows
///   map        an OffsetMap (offset-map.mjs), to say where a trap was
/// Returns `{ exports, abi, core }`: functions and classes, `meld.abi`, and the exports
/// of the core instance. Async functions return promises. A trap is thrown, or
/// rejects the promise, as a MeldTrap.
export async function instantiate(source, imports = {}, { trapKinds = knownTrapKinds, map, instantiateCore = WebAssembly.instantiate } = {}) {
  if (Object(imports) !== imports) throw new TypeError('the imports of a program are an object');
  const module = await compile(await source);
  const abi = readAbi(module);
  const program = new Program(abi, trapKinds, map);
  let instance;
  try {
    instance = await instantiateCore(module, program.importObject(module, imports));
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    throw guestTrap(error, map);
  }
  program.initialize(instance.exports);
  return { exports: program.exports(), abi, core: instance.exports };
}
