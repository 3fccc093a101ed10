//===- wasi.mjs - WASI 0.2 for programs in Node --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The npm package `@bytecodealliance/preview2-shim` implements WASI 0.2. This
// file finds it and makes imports of it for `instantiate` (meld-host.mjs).
//
//===---------------------------------------------------------------------===//

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { throwing } from './imports.mjs';

const shim = '@bytecodealliance/preview2-shim';

/// The interfaces of WASI that a program imports, by `meld.abi`.
export function wasiImports(abi) {
  const interfaces = new Set([...abi.imports, ...(abi.resources ?? [])].map((entry) => entry.interface));
  return [...interfaces].filter((name) => name?.startsWith('wasi:'));
}

/// The file of the package that is installed nearest to one of `folders`.
function findShim(folders) {
  for (const folder of folders)
    try {
      return createRequire(join(folder, 'resolve')).resolve(`${shim}/instantiation`);
    } catch {
      // the next one
    }
  throw new Error(`the program imports WASI, which the npm package ${shim} implements: npm install ${shim} in the folder you work in`);
}

/// Imports that implement WASI 0.2.
///   folders   where to look for the package
///   args      the arguments of the program, its name first
///   env       its environment, { name: value }
///   preopens  the folders that it sees, { '/name': 'path' }
/// Without `env` or `preopens` it sees nothing of either.
export async function wasi({ folders = [process.cwd()], args = ['program'], env = {}, preopens = {} } = {}) {
  const { WASIShim } = await import(pathToFileURL(findShim(folders)));
  const interfaces = new WASIShim({ sandbox: { args, env, preopens } }).getImportObject();
  return Object.fromEntries(
    Object.entries(interfaces).filter(([, scope]) => scope).map(([name, scope]) => [name, throwing({ ...scope })]));
}
