//===- tools.mjs - components in text, fused and instantiated ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { instantiate } from '../../host/js/meld-host.mjs';
import { tool } from '../Stream/tools.mjs';

/// Fuses the component `text`; `words` are more options of `meld fuse`. Returns
/// the bytes of the module.
export async function fuseBytes(text, ...words) {
  const directory = mkdtempSync(join(tmpdir(), 'meld-edge-'));
  try {
    writeFileSync(join(directory, 'in.wasm'), await parse(text));
    tool('meld', ['fuse', 'in.wasm', '-o', 'out.wasm', ...words], { cwd: directory });
    return readFileSync(join(directory, 'out.wasm'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/// The same, as a WebAssembly.Module.
export const fuseText = async (text, ...words) => WebAssembly.compile(await fuseBytes(text, ...words));

/// Instantiates a module that `fuseText` made.
export const run = (module, imports) => instantiate(module, imports);

/// The text of a core module that has the memory `mem`, and its instance.
export const memory = `
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))`;

/// The same with a realloc that only goes forward, for addresses of the type
/// `address`; both are aliased as $memory and $realloc.
export const heap = (address = 'i32') => `
  (core module $Mem (memory (export "mem") ${address} 1)
    (global $top (mut ${address}) (${address}.const 4096))
    (func (export "realloc") (param ${address} ${address} ${address} ${address}) (result ${address})
      (global.set $top (${address}.and (${address}.add (global.get $top) (${address}.const 7)) (${address}.const -8)))
      (memory.copy (global.get $top) (local.get 0) (local.get 1))
      (global.get $top)
      (global.set $top (${address}.add (global.get $top) (local.get 3)))))
  (core instance $mem (instantiate $Mem))
  (alias core export $mem "mem" (core memory $memory))
  (alias core export $mem "realloc" (core func $realloc))`;
