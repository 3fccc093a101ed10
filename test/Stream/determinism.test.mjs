//===- determinism.test.mjs - same inputs, same bytes --------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { tool, tryTool, withGuests } from './tools.mjs';

describe('determinism', () => {
  let guests, elsewhere;
  before(async () => {
    guests = await withGuests();
    elsewhere = join(guests.directory, 'some/other/folder');
    mkdirSync(elsewhere, { recursive: true });
    for (const name of ['producer', 'consumer']) copyFileSync(guests.guests[name], join(elsewhere, `${name}.wasm`));
  });
  after(() => guests.remove());

  /// Everything that a fusion in `cwd` produces: the bytes.
  function fused(cwd, ...words) {
    tool('meld', ['fuse', 'producer.wasm', 'consumer.wasm', '-o', 'out.wasm', ...words], { cwd });
    return readFileSync(join(cwd, 'out.wasm')).toString('hex');
  }

  test('ten runs give the same bytes', () => {
    const first = fused(guests.directory);
    for (let run = 1; run < 10; run++) assert.equal(fused(guests.directory), first);
  });

  test('another folder gives the same bytes', () => {
    assert.equal(fused(elsewhere), fused(guests.directory));
  });

  /// What `meld-opt` prints of both components: IR and diagnostics. It runs
  /// passes in threads, unless it is told not to; `meld fuse` is one program.
  function optimized(cwd, passes, ...words) {
    const input = Buffer.concat(['producer', 'consumer'].map((name) => tool('meld-translate', ['--component-to-mlir', `${name}.wasm`], { cwd })));
    const { status, stdout, stderr } = tryTool('meld-opt', [...passes, '--mlir-print-debuginfo', ...words], { cwd, input });
    return { status, ir: stdout.toString(), stderr };
  }

  const stages = { linked: ['--component-link'], flattened: ['--component-link', '--component-flatten'], fused: ['--fuse'] };
  for (const [stage, passes] of Object.entries(stages))
    test(`the same IR, ${stage}: ten runs, threads on and off, in another folder`, () => {
      const first = optimized(guests.directory, passes);
      assert.equal(first.status, 0, first.stderr);
      for (let run = 1; run < 10; run++) assert.deepEqual(optimized(guests.directory, passes), first);
      assert.deepEqual(optimized(guests.directory, passes, '--mlir-disable-threading'), first);
      assert.deepEqual(optimized(elsewhere, passes), first);
    });

  test('the same diagnostics for what is left over, in the same order', () => {
    const passes = ['--component-link', '--component-flatten', '--wasm-merge'];
    const first = optimized(guests.directory, passes, '--diagnostics=json');
    assert.equal(first.status, 1);
    assert.match(first.stderr, /"not-lowered"/);
    for (let run = 1; run < 10; run++) assert.deepEqual(optimized(guests.directory, passes, '--diagnostics=json'), first);
    assert.deepEqual(optimized(guests.directory, passes, '--diagnostics=json', '--mlir-disable-threading'), first);
    assert.deepEqual(optimized(elsewhere, passes, '--diagnostics=json'), first);
  });

  test('the same diagnostics for a broken input', () => {
    const broken = readFileSync(guests.guests.producer).subarray(0, 100);
    const refuse = (cwd) => {
      writeFileSync(join(cwd, 'broken.wasm'), broken);
      return tryTool('meld-translate', ['--component-to-mlir', '--diagnostics=json', 'broken.wasm'], { cwd });
    };
    const first = refuse(guests.directory);
    assert.equal(first.status, 1);
    assert.match(first.stderr, /"malformed"/);
    for (let run = 1; run < 10; run++) assert.equal(refuse(guests.directory).stderr, first.stderr);
    assert.equal(refuse(elsewhere).stderr, first.stderr);
  });
});
