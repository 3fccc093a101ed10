//===- exceptions-async.test.mjs - exceptions in asynchronous calls ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// As exceptions.test.mjs, where the runtime is between who throws and who
// catches.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseText, run } from '../Edge/tools.mjs';
import { caught, chain, uncaught } from './chain.mjs';

describe('an asynchronous callee', () => {
  const asyncCallee = `(component $Callee
    (core module $M
      (import "" "return" (func $return (param i32)))
      (tag $e)
      (func (export "f") (param i32) (result i32)
        (if (local.get 0) (then (throw $e)))
        (call $return (i32.const 7)) (i32.const 0))
      (func (export "cb") (param i32 i32 i32) (result i32) unreachable))
    (canon task.return (result u32) (core func $return))
    (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
    (func (export "f") async (param "n" u32) (result u32) (canon lift (core func $m "f") async (callback (core func $m "cb")))))`;
  test('throws while it starts', async () => {
    const { exports } = await run(await fuseText(chain(asyncCallee, `(component $Caller
        (import "f" (func $f async (param "n" u32) (result u32)))
        (core module $L (memory (export "mem") 1))
        (core instance $l (instantiate $L))
        (core module $M
          (import "" "f" (func $f (param i32 i32) (result i32)))
          (func (export "go") (param i32) (result i32)
            (block $caught (return (try_table (result i32) (catch_all $caught) (call $f (local.get 0) (i32.const 0)))))
            (i32.const ${caught})))
        (canon lower (func $f) async (memory (core memory $l "mem")) (core func $f'))
        (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
        (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "go"))))`)));
    assert.equal(exports.f(0), 2); // RETURNED
    assert.throws(() => exports.f(1), uncaught);
  });

  test('gives a value to a caller whose realloc throws', async () => {
    const { exports } = await run(await fuseText(chain(`(component $Callee
        (core module $L (memory (export "mem") 1))
        (core instance $l (instantiate $L))
        (canon task.return (result string) (memory (core memory $l "mem")) (core func $return))
        (core module $M
          (import "" "return" (func $return (param i32 i32)))
          (func (export "f") (result i32)
            (block $caught
              (try_table (catch_all $caught) (call $return (i32.const 16) (i32.const 3)))
              (return (i32.const 0)))
            unreachable)
          (func (export "cb") (param i32 i32 i32) (result i32) unreachable))
        (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
        (func (export "f") async (result string) (canon lift (core func $m "f") async (callback (core func $m "cb")) (memory (core memory $l "mem")))))`, `(component $Caller
        (import "f" (func $f async (result string)))
        (core module $L (tag $e) (global $throws (export "throws") (mut i32) (i32.const 0)) (memory (export "mem") 1)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) (if (global.get $throws) (then (throw $e))) (i32.const 256)))
        (core instance $l (instantiate $L))
        (canon lower (func $f) async (memory (core memory $l "mem")) (realloc (core func $l "realloc")) (core func $f'))
        (core module $M
          (import "" "f" (func $f (param i32) (result i32))) (import "" "throws" (global $throws (mut i32)))
          (func (export "go") (param i32) (result i32) (global.set $throws (local.get 0)) (call $f (i32.const 64))))
        (core instance $m (instantiate $M (with "" (instance (export "f" (func $f')) (export "throws" (global $l "throws"))))))
        (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "go"))))`)));
    assert.equal(exports.f(0), 2); // RETURNED
    assert.throws(() => exports.f(1), uncaught);
  });

  // The function of the thread is of core instances that `f` has no part in.
  test('resumes a thread that throws', async () => {
    const { exports } = await run(await fuseText(chain(`(component $Callee
        (core module $T (tag $e) (table (export "t") 1 funcref)
          (func $thread (param i32) (if (local.get 0) (then (throw $e))))
          (elem (i32.const 0) func $thread))
        (core instance $t (instantiate $T))
        (core type $start (func (param i32)))
        (alias core export $t "t" (core table $table))
        (canon thread.new-indirect $start (core table $table) (core func $new))
        (canon thread.yield-then-resume (core func $resume))
        (core module $M
          (import "" "new" (func $new (param i32 i32) (result i32)))
          (import "" "resume" (func $resume (param i32) (result i32)))
          (func (export "f") (param i32) (result i32)
            (drop (call $resume (call $new (i32.const 0) (local.get 0))))
            (i32.const 7)))
        (core instance $m (instantiate $M (with "" (instance (export "new" (func $new)) (export "resume" (func $resume))))))
        (func (export "f") async (param "n" u32) (result u32) (canon lift (core func $m "f"))))`, `(component $Caller
        (import "f" (func $f async (param "n" u32) (result u32)))
        (core module $M
          (import "" "f" (func $f (param i32) (result i32)))
          (func (export "go") (param i32) (result i32)
            (block $caught (return (try_table (result i32) (catch_all $caught) (call $f (local.get 0)))))
            (i32.const ${caught})))
        (canon lower (func $f) (core func $f'))
        (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
        (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "go"))))`)));
    assert.equal(exports.f(0), 7);
    assert.throws(() => exports.f(1), uncaught);
  });
});
