//===- program.mjs - hand-written fused programs for tests ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytes, name, section } from '../../utils/bytes.mjs';

/// The bytes of a core module in text form.
export function assemble(wat) {
  const directory = mkdtempSync(join(tmpdir(), 'meld-test-'));
  try {
    writeFileSync(join(directory, 'm.wat'), wat);
    execFileSync('wat2wasm', ['--enable-all', join(directory, 'm.wat'), '-o', join(directory, 'm.wasm')]);
    return readFileSync(join(directory, 'm.wasm'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/// `module` with a custom section behind it.
export const withSection = (module, title, text) => Buffer.concat([module, bytes(section(0, name(title), Buffer.from(text)))]);

/// `f: func(params) -> result` as `meld.abi` describes it; `params` maps names
/// to types.
export function signature(name, params = {}, result = null, more = {}) {
  const list = Object.entries(params).map(([name, type]) => ({ name, type }));
  const core = more.async ? (more.module ? `[call]${name}` : `[start]${name}`) : name;
  return { name, interface: null, core, async: false, params: list, result, memory: null, ...more };
}

/// A fused program: the text of its module and its functions.
export function program(wat, { exports = [], imports = [], ...more } = {}) {
  const abi = {
    version: 1, async: false, exports, imports, memories: ['__memory0'], staging: 0,
    trap: { kind: '__trap_kind', argument: '__trap_argument' }, ...more,
  };
  return withSection(assemble(wat), 'meld.abi', JSON.stringify(abi));
}
