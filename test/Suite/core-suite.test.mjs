//===- core-suite.test.mjs - the runner of core .wast files ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Right expectations pass, each wrong one fails, and what cannot be compared is
// skipped and not passed.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const runner = join(import.meta.dirname, '../../utils/core-suite/run.mjs');

const module = `(module
  (memory 1) (global $count (mut i32) (i32.const 0))
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "two") (result i32 i64) (i32.const 1) (i64.const 2))
  (func (export "nan") (result f32) (f32.const nan:0x200000))
  (func (export "vector") (param v128) (result v128) (i32x4.neg (local.get 0)))
  (func (export "count") (result i32) (global.set $count (i32.add (global.get $count) (i32.const 1))) (global.get $count))
  (func (export "read") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "same") (param externref) (result externref) (local.get 0)))`;

/// The lines of the report, of the file `text`.
function run(text) {
  const directory = mkdtempSync(join(tmpdir(), 'meld-core-test-'));
  try {
    const path = join(directory, 'x.wast');
    writeFileSync(path, text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [runner, path, '--list'], { encoding: 'utf8' });
    assert.equal(stderr, '');
    return { status, lines: stdout.replaceAll(path, 'x.wast').trim().split('\n') };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test('right expectations pass', () => {
  const { status, lines } = run(`${module}
    (assert_return (invoke "add" (i32.const 1) (i32.const 2)) (i32.const 3))
    (assert_return (invoke "two") (i32.const 1) (i64.const 2))
    (assert_return (invoke "nan") (f32.const nan:0x200000))
    (assert_return (invoke "vector" (v128.const i32x4 1 2 3 4)) (v128.const i32x4 -1 -2 -3 -4))
    (assert_return (invoke "count") (i32.const 1))
    (assert_trap (invoke "read" (i32.const 65536)) "out of bounds memory access")
    (assert_return (invoke "count") (i32.const 2))
    (invoke "count")
    (assert_return (invoke "count") (i32.const 4))
    (assert_invalid (module (func (result i32))) "type mismatch")
    (assert_malformed (module binary "\\00asm\\01\\00\\00\\00\\0d") "unexpected end")`);
  assert.equal(lines.at(-1), '12 passed, 0 failed, 0 skipped');
  assert.equal(status, 0);
});

const wrong = [
  ['(assert_return (invoke "add" (i32.const 1) (i32.const 2)) (i32.const 4))', 'Node itself gives another value'],
  ['(assert_return (invoke "two") (i32.const 1) (i64.const 3))', 'Node itself gives another value'],
  ['(assert_return (invoke "nan") (f32.const nan:canonical))', 'Node itself gives another value'],
  ['(assert_return (invoke "vector" (v128.const i32x4 1 2 3 4)) (v128.const i32x4 -1 -2 -3 -5))', 'Node itself gives another value'],
  ['(assert_trap (invoke "count") "unreachable")', 'Node itself gives what is expected'],
  ['(assert_return (invoke "read" (i32.const 65536)) (i32.const 0))', 'Node itself gives RuntimeError: memory access out of bounds'],
  ['(assert_invalid (module (func)) "type mismatch")', 'core: wanted invalid, got valid'],
  ['(module (func (result i32)))', 'core: wanted valid, got invalid'],
];
for (const [text, reason] of wrong)
  test(`fails: ${text}`, () => {
    const { status, lines } = run(`${module}\n${text}`);
    assert.equal(status, 1);
    assert.match(lines[0], new RegExp(`fail: ${reason}`));
    assert.equal(lines.at(-1), '1 passed, 1 failed, 0 skipped');
  });

test('what is not compared is skipped, and what follows it', () => {
  const { status, lines } = run(`${module}
    (invoke "same" (ref.extern 1))
    (assert_return (invoke "count") (i32.const 1))`);
  assert.match(lines[1], /skip: follows line 10, which is not run/);
  assert.equal(lines.at(-1), '1 passed, 0 failed, 2 skipped');
  assert.equal(status, 0);
});
