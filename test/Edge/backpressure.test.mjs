//===- backpressure.test.mjs - calls that wait to enter ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseText, memory, run } from './tools.mjs';

/// While the gate of `$C` is closed, calls of `slow` wait, those of `now` do not.
/// `slow` has no callback. `during` calls the host: what it does in there comes
/// before the program is asked whether it can go on.
const gated = `(component
  (import "h" (func $h))
  (component $E
    (import "h" (func $h))
    (canon lower (func $h) (core func $h'))
    (core module $M (import "" "h" (func $h)) (func (export "during") (call $h)))
    (core instance $m (instantiate $M (with "" (instance (export "h" (func $h'))))))
    (func (export "during") (canon lift (core func $m "during"))))
  (instance $e (instantiate $E (with "h" (func $h))))
  (export "during" (func $e "during"))
  (component $C
    (canon backpressure.inc (core func $inc))
    (canon backpressure.dec (core func $dec))
    (core module $M
      (import "" "inc" (func $inc))
      (import "" "dec" (func $dec))
      (global $count (mut i32) (i32.const 0))
      (func (export "slow") (param i32) (result i32)
        (global.set $count (i32.add (i32.mul (global.get $count) (i32.const 10)) (local.get 0)))
        (global.get $count))
      (func (export "count") (result i32) (global.get $count))
      (func (export "close") (call $inc))
      (func (export "open") (call $dec)))
    (core instance $m (instantiate $M (with "" (instance (export "inc" (func $inc)) (export "dec" (func $dec))))))
    (func (export "slow") async (param "n" u32) (result u32) (canon lift (core func $m "slow")))
    (func (export "now") (result u32) (canon lift (core func $m "count")))
    (func (export "close") (canon lift (core func $m "close")))
    (func (export "open") (canon lift (core func $m "open"))))
  (instance $c (instantiate $C))
  (export "slow" (func $c "slow"))
  (export "now" (func $c "now"))
  (export "close" (func $c "close"))
  (export "open" (func $c "open"))
  INNER)`;

/// `run(n)` finds its call STARTING, and waits until it has returned.
const innerCaller = `
  (component $D
    (import "slow" (func $slow async (param "n" u32) (result u32)))
    ${memory}
    (canon lower (func $slow) async (memory (core memory $memory "mem")) (core func $slow'))
    (canon task.return (result u32) (core func $return))
    (canon waitable-set.new (core func $new))
    (canon waitable.join (core func $join))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "slow" (func $slow (param i32 i32) (result i32)))
      (import "" "return" (func $return (param i32)))
      (import "" "new" (func $new (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (func (export "run") (param $n i32) (result i32) (local $call i32) (local $set i32)
        (local.set $call (call $slow (local.get $n) (i32.const 16)))
        (if (i32.and (local.get $call) (i32.const 15)) (then unreachable))
        (local.set $set (call $new))
        (call $join (i32.shr_u (local.get $call) (i32.const 4)) (local.get $set))
        (i32.or (i32.const 2 (; WAIT ;)) (i32.shl (local.get $set) (i32.const 4))))
      (func (export "event") (param $event i32) (param $call i32) (param $state i32) (result i32)
        (if (i32.ne (local.get $state) (i32.const 2 (; RETURNED ;))) (then unreachable))
        (call $return (i32.load (i32.const 16)))
        (i32.const 0 (; EXIT ;))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $memory "mem")) (export "slow" (func $slow')) (export "return" (func $return))
      (export "new" (func $new)) (export "join" (func $join))))))
    (func (export "run") async (param "n" u32) (result u32)
      (canon lift (core func $m "run") async (callback (core func $m "event")))))
  (instance $d (instantiate $D (with "slow" (func $c "slow"))))
  (export "run" (func $d "run"))`;

describe('backpressure', () => {
  const alone = gated.replace('INNER', '');

  test('holds calls of async type, in order, until it ends', async () => {
    let calls;
    const { exports } = await run(await fuseText(alone), { h: () => {
      exports.close();
      calls = [1, 2, 3].map((n) => exports.slow(n));
      assert.equal(exports.now(), 0, 'a function of sync type enters, and nobody did before');
      exports.open();
    } });
    exports.during();
    assert.deepEqual(await Promise.all(calls), [1, 12, 123]);
    assert.equal(await exports.slow(4), 1234);
  });

  test('holds calls of other components', async () => {
    let call;
    const { exports } = await run(await fuseText(gated.replace('INNER', innerCaller)), { h: () => {
      exports.close();
      call = exports.run(5);
      assert.equal(exports.now(), 0);
      exports.open();
    } });
    exports.during();
    assert.equal(await call, 5);
  });

  test('that the program does not end is a deadlock for the host', async () => {
    const { exports } = await run(await fuseText(alone), { h() {} });
    exports.close();
    await assert.rejects(exports.slow(1), { id: 'Deadlock' });
  });

  test('is counted, and the count cannot leave its range', async () => {
    const module = await fuseText(alone);
    const { exports } = await run(module, { h() {} });
    assert.throws(() => exports.open(), { id: 'BackpressureUnderflow' });
    const other = await run(module, { h() {} });
    for (let i = 0; i < 0xffff; i++) other.exports.close();
    assert.throws(() => other.exports.close(), { id: 'BackpressureOverflow' });
  });

  test('of a program without async functions needs no run loop of the host', async () => {
    const sync = alone.replace('"slow") async (param', '"slow") (param');
    const module = await fuseText(sync);
    assert.deepEqual(WebAssembly.Module.imports(module).map((i) => i.name), ['h']);
    const { exports } = await run(module, { h() {} });
    exports.close();
    assert.equal(exports.slow(7), 7);
  });
});
