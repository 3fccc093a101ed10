//===- core-types.test.mjs - core modules as arguments -------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The type of an imported core module may name structs and references to them,
// which are the same as those of the module that is given, by their structure.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseText, run } from './tools.mjs';

const component = (get) => `(component
  (core module $A
    (type $p (sub (struct (field i32))))
    (func (export "make") (param i32) (result (ref $p)) (struct.new $p (local.get 0)))
    (func (export "get") (param (ref null $p)) (result i32) (struct.get $p 0 (local.get 0))))
  (component $C
    (import "m" (core module $m
      (type (sub (struct (field i32))))
      (type (func (param i32) (result (ref 0))))
      (type (func (param (ref null 0)) (result i32)))
      (export "make" (func (type 1)))
      (export "get" (func (type ${get})))))
    (core instance $i (instantiate $m))
    (core module $Use
      (type $p (sub (struct (field i32))))
      (import "i" "make" (func $make (param i32) (result (ref $p))))
      (import "i" "get" (func $get (param (ref null $p)) (result i32)))
      (func (export "f") (param i32) (result i32) (call $get (call $make (i32.add (local.get 0) (i32.const 1))))))
    (core instance $use (instantiate $Use (with "i" (instance $i))))
    (func (export "f") (param "x" u32) (result u32) (canon lift (core func $use "f"))))
  (instance $c (instantiate $C (with "m" (core module $A))))
  (export "f" (func $c "f")))`;

test('a core module whose functions take structs is an argument', async () => {
  const { exports } = await run(await fuseText(component(2)), {});
  assert.equal(exports.f(41), 42);
});

test('one with functions of other types is refused', async () => {
  await assert.rejects(fuseText(component(1)), /argument "m": export "get": wanted .*, found .* \[argument-type\]/);
});
