//===- hostile.test.mjs - the size of what hostile types give ------------===//
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
import { innermostFirst, linkTypes } from '../../host/js/shared.mjs';
import { typesOf } from '../../host/js/types.mjs';
import { readAbi } from '../../host/js/source.mjs';
import { valueType } from '../../host/js/values.mjs';
import { fuseBytes, run } from '../Edge/tools.mjs';
import { tool } from '../Stream/tools.mjs';
import { callee, cases, program } from './hostile.mjs';

/// What twice as much adds: `of(4n)` beside `of(2n)` and `of(n)`.
function checkGrowth(what, [first, second, third], more = 0) {
  assert.ok(third - second <= 3 * (second - first) + more, `${what}: ${first}, ${second}, ${third}`);
}

/// The modules of a case, small to large; n is at most 60.
async function fuseSizes([n, make], component) {
  const size = Math.min(n, 60);
  const modules = [];
  for (const count of [size, 2 * size, 4 * size]) {
    modules.push(await fuseBytes(component(make(count))));
    assert.ok(WebAssembly.validate(modules.at(-1)));
  }
  return modules;
}

function withFile(bytes, use) {
  const directory = mkdtempSync(join(tmpdir(), 'meld-hostile-'));
  try {
    const file = join(directory, 'out.wasm');
    writeFileSync(file, bytes);
    return use(file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const worldOf = (bytes) => withFile(bytes, (file) => String(tool('meld', ['inspect', file, '--wit'])));
const declarationsOf = async (bytes) => typesOf(readAbi(await WebAssembly.compile(bytes)), './meld-host.mjs');

/// How deep brackets stand in each other in `meld.abi`. Who parses it copies a
/// part as often as there are lists around it, LLVM does, or needs as deep a stack.
async function nestingOf(bytes) {
  const [section] = WebAssembly.Module.customSections(await WebAssembly.compile(bytes), 'meld.abi');
  let [depth, most] = [0, 0];
  for (const bracket of new TextDecoder().decode(section).replace(/"[^"]*"/g, '').match(/[[\]{}]/g)) {
    depth += '[{'.includes(bracket) ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}

/// At the edge, a type is written once only where it is longer than 1024 bytes:
/// until they are, nested types with names may add more.
const edgeSlack = 16 * 1024;

for (const [name, sized] of Object.entries(cases)) {
  test(`${name}: the output grows like the types`, async () =>
    checkGrowth('bytes', (await fuseSizes(sized, program)).map(({ length }) => length)));
  test(`${name}, at the edge: what is written grows like the types, and the host takes it`, async () => {
    const modules = await fuseSizes(sized, callee);
    checkGrowth('bytes', modules.map(({ length }) => length), edgeSlack);
    checkGrowth('WIT', modules.map((bytes) => worldOf(bytes).length));
    checkGrowth('TypeScript', (await Promise.all(modules.map(declarationsOf))).map(({ length }) => length));
    assert.ok((await nestingOf(modules.at(-1))) < 120);
    const { exports } = await run(await WebAssembly.compile(modules.at(-1)));
    assert.equal(exports.f0([]).length, 0);
  });
}

for (const name of ['options', 'results', 'lists', 'maps', 'tuples', 'records', 'variants'])
  test(`nested ${name}, as deep as may be, pass the tools and the host`, async () => {
    const [, make] = cases[`nested ${name}`];
    const bytes = await fuseBytes(callee(make(990)));
    assert.match(worldOf(bytes), /t-n990 = |t-n990 \{/);
    assert.match(await declarationsOf(bytes), /f0\(/);
    assert.ok(withFile(bytes, (file) => tool('meld', ['inspect', file])).length < 20000);
    const { exports } = await run(await WebAssembly.compile(bytes));
    assert.equal(exports.f0([]).length, 0);
  });

test('a walk over types takes a step for each place of one, not for each way to it', () => {
  let type = { list: 'u8' };
  for (let i = 0; i < 1000; i++) type = { tuple: [type, type, { option: type }] };
  const known = new Set();
  let asked = 0;
  for (const each of innermostFirst(type, (part) => (asked++, known.has(part)))) known.add(each);
  assert.equal(known.size, 2001);
  assert.ok(asked < 20 * known.size, `${asked}`);
});

test('the host needs no stack as deep as types are nested', () => {
  const shared = [{ record: [['a', 'string']] }];
  while (shared.length < 5000) shared.push({ variant: [['a', { shared: shared.length - 1 }], ['b', { option: { shared: shared.length - 1 } }]] });
  const f = { name: 'f', interface: null, core: 'f', async: false, params: [{ name: 'x', type: { shared: 4999 } }], result: null };
  const abi = { version: 1, exports: [f], imports: [], shared };
  linkTypes(abi);
  assert.match(typesOf(abi, './meld-host.mjs'), /^  f\(x: .*Type\d+.*\): void;$/m);
  assert.equal(valueType(f.params[0].type, 'f').flat.length, 17);
});

const [, listsTwice] = cases['lists, each twice'];

test('values of a type that stands in several places', async () => {
  const { exports, abi } = await run(await WebAssembly.compile(await fuseBytes(callee(listsTwice(9)))));
  assert.ok(abi.shared.length > 0);
  let value = 'ä';
  for (let i = 0; i < 9; i++) value = [[value], i % 2 ? [] : [value, value]];
  assert.deepEqual(exports.f0([value]), [value]);
  assert.throws(() => exports.f0([[[1], []]]), /^TypeError: argument "a"\[0\]\[0\]\[0\] of "f0": expected a value of type tuple of 2/);
});

test('a reference that leads to no earlier type is refused', () => {
  assert.throws(() => linkTypes({ shared: [{ list: { shared: 0 } }] }), /there is no shared type 0 here/);
});

/// The component without the names of its types.
const unnamed = (text) => text.replace(/'(?= )/g, '').replace(/\(export \S+ "t-n\d+" \(type \S+'\)\)/g, '');

test('meld inspect cuts huge types, and says them by their names as WIT', async () => {
  const bytes = await fuseBytes(callee(listsTwice(40)));
  const text = String(withFile(bytes, (file) => tool('meld', ['inspect', file])));
  assert.ok(text.includes('...') && text.length < 20000);
  assert.match(worldOf(bytes), /type t-n40 = tuple<list<tuple<list<t-n38>.*;\n *export f0: func\(a: list<t-n40>\)/);
});

test('huge types that have no names are refused as WIT', async () => {
  const bytes = async (n) => fuseBytes(unnamed(callee(listsTwice(n))));
  assert.match(worldOf(await bytes(9)), /list<tuple<list<tuple<.*string/);
  const large = await bytes(40);
  assert.throws(() => worldOf(large), /its types are longer than WIT can say/);
});
