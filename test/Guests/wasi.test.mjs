//===- wasi.test.mjs - guests that use WASI 0.2 --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A JavaScript component that writes through WASI, called by one in C, fused, and
// run by `meld run` with npm's preview2-shim.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { tool } from '../Stream/tools.mjs';
import { buildC, engines } from './build.mjs';

const installed = existsSync(join(import.meta.dirname, 'node_modules/componentize-qjs'));
const features = ['stdio', 'random', 'clocks'];

function checkReporter(engine) {
  let directory;
  const run = (...words) =>
    tool('meld', ['run', join(directory, 'fused.wasm'), ...words], { cwd: import.meta.dirname }).toString();
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'meld-wasi-'));
    const parts = [await buildC(directory, 'wasi', 'editor'), await engines[engine](directory, 'wasi', 'reporter', { features })];
    tool('meld', ['fuse', ...parts, '-o', join(directory, 'fused.wasm')]);
  });
  after(() => rmSync(directory, { recursive: true }));

  test('lines through an output-stream', () => {
    assert.equal(run('--invoke', 'lines', 'Line', '3', 'false'), 'Line 0\nLine 1\nLine 2\n18\n');
  });
  test('lines through the console', { skip: engine === 'QuickJS' && 'it has none' }, () => {
    assert.equal(run('--invoke', 'lines', 'Line', '3', 'true'), 'Line 0\nLine 1\nLine 2\n18\n');
  });
  test('the clock', () => {
    const early = Date.now(), now = Number(run('--invoke', 'now'));
    assert.ok(early <= now && now <= Date.now(), `${early} <= ${now}`);
  });
  test('random numbers are not those of the last run', () => {
    const [a, b] = [1, 2].map(() => Number(run('--invoke', 'mean', '1000')));
    assert.ok(Math.abs(a - 0.5) < 0.1 && Math.abs(b - 0.5) < 0.1 && a !== b, `${a}, ${b}`);
  });
  test('variables of the environment, and no others', () => {
    assert.equal(run('--env', 'COLOR=blue', '--invoke', 'variable', 'COLOR'), '"blue"\n');
    assert.equal(run('--env', 'COLOR=blue', '--invoke', 'variable', 'PATH'), '"none"\n');
  });
}

for (const engine of Object.keys(engines))
  if (installed) describe(`WASI on ${engine}`, () => checkReporter(engine));
  else test(`WASI on ${engine}`, { skip: 'run ./dev guests: it installs the toolchains' }, () => {});
