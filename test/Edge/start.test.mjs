//===- start.test.mjs - start functions of components --------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A component calls its start function where the definition stands between the
// others: what is instantiated before it has its effects, what comes after sees
// those of the function.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseBytes, fuseText, run } from './tools.mjs';

/// A core module whose `append` writes a digit into a shared number, and one
/// that appends when it is instantiated.
const digits = `
  (core module $State
    (global $n (mut i32) (i32.const 0))
    (func (export "append") (param i32)
      (global.set $n (i32.add (i32.mul (global.get $n) (i32.const 10)) (local.get 0))))
    (func (export "get") (result i32) (global.get $n)))
  (core instance $state (instantiate $State))
  (core module $Early (import "s" "append" (func $append (param i32)))
    (func $start (call $append (i32.const 1))) (start $start)
    (func (export "f") (call $append (i32.const 2))))
  (core module $Late (import "s" "append" (func $append (param i32)))
    (func $start (call $append (i32.const 3))) (start $start))`;

test('it runs between the core instances before and behind it', async () => {
  const module = await fuseText(`(component ${digits}
    (core instance $early (instantiate $Early (with "s" (instance $state))))
    (func $f (canon lift (core func $early "f")))
    (start $f)
    (core instance (instantiate $Late (with "s" (instance $state))))
    (start $f)
    (func (export "get") (result u32) (canon lift (core func $state "get"))))`);
  const { exports } = await run(module, {});
  assert.equal(exports.get(), 1232);
});

test('each instance of a component calls its own', async () => {
  const module = await fuseText(`(component
    (component $C ${digits}
      (core instance $early (instantiate $Early (with "s" (instance $state))))
      (func $f (canon lift (core func $early "f")))
      (start $f)
      (func (export "get") (result u32) (canon lift (core func $state "get"))))
    (instance $a (instantiate $C))
    (instance $b (instantiate $C))
    (export "a" (func $a "get"))
    (export "b" (func $b "get")))`);
  const { exports } = await run(module, {});
  assert.deepEqual([exports.a(), exports.b()], [12, 12]);
});

test('a function of another component can be one', async () => {
  const module = await fuseText(`(component
    (component $C ${digits}
      (core instance $early (instantiate $Early (with "s" (instance $state))))
      (func (export "f") (canon lift (core func $early "f")))
      (func (export "get") (result u32) (canon lift (core func $state "get"))))
    (instance $c (instantiate $C))
    (component $S (import "f" (func $f)) (start $f))
    (instance (instantiate $S (with "f" (func $c "f"))))
    (export "get" (func $c "get")))`);
  const { exports } = await run(module, {});
  assert.equal(exports.get(), 12);
});

test('one that calls the host runs when the host has the instance', async () => {
  const text = `(component
    (import "log" (func $log (param "x" u32)))
    (core func $log' (canon lower (func $log)))
    (core module $M (import "" "log" (func $log (param i32))) (func (export "f") (call $log (i32.const 7))))
    (core instance $m (instantiate $M (with "" (instance (export "log" (func $log'))))))
    (func $f (canon lift (core func $m "f")))
    (start $f))`;
  const module = await WebAssembly.compile(await fuseBytes(text));
  assert.ok(WebAssembly.Module.exports(module).some(({ name }) => name === '_initialize'));
  const seen = [];
  await run(module, { log: (x) => seen.push(x) });
  assert.deepEqual(seen, [7]);
});

test('its trap ends the instantiation', async () => {
  const module = await fuseText(`(component
    (core module $M (func (export "f") unreachable))
    (core instance $m (instantiate $M))
    (func $f (canon lift (core func $m "f")))
    (start $f))`);
  await assert.rejects(run(module, {}), /unreachable/);
});
