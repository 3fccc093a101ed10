//===- shared.test.mjs - modules that share everything, fused ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A C library and two users as position-independent shared modules: one memory,
// one table, a global offset table, data that is relocated at the start. A C
// component calls them. The inputs say what the numbers are made of.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { makeComponent } from '../../utils/component.mjs';
import { compileGuest } from '../../utils/guest.mjs';
import { tool } from '../Stream/tools.mjs';
import { buildShared, linkShared } from './component.mjs';

const inputs = join(import.meta.dirname, 'Inputs');
const directory = mkdtempSync(join(tmpdir(), 'meld-shared-'));
after(() => rmSync(directory, { recursive: true }));
const path = (name) => join(directory, name);

async function build() {
  const entries = ['library', 'first', 'second'].map((name) =>
    [name, buildShared(join(inputs, `${name}.c`), directory, name)]);
  writeFileSync(path('shared.wasm'), await linkShared(entries, 'compute'));
  compileGuest(join(inputs, 'caller.c'), path('caller.core.wasm'));
  const wit = readFileSync(join(inputs, 'caller.wit'), 'utf8');
  writeFileSync(path('caller.wasm'), await makeComponent(readFileSync(path('caller.core.wasm')), wit, 'caller'));
  return entries;
}

/// `compute` and the 1 that the caller adds, for its nth call.
function expected(x, n) {
  const count = 40 + 100 * n + x * (2 * n - 1);
  return (count + 9 + 3 * x) * 10000 + (count + x) * 10 + 2 * n + 1;
}

test('a library and two users in one component, called from another one', async () => {
  const entries = await build();
  // Relocated code has long LEBs: `call` with five bytes of index.
  assert.ok(entries.some(([, bytes]) => bytes.includes(Buffer.from([0x80, 0x80, 0x80, 0x00]))));
  for (const options of [[], ['--strip-dead']]) {
    tool('meld', ['fuse', path('caller.wasm'), path('shared.wasm'), '-o', path('fused.wasm'), '--verify=full', ...options]);
    const { instance } = await WebAssembly.instantiate(readFileSync(path('fused.wasm')));
    instance.exports._initialize?.();
    for (let n = 1; n < 4; n++) assert.equal(instance.exports.run(5), expected(5, n));
  }
});
