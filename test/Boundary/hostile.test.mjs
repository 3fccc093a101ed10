//===- hostile.test.mjs - the size of adapters ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// What twice as many types add to the output is about twice as much, however
// they are nested and repeated; what grows with the square would be four times.
// bench/hostile-types.mjs has seconds, and larger sizes.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fuseBytes, run } from '../Edge/tools.mjs';
import { tool } from '../Stream/tools.mjs';
import { callee, cases, program } from './hostile.mjs';

/// Checks what twice as many types add, and returns the largest module. At the
/// edge, a type is written once only where it is longer than 1024 bytes: until
/// they are, nested types with names may add `more`.
async function checkGrowth([n, make], component, more = 0) {
  const size = Math.min(n, 60);
  const modules = [];
  for (const count of [size, 2 * size, 4 * size]) {
    modules.push(await fuseBytes(component(make(count))));
    assert.ok(WebAssembly.validate(modules.at(-1)));
  }
  const bytes = modules.map(({ length }) => length);
  const [first, second] = [bytes[1] - bytes[0], bytes[2] - bytes[1]];
  assert.ok(second <= 3 * first + more, `${size}, ${2 * size}, ${4 * size}: ${bytes.join(', ')} bytes`);
  return modules.at(-1);
}

for (const [name, sized] of Object.entries(cases)) {
  test(`${name}: the output grows like the types`, () => checkGrowth(sized, program));
  test(`${name}, at the edge: the output grows like the types, and the host takes it`, async () => {
    const { exports } = await run(await WebAssembly.compile(await checkGrowth(sized, callee, 16 * 1024)));
    assert.equal(exports.f0([]).length, 0);
  });
}

const [, listsTwice] = cases['lists, each twice'];

test('values of a type that stands in several places', async () => {
  const { exports, abi } = await run(await WebAssembly.compile(await fuseBytes(callee(listsTwice(9)))));
  assert.ok(abi.shared.length > 0);
  let value = 'ä';
  for (let i = 0; i < 9; i++) value = [[value], i % 2 ? [] : [value, value]];
  assert.deepEqual(exports.f0([value]), [value]);
  assert.throws(() => exports.f0([[[1], []]]), /^TypeError: argument "a"\[0\]\[0\]\[0\] of "f0": expected a value of type tuple of 2/);
});

test('a reference that leads to no earlier type is refused', async () => {
  const { linkTypes } = await import('../../host/js/shared.mjs');
  assert.throws(() => linkTypes({ shared: [{ list: { shared: 0 } }] }), /there is no shared type 0 here/);
});

test('meld inspect cuts huge types, and refuses them as WIT', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'meld-hostile-'));
  try {
    const file = join(directory, 'out.wasm');
    writeFileSync(file, await fuseBytes(callee(listsTwice(9))));
    assert.match(String(tool('meld', ['inspect', file])), /list<tuple<list<tuple<.*string/);
    assert.match(String(tool('meld', ['inspect', file, '--wit'])), /list<tuple<list<tuple<.*string/);
    writeFileSync(file, await fuseBytes(callee(listsTwice(40))));
    const text = String(tool('meld', ['inspect', file]));
    assert.ok(text.includes('...') && text.length < 20000);
    assert.throws(() => tool('meld', ['inspect', file, '--wit']), /its types are longer than WIT can say/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
