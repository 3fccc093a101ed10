//===- cancel.test.mjs - tasks that are asked to end ---------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseText, memory, run } from './tools.mjs';

/// `go` calls `f`, which yields at first. In its next turn `f` has its own call
/// cancelled, and ends the turn with `code`. What `go` gives is what became of the call.
const program = (code) => `(component
  ${memory}
  (canon task.return (result u32) (core func $return))
  (canon task.cancel (core func $cancelled))
  (canon subtask.cancel async (core func $cancel))
  (canon waitable-set.new (core func $new))
  (canon waitable.join (core func $join))
  (core instance $given (export "return" (func $return)) (export "cancelled" (func $cancelled)) (export "cancel" (func $cancel))
    (export "new" (func $new)) (export "join" (func $join)))
  (core module $F
    (import "" "return" (func $return (param i32))) (import "" "cancelled" (func $cancelled))
    (import "" "cancel" (func $cancel (param i32) (result i32))) (import "" "new" (func $new (result i32)))
    (global $subtask (export "subtask") (mut i32) (i32.const 0))
    (global $turns (mut i32) (i32.const 0))
    (func (export "f") (result i32) (i32.const 1 (; YIELD ;)))
    (func (export "event") (param $event i32) (param i32 i32) (result i32)
      (global.set $turns (i32.add (global.get $turns) (i32.const 1)))
      (if (i32.eq (local.get $event) (i32.const 6 (; TASK_CANCELLED ;))) (then (call $cancelled) (return (i32.const 0 (; EXIT ;)))))
      (if (i32.eq (global.get $turns) (i32.const 1))
        (then
          (if (i32.ne (call $cancel (global.get $subtask)) (i32.const -1 (; BLOCKED ;))) (then unreachable))
          (return ${code})))
      (call $return (i32.const 7))
      (i32.const 0)))
  (core instance $f (instantiate $F (with "" (instance $given))))
  (func $f async (result u32) (canon lift (core func $f "f") async (callback (core func $f "event"))))
  (canon lower (func $f) async (memory (core memory $memory "mem")) (core func $f'))
  (core module $G
    (import "" "new" (func $new (result i32))) (import "" "join" (func $join (param i32 i32))) (import "" "return" (func $return (param i32)))
    (import "f" "f" (func $f (param i32) (result i32))) (import "f" "subtask" (global $subtask (mut i32)))
    (global $set (mut i32) (i32.const 0))
    (func (export "go") (result i32)
      (global.set $subtask (i32.shr_u (call $f (i32.const 64)) (i32.const 4)))
      (global.set $set (call $new))
      (call $join (global.get $subtask) (global.get $set))
      (call $wait))
    (func $wait (result i32)
      (i32.or (i32.const 2 (; WAIT ;)) (i32.shl (global.get $set) (i32.const 4))))
    (func (export "event") (param $event i32) (param $subtask i32) (param $state i32) (result i32)
      (if (i32.eq (local.get $state) (i32.const 1 (; STARTED ;))) (then (return (call $wait))))
      (call $return (local.get $state))
      (i32.const 0)))
  (core instance $g (instantiate $G (with "" (instance $given)) (with "f" (instance (export "f" (func $f')) (export "subtask" (global $f "subtask"))))))
  (func (export "go") async (result u32) (canon lift (core func $g "go") async (callback (core func $g "event")))))`;

for (const [name, code] of [['yields', '(i32.const 1)'], ['waits', '(i32.or (i32.const 2 (; WAIT ;)) (i32.shl (call $new) (i32.const 4)))']])
  test(`a task that is asked to end while it runs is told when it ${name}`, async () => {
    const { exports } = await run(await fuseText(program(code)));
    assert.equal(await exports.go(), 4); // CANCELLED_BEFORE_RETURNED
  });
