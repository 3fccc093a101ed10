//===- source.mjs - the module of a program ------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { bytesOf } from './lists.mjs';
import { linkTypes } from './shared.mjs';

/// The version of the host ABI that this host speaks.
export const abiVersion = 1;

const isFunction = (entry) => typeof entry?.name === 'string' && typeof entry.core === 'string' && Array.isArray(entry.params);

/// Reads `meld.abi` of a WebAssembly.Module, with the shared types in place of
/// the references to them: one that stands in many places is one object. Throws
/// an Error if it is missing, broken, or of another version.
export function readAbi(module) {
  const sections = WebAssembly.Module.customSections(module, 'meld.abi');
  if (sections.length !== 1) throw new Error('not a fused program: expected one custom section `meld.abi`');
  let abi;
  try {
    abi = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(sections[0]));
  } catch (error) {
    throw new Error(`custom section \`meld.abi\` is not JSON: ${error.message}`);
  }
  if (abi?.version !== abiVersion)
    throw new Error(`program has version ${abi?.version} of the host ABI, this host speaks version ${abiVersion}`);
  if (![abi.exports, abi.imports].every((list) => Array.isArray(list) && list.every(isFunction)))
    throw new Error('custom section `meld.abi` has no lists of functions `exports` and `imports`');
  linkTypes(abi);
  return abi;
}

/// Whether the bytes are those of a component, which is no program yet.
function isComponent(source) {
  const bytes = ArrayBuffer.isView(source) ? bytesOf(source) : source instanceof ArrayBuffer ? new Uint8Array(source) : [];
  return [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00].every((byte, i) => bytes[i] === byte);
}

/// The WebAssembly.Module of what `instantiate` is given, or a promise of it.
export function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (isComponent(source)) throw new Error('the source is a component: `meld fuse` makes a program of it');
  const isResponse = Object.prototype.toString.call(source) === '[object Response]'; // to name its class loads much in Node
  return isResponse ? WebAssembly.compileStreaming(source) : WebAssembly.compile(source);
}
