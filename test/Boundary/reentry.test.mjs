//===- reentry.test.mjs - calls that come back to where they started -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Between an instance and one around it the two versions of the specification
// differ. An instance that calls itself is both sides of an adapter.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseText, run } from '../Edge/tools.mjs';

/// `go` of a component calls `f` of the one around it.
const outward = `(component
  (core module $M (func (export "f") (result i32) (i32.const 7)))
  (core instance $m (instantiate $M))
  (func $f (result u32) (canon lift (core func $m "f")))
  (component $C
    (import "f" (func $f (result u32)))
    (canon lower (func $f) (core func $f'))
    (core module $M (import "" "f" (func $f (result i32))) (func (export "go") (result i32) (call $f)))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "go") (result u32) (canon lift (core func $m "go"))))
  (instance $c (instantiate $C (with "f" (func $f))))
  (export "go" (func $c "go")))`;

/// A component calls `f` of one inside it.
const inward = `(component
  (component $C
    (core module $M (func (export "f") (result i32) (i32.const 7)))
    (core instance $m (instantiate $M))
    (func (export "f") (result u32) (canon lift (core func $m "f"))))
  (instance $c (instantiate $C))
  (alias export $c "f" (func $f))
  (canon lower (func $f) (core func $f'))
  (core module $M (import "" "f" (func $f (result i32))) (func (export "go") (result i32) (call $f)))
  (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
  (func (export "go") (result u32) (canon lift (core func $m "go"))))`;

/// A component lowers its own lift: `text` goes to the place that realloc gives.
const itself = `(component
  (core module $L
    (memory (export "mem") 1)
    (data (i32.const 16) "to itself")
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $next (i32.add (global.get $next) (i32.const 64)))
      (global.get $next))
    (func (export "f") (param i32 i32) (result i32)
      (i32.add (i32.mul (local.get 1) (i32.const 10000)) (i32.sub (local.get 0) (i32.const 1024)))))
  (core instance $l (instantiate $L))
  (func $f (param "text" string) (result u32)
    (canon lift (core func $l "f") (memory (core memory $l "mem")) (realloc (core func $l "realloc"))))
  (canon lower (func $f) (memory (core memory $l "mem")) (core func $f'))
  (core module $M (import "" "f" (func $f (param i32 i32) (result i32)))
    (func (export "go") (result i32) (call $f (i32.const 16) (i32.const 9))))
  (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
  (func (export "go") (result u32) (canon lift (core func $m "go"))))`;

const go = async (text, spec) => (await run(await fuseText(text, `--spec=${spec}`))).exports.go();

for (const [name, text] of [['outward', outward], ['inward', inward]])
  describe(`a call ${name}`, () => {
    test('is a trap under 2026-08', async () => assert.rejects(go(text, '2026-08'), { id: 'CannotEnter' }));
    test('is a call under 2026-10', async () => assert.equal(await go(text, '2026-10'), 7));
  });

test('a component calls itself', async () => assert.equal(await go(itself, '2026-10'), 90064));
