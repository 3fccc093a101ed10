//===- async.test.mjs - async functions between program and host ---------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fuseText, memory, run } from './tools.mjs';

/// `run(n)` calls `h(n)` of the host and gives its result, one more. Each task
/// keeps its set and the place of the result in its context slots.
const caller = `(component
  (import "h" (func $h async (param "n" u32) (result u8)))
  ${memory}
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "h" (func $h (param i32 i32) (result i32)))
    (import "" "return" (func $return (param i32)))
    (import "" "new" (func $new (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "drop-set" (func $drop-set (param i32)))
    (import "" "get-set" (func $get-set (result i32)))
    (import "" "set-set" (func $set-set (param i32)))
    (import "" "get-place" (func $get-place (result i32)))
    (import "" "set-place" (func $set-place (param i32)))
    (func $finish (result i32)
      (call $return (i32.add (i32.load8_u (call $get-place)) (i32.const 1)))
      (i32.const 0 (; EXIT ;)))
    (func (export "run") (param $n i32) (result i32) (local $call i32)
      (if (i32.or (call $get-set) (call $get-place)) (then unreachable)) ;; they are fresh
      (call $set-place (i32.add (i32.const 16) (local.get $n)))
      (local.set $call (call $h (local.get $n) (call $get-place)))
      (if (i32.eq (local.get $call) (i32.const 2 (; RETURNED ;))) (then (return (call $finish))))
      (call $set-set (call $new))
      (call $join (i32.shr_u (local.get $call) (i32.const 4)) (call $get-set))
      (i32.or (i32.const 2 (; WAIT ;)) (i32.shl (call $get-set) (i32.const 4))))
    (func (export "event") (param $event i32) (param $call i32) (param $state i32) (result i32)
      (if (i32.ne (local.get $event) (i32.const 1 (; SUBTASK ;))) (then unreachable))
      (if (i32.ne (local.get $state) (i32.const 2 (; RETURNED ;))) (then unreachable))
      (call $join (local.get $call) (i32.const 0))
      (call $drop (local.get $call))
      (call $drop-set (call $get-set))
      (call $finish)))
  (canon lower (func $h) async (memory (core memory $memory "mem")) (core func $h'))
  (canon task.return (result u32) (core func $return))
  (canon waitable-set.new (core func $new))
  (canon waitable.join (core func $join))
  (canon subtask.drop (core func $drop))
  (canon waitable-set.drop (core func $drop-set))
  (canon context.get i32 0 (core func $get-set))
  (canon context.set i32 0 (core func $set-set))
  (canon context.get i32 1 (core func $get-place))
  (canon context.set i32 1 (core func $set-place))
  (core instance $m (instantiate $M (with "" (instance
    (export "get-set" (func $get-set)) (export "set-set" (func $set-set))
    (export "get-place" (func $get-place)) (export "set-place" (func $set-place))
    (export "mem" (memory $memory "mem")) (export "h" (func $h')) (export "return" (func $return))
    (export "new" (func $new)) (export "join" (func $join)) (export "drop" (func $drop))
    (export "drop-set" (func $drop-set))))))
  (func (export "run") async (param "n" u32) (result u32)
    (canon lift (core func $m "run") async (callback (core func $m "event")))))`;

const cannotEnter = { id: 'CannotEnter' };

describe('an async import', () => {
  let module;
  before(async () => (module = await fuseText(caller)));

  test('that has its result at once', async () => {
    const { exports } = await run(module, { h: (n) => n * 2 });
    assert.equal(await exports.run(20), 41);
  });

  test('that has it later', async () => {
    const { exports } = await run(module, { h: async (n) => n * 2 });
    assert.equal(await exports.run(20), 41);
    assert.equal(await exports.run(21), 43);
  });

  test('two calls under way, each with its own context', async () => {
    const open = [];
    const { exports } = await run(module, { h: (n) => new Promise((resolve) => open.push(() => resolve(n))) });
    const first = exports.run(1);
    const second = exports.run(2);
    assert.equal(open.length, 2);
    open[0]();
    assert.equal(await first, 2);
    open[1]();
    assert.equal(await second, 3);
  });

  test('that throws ends the program', async () => {
    const { exports } = await run(module, { h: () => { throw new Error('no'); } });
    await assert.rejects(exports.run(1), { id: 'HostThrew' });
    await assert.rejects(exports.run(1), cannotEnter);
  });

  test('that is rejected ends the program', async () => {
    const { exports } = await run(module, { h: async () => { throw new Error('no'); } });
    await assert.rejects(exports.run(1), { id: 'HostThrew' });
    await assert.rejects(exports.run(1), cannotEnter);
  });

  test('that is rejected with what has no text ends all that waits', async () => {
    const { exports } = await run(module, { h: (n) => (n ? Promise.reject(Symbol('no')) : new Promise(() => {})) });
    const waiting = exports.run(0);
    await assert.rejects(exports.run(1), { id: 'HostThrew' });
    await assert.rejects(waiting, { id: 'HostThrew' });
    await assert.rejects(exports.run(1), cannotEnter);
  });

  test('nothing is left behind', async () => {
    const { exports, core } = await run(await fuseText(caller, '--count-copies'), { h: async (n) => n });
    await exports.run(1);
    const live = core.__stat_live();
    for (let i = 0; i < 100; i++) assert.equal(await exports.run(i), i + 1);
    assert.equal(core.__stat_live(), live);
  });
});

/// `run(n)` yields `n` times and then returns how often it was called back.
const yielder = `(component
  (core module $M
    (import "" "return" (func $return (param i32)))
    (global $left (mut i32) (i32.const 0))
    (global $count (mut i32) (i32.const 0))
    (func $next (result i32)
      (if (result i32) (global.get $left)
        (then (global.set $left (i32.sub (global.get $left) (i32.const 1))) (i32.const 1 (; YIELD ;)))
        (else (call $return (global.get $count)) (i32.const 0 (; EXIT ;)))))
    (func (export "run") (param $n i32) (result i32)
      (global.set $left (local.get $n))
      (global.set $count (i32.const 0))
      (call $next))
    (func (export "event") (param $event i32) (param i32 i32) (result i32)
      (if (local.get $event) (then unreachable))
      (global.set $count (i32.add (global.get $count) (i32.const 1)))
      (call $next)))
  (canon task.return (result u32) (core func $return))
  (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
  (func (export "run") async (param "n" u32) (result u32)
    (canon lift (core func $m "run") async (callback (core func $m "event")))))`;

describe('the run loop', () => {
  let module;
  before(async () => (module = await fuseText(yielder)));

  test('a task that resolves in the entry that started it', async () => {
    const { exports } = await run(module);
    for (const n of [0, 1, 2, 1000]) assert.equal(await exports.run(n), n);
  });

  test('a task that polls for long leaves turns to the host', async () => {
    const { exports } = await run(module);
    let turns = 0;
    const timer = () => { turns++; immediate = setImmediate(timer); };
    let immediate = setImmediate(timer);
    assert.equal(await exports.run(100000), 100000);
    clearImmediate(immediate);
    assert.ok(turns >= 10, `${turns} turns`);
  });
});

test('a task that ends without a result traps, and so does all that follows', async () => {
  const { exports } = await run(await fuseText(yielder.replace('(call $return (global.get $count))', '')));
  await assert.rejects(exports.run(0), { id: 'TaskNotResolved' });
  await assert.rejects(exports.run(0), cannotEnter);
});

/// A function of async type that is lifted sync, and one of sync type: the host
/// calls both, and another component calls the first by an async lower.
const lifts = `(component
  (component $C
    (core module $M
      (func (export "slow") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
      (global $posts (mut i32) (i32.const 0))
      (func (export "post") (param i32) (global.set $posts (i32.add (global.get $posts) (i32.const 1))))
      (func (export "posts") (result i32) (global.get $posts)))
    (core instance $m (instantiate $M))
    (func (export "slow") async (param "n" u8) (result u8)
      (canon lift (core func $m "slow") (post-return (core func $m "post"))))
    (func (export "now") (param "n" u8) (result u8)
      (canon lift (core func $m "slow") (post-return (core func $m "post"))))
    (func (export "posts") (result u32) (canon lift (core func $m "posts"))))
  (component $D
    (import "slow" (func $slow async (param "n" u8) (result u8)))
    ${memory}
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "slow" (func $slow (param i32 i32) (result i32)))
      (func (export "slow") (param i32) (result i32)
        (if (i32.ne (call $slow (local.get 0) (i32.const 3)) (i32.const 2 (; RETURNED ;))) (then unreachable))
        (i32.load8_u (i32.const 3))))
    (canon lower (func $slow) async (memory (core memory $memory "mem")) (core func $slow'))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $memory "mem")) (export "slow" (func $slow'))))))
    (func (export "call-slow") (param "n" u8) (result u8) (canon lift (core func $m "slow"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "slow" (func $c "slow"))))
  (export "slow" (func $c "slow"))
  (export "now" (func $c "now"))
  (export "posts" (func $c "posts"))
  (export "call-slow" (func $d "call-slow")))`;

test('sync lifts, of both types, called by the host and by an async lower', async () => {
  const { exports } = await run(await fuseText(lifts));
  assert.equal(await exports.slow(7), 8);
  assert.equal(await exports.slow(255), 0, 'the result is cut to its type');
  assert.equal(exports.now(7), 8);
  assert.equal(exports['call-slow'](9), 10);
  assert.equal(exports['call-slow'](255), 0);
  assert.equal(exports.posts(), 5, 'post-return runs once a call');
});

/// `run(n)` calls `f(n)` of another component by a sync lower, below a task of
/// async type; `now(n)` does so below one of sync type. `f` is lifted with a
/// callback and returns at once, unless `n` is 0: then it yields first.
const waiting = `(component
  (component $C
    (core module $M
      (import "" "return" (func $return (param i32)))
      (func (export "f") (param $n i32) (result i32)
        (if (i32.eqz (local.get $n)) (then (return (i32.const 1 (; YIELD ;)))))
        (call $return (i32.add (local.get $n) (i32.const 1)))
        (i32.const 0))
      (func (export "event") (param i32 i32 i32) (result i32)
        (call $return (i32.const 1))
        (i32.const 0)))
    (canon task.return (result u8) (core func $return))
    (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
    (func (export "f") async (param "n" u8) (result u8)
      (canon lift (core func $m "f") async (callback (core func $m "event")))))
  (component $D
    (import "f" (func $f async (param "n" u8) (result u8)))
    (core module $M
      (import "" "f" (func $f (param i32) (result i32)))
      (func (export "run") (param i32) (result i32) (call $f (local.get 0))))
    (canon lower (func $f) (core func $f'))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "run") async (param "n" u8) (result u8) (canon lift (core func $m "run")))
    (func (export "now") (param "n" u8) (result u8) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (export "run" (func $d "run"))
  (export "now" (func $d "now")))`;

describe('a sync lower of a function of async type', () => {
  test('gives the result of one that returns at once', async () => {
    const { exports } = await run(await fuseText(waiting));
    assert.equal(await exports.run(7), 8);
    assert.equal(await exports.run(255), 0, 'the result is cut to its type');
    assert.equal(exports.now(7), 8);
  });

  test('waits for one that yields, but not below a task of sync type', async () => {
    const { exports } = await run(await fuseText(waiting));
    assert.equal(await exports.run(0), 1);
    assert.throws(() => exports.now(0), { id: 'CannotBlock' });
  });

  test('traps at once below a task of sync type under 2026-08', async () => {
    const { exports } = await run(await fuseText(waiting, '--spec=2026-08'));
    assert.equal(await exports.run(7), 8);
    assert.throws(() => exports.now(7), { id: 'CannotBlock' });
  });
});

/// Functions that return the result and then go on: to nothing, to a second
/// result, to a code that callbacks do not have, to the wait for no set.
const returning = `(component
  (core module $M
    (import "" "return" (func $return (param i32)))
    (func (export "once") (result i32) (call $return (i32.const 7)) (i32.const 0 (; EXIT ;)))
    (func (export "twice") (result i32) (call $return (i32.const 7)) (call $return (i32.const 8)) (i32.const 0))
    (func (export "code") (result i32) (call $return (i32.const 7)) (i32.const 7))
    (func (export "wait") (result i32) (call $return (i32.const 7)) (i32.const 18 (; WAIT on 1 ;)))
    (func (export "event") (param i32 i32 i32) (result i32) unreachable))
  (canon task.return (result u32) (core func $return))
  (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
  ${['once', 'twice', 'code', 'wait'].map((name) => `(func (export "${name}") async (result u32)
    (canon lift (core func $m "${name}") async (callback (core func $m "event"))))`).join('\n  ')})`;

describe('a trap behind the result, in the same entry', () => {
  let module;
  before(async () => (module = await fuseText(returning)));

  test('is a trap of the call', async () => {
    for (const [name, id] of [['twice', 'TaskResolvedTwice'], ['code', 'UnsupportedCallbackCode'], ['wait', 'UnknownHandle']]) {
      const { exports } = await run(module, {});
      await assert.rejects(exports[name](), { name: 'MeldTrap', id });
      await assert.rejects(exports.once(), cannotEnter, name);
    }
  });
  test('and none leaves the result', async () => {
    const { exports } = await run(module, {});
    assert.equal(await exports.once(), 7);
    assert.equal(await exports.once(), 7);
  });
});
