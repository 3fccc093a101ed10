//===- post-return.test.mjs - what ends the call of an export ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseText, run } from './tools.mjs';

/// The results of `make`: their type, and code for what the core function
/// returns, which may lie at 32. The guest makes two handles before, so those
/// that it returns have other numbers in the table of the host.
const results = {
  'a number': ['u32', '(i32.const 5)'],
  'a handle': ['(own $r)', '(call $new (i32.const 9))'],
  'a handle in a tuple': ['(tuple (own $r))', '(call $new (i32.const 9))'],
  'a handle in memory': ['(option (own $r))', `(block (result i32)
    (i32.store (i32.const 32) (i32.const 1))
    (i32.store (i32.const 36) (call $new (i32.const 9)))
    (i32.const 32))`],
  'a text': ['string', '(i32.const 32)'],
};

/// `make` notes what it returns, and its post-return function what it gets and
/// what slot 0 of its thread holds, which `make` has set to 77.
const guest = (type, body, imports) => `(component
  ${imports ? '(import "log" (func $log)) (core func $log (canon lower (func $log)))' : ''}
  (type $r' (resource (rep i32)))
  (export $r "r" (type $r'))
  (core func $new (canon resource.new $r'))
  (core func $get (canon context.get i32 0))
  (core func $set (canon context.set i32 0))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (memory (export "mem") 1)
    (global $made (mut i32) (i32.const -1))
    (global $got (mut i32) (i32.const -2))
    (global $slot (mut i32) (i32.const -3))
    (func (export "make") (result i32)
      (call $set (i32.const 77))
      (drop (call $new (i32.const 5)))
      (drop (call $new (i32.const 5)))
      (global.set $made ${body})
      (global.get $made))
    (func (export "post") (param i32)
      (global.set $got (local.get 0))
      (global.set $slot (call $get)))
    (func (export "made") (result i32) (global.get $made))
    (func (export "got") (result i32) (global.get $got))
    (func (export "slot") (result i32) (global.get $slot)))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "get" (func $get)) (export "set" (func $set))))))
  (func (export "make") (result ${type})
    (canon lift (core func $m "make") (memory (core memory $m "mem")) (post-return (core func $m "post"))))
  (func (export "made") (result s32) (canon lift (core func $m "made")))
  (func (export "got") (result s32) (canon lift (core func $m "got")))
  (func (export "slot") (result s32) (canon lift (core func $m "slot"))))`;

for (const words of [[], ['--edge=component'], ['--spec=2026-08']])
  for (const imports of [false, true])
    describe(`${words.join() || 'as usual'}${imports ? ', with an import' : ''}`, () => {
      for (const [name, [type, body]] of Object.entries(results))
        test(`behind ${name}`, async () => {
          const { exports } = await run(await fuseText(guest(type, body, imports), ...words), { log() {} });
          exports.make();
          assert.equal(exports.got(), exports.made(), 'it gets what the callee returned');
          assert.equal(exports.slot(), 77, "it runs on the callee's thread");
        });
    });
