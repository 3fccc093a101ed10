//===- nesting.test.mjs - entries while the host was called --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseText, run } from './tools.mjs';

/// `go` sets slot 0 to 77, calls `act` of the host, and returns the slot. What
/// else can be called sets it to something else.
const slots = `(component
  (import "act" (func $act))
  (core func $act' (canon lower (func $act)))
  (core func $get (canon context.get i32 0))
  (core func $set (canon context.set i32 0))
  (core module $D
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (global $slot (mut i32) (i32.const -1))
    (func (export "end") (param i32) (global.set $slot (call $get)) (call $set (local.get 0)))
    (func (export "slot") (result i32) (global.get $slot)))
  (core instance $d (instantiate $D (with "" (instance
    (export "get" (func $get)) (export "set" (func $set))))))
  (type $r' (resource (rep i32) (dtor (core func $d "end"))))
  (export $r "r" (type $r'))
  (core func $new (canon resource.new $r'))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "act" (func $act))
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (memory (export "mem") 1)
    (func (export "make") (result i32) (call $new (i32.const 5)))
    (func (export "go") (result i32) (call $set (i32.const 77)) (call $act) (call $get))
    (func (export "pointer") (result i32) (call $set (i32.const 66)) (i32.const 32))
    (func (export "post") (param i32) (call $set (i32.add (call $get) (i32.const 22)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "act" (func $act')) (export "get" (func $get)) (export "set" (func $set))))))
  (func (export "make") (result (own $r)) (canon lift (core func $m "make")))
  (func (export "go") (result u32) (canon lift (core func $m "go")))
  (func (export "slot") (result s32) (canon lift (core func $d "slot")))
  (func (export "number") (result u32)
    (canon lift (core func $m "pointer") (post-return (core func $m "post"))))
  (func (export "text") (result string)
    (canon lift (core func $m "pointer") (memory (core memory $m "mem")) (post-return (core func $m "post")))))`;

for (const words of [[], ['--edge=component']])
  describe(`a call keeps its context slots ${words.join()}`, () => {
    const nested = {
      'nothing': () => {},
      'a call': (exports) => exports.make(),
      'a destructor': (_, handle) => handle.drop(),
      'post-return behind a number': (exports) => exports.number(),
      'post-return behind a text': (exports) => exports.text(),
    };
    for (const [name, act] of Object.entries(nested))
      test(`around ${name}`, async () => {
        const { exports } = await run(await fuseText(slots, ...words), { act: () => act(exports, handle) });
        const handle = exports.make();
        assert.equal(exports.go(), 77);
      });
    test('and what runs inside finds fresh ones', async () => {
      const { exports } = await run(await fuseText(slots, ...words), { act: () => handle.drop() });
      const handle = exports.make();
      exports.go();
      assert.equal(exports.slot(), 0);
    });
  });

/// `go` is a task that calls `act` and returns nothing. The destructor of `r`
/// resolves the current task.
const resolving = `(component
  (import "act" (func $act))
  (core func $act' (canon lower (func $act)))
  (core func $return (canon task.return (result u32)))
  (core module $D
    (import "" "return" (func $return (param i32)))
    (func (export "end") (param i32) (call $return (i32.const 666))))
  (core instance $d (instantiate $D (with "" (instance (export "return" (func $return))))))
  (type $r' (resource (rep i32) (dtor (core func $d "end"))))
  (export $r "r" (type $r'))
  (core func $new (canon resource.new $r'))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "act" (func $act))
    (func (export "make") (result i32) (call $new (i32.const 5)))
    (func (export "go") (result i32) (call $act) (i32.const 0))
    (func (export "step") (param i32 i32 i32) (result i32) unreachable))
  (core instance $m (instantiate $M (with "" (instance (export "new" (func $new)) (export "act" (func $act'))))))
  (func (export "make") (result (own $r)) (canon lift (core func $m "make")))
  (func (export "go") async (result u32) (canon lift (core func $m "go") async (callback (core func $m "step")))))`;

test('a destructor has no task, also where one is under way', async () => {
  const module = await fuseText(resolving);
  for (const isNested of [false, true]) {
    const instance = await run(module, { act: () => handle.drop() });
    const handle = instance.exports.make();
    const expected = { name: 'MeldTrap', id: 'TaskReturnNotAsync' };
    if (isNested) await assert.rejects(instance.exports.go(), expected);
    else assert.throws(() => handle.drop(), expected);
  }
});
