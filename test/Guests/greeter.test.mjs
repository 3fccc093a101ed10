//===- greeter.test.mjs - a JavaScript guest called by a C guest ---------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Real components of three toolchains, fused and run. `./dev guests` installs
// what makes them; elsewhere the tests are skipped.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runWrapped } from '../Edge/wrapped.mjs';
import { load, tool } from '../Stream/tools.mjs';
import { buildC, engines } from './build.mjs';

const installed = existsSync(join(import.meta.dirname, 'node_modules/componentize-qjs'));
const greeting = (name, n) => `Hello, ${name}! [${Array.from({ length: n }, (_, i) => i).join('|')}]`;

function checkPrograms(engine) {
  let directory, parts, program;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'meld-guests-'));
    parts = [await buildC(directory, 'greeter', 'client'), await engines[engine](directory, 'greeter', 'greeter')];
    const path = join(directory, 'fused.wasm');
    tool('meld', ['fuse', ...parts, '-o', path]);
    program = await load(path);
  });
  after(() => rmSync(directory, { recursive: true }));

  for (const [name, n] of [['World', 0], ['Ada', 1], ['é \u{1f600} ', 3], ['x'.repeat(10000), 100]])
    test(`a greeting with ${n} tags for ${name.slice(0, 10)}`, () => {
      assert.equal(program.exports.run(name, n), greeting(name, n));
    });
  for (const n of [0, 1, 1000, 100000])
    test(`a list of ${n} numbers`, () => {
      assert.equal(program.exports.total(n), (n * n - n) / 2);
    });
  test('results and options', () => {
    assert.equal(program.exports.swapped(12345), 5);
  });
  test('a hundred calls do not grow what the first grew', () => {
    const pages = () => Object.values(program.core).filter((x) => x instanceof WebAssembly.Memory).map((m) => m.buffer.byteLength);
    program.exports.run('warm', 10);
    const before = pages();
    for (let i = 0; i < 100; i++) program.exports.run('warm', 10);
    assert.deepEqual(pages(), before);
  });
  test('the same, made a component again and run by jco', async () => {
    const path = join(directory, 'again.wasm');
    tool('meld', ['fuse', ...parts, '-o', path, '--edge=component']);
    const { run, total, swapped } = await runWrapped(directory, path, {});
    assert.equal(run('é \u{1f600}', 3), greeting('é \u{1f600}', 3));
    assert.equal(total(1000), 499500);
    assert.equal(swapped(12345), 5);
  });
}

for (const engine of Object.keys(engines))
  if (installed) describe(`a guest on ${engine}`, () => checkPrograms(engine));
  else test(`a guest on ${engine}`, { skip: 'run ./dev guests: it installs the toolchains' }, () => {});
