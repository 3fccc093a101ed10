//===- rules.test.mjs - what may be done with handles, and when ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseText, run } from '../Edge/tools.mjs';

/// A component that defines `r`. Its destructor is `$dtor` of the core module
/// `body`, which imports `new`, `drop`, `rep`, `log` and whatever `more` gives.
const definer = (body, lifts, more = '', given = '') => `(component $Definer
  (import "log" (func $log (param "n" u32)))
  (core module $T (type $F (func (param i32))) (table (export "table") 1 funcref)
    (func (export "dtor") (param i32) (call_indirect (type $F) (local.get 0) (i32.const 0))))
  (core instance $t (instantiate $T))
  (type $r' (resource (rep i32) (dtor (core func $t "dtor"))))
  (core func $new (canon resource.new $r')) (core func $drop (canon resource.drop $r')) (core func $rep (canon resource.rep $r'))
  (core func $log' (canon lower (func $log)))
  ${more}
  (core module $M
    (import "" "new" (func $new (param i32) (result i32))) (import "" "drop" (func $drop (param i32)))
    (import "" "rep" (func $rep (param i32) (result i32))) (import "" "log" (func $log (param i32)))
    (import "" "table" (table 1 funcref))
    ${body}
    (elem (i32.const 0) $dtor))
  (core instance $i (instantiate $M (with "" (instance (export "new" (func $new)) (export "drop" (func $drop)) (export "rep" (func $rep))
    (export "log" (func $log')) (export "table" (table $t "table")) ${given}))))
  (export $r "r" (type $r'))
  ${lifts})`;

const lift = (name, type, options = '') => `(func (export "${name}") ${type} (canon lift (core func $i "${name}") ${options}))`;
const alone = (component) => `(component (import "log" (func $log (param "n" u32))) ${component}
  (instance $d (instantiate $Definer (with "log" (func $log)))) (export "d" (instance $d)))`;

async function start(text) {
  const log = [];
  const { exports } = await run(await fuseText(text), { log: (n) => log.push(n) });
  return { log, ...exports };
}

test('a destructor drops others, and calls the host', async () => {
  const { d, log } = await start(alone(definer(`
    ;; what is 0 or more owns the one whose handle is its number
    (func $dtor (param $rep i32)
      (call $log (local.get $rep))
      (if (local.get $rep) (then (call $drop (local.get $rep)))))
    (func (export "chain") (param $n i32) (local $h i32)
      (loop $next
        (local.set $h (call $new (local.get $h)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_if $next (local.get $n)))
      (call $drop (local.get $h))
      ;; the last one that was freed is given first
      (call $log (call $new (i32.const 0))))`, lift('chain', '(param "n" u32)'))));
  d.chain(4);
  assert.deepEqual(log, [3, 2, 1, 0, 1]);
});

test('a destructor that traps ends the program, its handle being gone', async () => {
  const { d, log } = await start(alone(definer(`
    (func $dtor (param $rep i32) (call $log (local.get $rep)) (call $drop (i32.const 1)))
    (func (export "go") (call $drop (call $new (i32.const 7))))`, lift('go', ''))));
  assert.throws(() => d.go(), { id: 'UnknownHandle' }); // its own handle is removed before it runs
  assert.deepEqual(log, [7]);
  assert.throws(() => d.go(), { id: 'CannotEnter' });
});

test('post-return may look at a handle, and neither make nor drop one', async () => {
  const body = (what) => `
    (func $dtor (param i32))
    (func (export "go") (result i32) (call $new (i32.const 5)) (drop) (i32.const 1))
    (func (export "post") (param i32) ${what})`;
  const lifts = lift('go', '(result u32)', '(post-return (func $i "post"))');
  const named = lifts.replace('(post-return (func $i "post"))', '(post-return $post)');
  const program = (what) => alone(definer(body(what), `(alias core export $i "post" (core func $post)) ${named}`));
  assert.equal((await start(program('(if (i32.ne (call $rep (i32.const 1)) (i32.const 5)) (then unreachable))'))).d.go(), 1);
  for (const what of ['(call $drop (i32.const 1))', '(drop (call $new (i32.const 5)))', '(call $log (i32.const 5))']) {
    const { d } = await start(program(what));
    assert.throws(() => d.go(), { id: 'CannotLeave' }, what);
  }
});

test('resources, sets and streams share one table', async () => {
  const more = `(core func $set (canon waitable-set.new)) (core func $set-drop (canon waitable-set.drop))
    (type $s (stream u8)) (core func $stream (canon stream.new $s))
    (core func $end (canon stream.drop-readable $s)) (core func $end2 (canon stream.drop-writable $s))`;
  const given = ['set', 'set-drop', 'stream', 'end', 'end2'].map((name) => `(export "${name}" (func $${name}))`).join(' ');
  const imports = `(import "" "set" (func $set (result i32))) (import "" "set-drop" (func $set-drop (param i32)))
    (import "" "stream" (func $stream (result i64))) (import "" "end" (func $end (param i32))) (import "" "end2" (func $end2 (param i32)))`;
  const body = `${imports}
    (func $dtor (param i32))
    (func (export "indices") (local $s i64)
      (call $log (call $new (i32.const 9)))
      (call $log (call $set))
      (local.set $s (call $stream))
      (call $log (i32.wrap_i64 (local.get $s)))
      (call $log (i32.wrap_i64 (i64.shr_u (local.get $s) (i64.const 32))))
      (call $drop (i32.const 1))
      (call $end2 (i32.const 4))
      (call $end (i32.const 3))
      (call $log (call $set))          ;; 3
      (call $log (call $new (i32.const 9))) ;; 4
      (call $log (call $new (i32.const 9))) ;; 1
      (call $log (call $new (i32.const 9)))) ;; 5
    (func (export "set-as-resource") (call $drop (call $set)))
    (func (export "resource-as-set") (call $set-drop (call $new (i32.const 1))))
    (func (export "resource-as-stream") (call $end (call $new (i32.const 1))))
    (func (export "stream-as-resource") (drop (call $rep (i32.wrap_i64 (call $stream)))))`;
  const names = ['indices', 'set-as-resource', 'resource-as-set', 'resource-as-stream', 'stream-as-resource'];
  const module = alone(definer(body, names.map((name) => lift(name, '')).join(' '), more, given));
  const { d, log } = await start(module);
  d.indices();
  assert.deepEqual(log, [1, 2, 3, 4, 3, 4, 1, 5]);
  for (const name of names.slice(1)) assert.throws((await start(module)).d[name], { id: 'WrongHandleType' }, name);
});

/// A user in front of a definer: `body` is its core module, which has `make`,
/// `look` and `give` of the definer, and `drop`.
const pair = (body, definerBody) => `(component (import "log" (func $log (param "n" u32)))
  ${definer(definerBody, `${lift('make', '(param "n" u32) (result (own $r))')} ${lift('look', '(param "r" (borrow $r)) (param "f" (own $r))')}
    ${lift('swap', '(param "f" (own $r)) (param "r" (borrow $r))')}`)}
  (component $User
    (import "log" (func $log (param "n" u32)))
    (import "d" (instance $d (export "r" (type $r (sub resource)))
      (export "make" (func (param "n" u32) (result (own $r)))) (export "look" (func (param "r" (borrow $r)) (param "f" (own $r))))
      (export "swap" (func (param "f" (own $r)) (param "r" (borrow $r))))))
    (alias export $d "r" (type $r))
    (core func $make (canon lower (func $d "make"))) (core func $look (canon lower (func $d "look")))
    (core func $swap (canon lower (func $d "swap")))
    (core func $drop (canon resource.drop $r)) (core func $log' (canon lower (func $log)))
    (core module $M
      (import "" "make" (func $make (param i32) (result i32))) (import "" "look" (func $look (param i32 i32)))
      (import "" "swap" (func $swap (param i32 i32)))
      (import "" "drop" (func $drop (param i32))) (import "" "log" (func $log (param i32)))
      (func (export "go") ${body}))
    (core instance $i (instantiate $M (with "" (instance (export "make" (func $make)) (export "look" (func $look)) (export "swap" (func $swap))
      (export "drop" (func $drop)) (export "log" (func $log'))))))
    (func (export "go") (canon lift (core func $i "go"))))
  (instance $d (instantiate $Definer (with "log" (func $log))))
  (instance $u (instantiate $User (with "log" (func $log)) (with "d" (instance $d))))
  (export "go" (func $u "go")))`;

test('who defines a resource gets its number where others get a handle', async () => {
  const { go, log } = await start(pair(
    `(call $log (call $make (i32.const 40))) (call $log (call $make (i32.const 41)))
     (call $look (i32.const 1) (i32.const 2))
     (call $drop (i32.const 1))`,
    `(func $dtor (param i32) (call $log (local.get 0)))
     (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
     (func (export "look") (param i32 i32) (call $log (local.get 0)) (call $log (local.get 1)) (call $drop (local.get 1)))
     (func (export "swap") (param i32 i32))`,
  ));
  go();
  // two handles of the user; the number of the first, the definer's handle to the second, which is its only one
  assert.deepEqual(log, [1, 2, 40, 1, 41, 40]);
});

// As definitions.py does: `lift_borrow` counts before `lift_own` looks, and `lift_own` removes before `lift_borrow` looks.
test('what is lent is not given away in the same call, nor lent what is given', async () => {
  const text = (call) => pair(
    `(drop (call $make (i32.const 40))) ${call}`,
    `(func $dtor (param i32)) (func (export "make") (param i32) (result i32) (call $new (local.get 0))) (func (export "look") (param i32 i32)) (func (export "swap") (param i32 i32))`,
  );
  await assert.rejects(async () => (await start(text('(call $look (i32.const 1) (i32.const 1))'))).go(), { id: 'OwnedResourceBorrowed' });
  await assert.rejects(async () => (await start(text('(call $swap (i32.const 1) (i32.const 1))'))).go(), { id: 'UnknownHandle' });
});

test('a destructor of another instance runs with its own context, and may leave', async () => {
  const { go, log } = await start(pair(
    `(call $drop (call $make (i32.const 3)))`,
    `(func $dtor (param $n i32)
       (call $log (local.get $n))
       (if (local.get $n) (then (call $drop (call $new (i32.sub (local.get $n) (i32.const 1)))))))
     (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
     (func (export "look") (param i32 i32)) (func (export "swap") (param i32 i32))`,
  ));
  go();
  assert.deepEqual(log, [3, 2, 1, 0]);
});

/// `go(early, keep)`: lends a resource to a call that yields once; `early` drops it
/// while it is lent, `keep` has the callee return without dropping its handle.
const asynchronous = `(component
  (import "log" (func $log (param "n" u32)))
  ${definer(
    '(func $dtor (param i32) (call $log (local.get 0))) (func (export "make") (param i32) (result i32) (call $new (local.get 0)))',
    lift('make', '(param "n" u32) (result (own $r))'),
  )}
  (component $Holder
    (import "r" (type $r (sub resource)))
    (core func $drop (canon resource.drop $r)) (core func $return (canon task.return))
    (core module $M
      (import "" "drop" (func $drop (param i32))) (import "" "return" (func $return))
      (global $h (mut i32) (i32.const 0)) (global $keep (mut i32) (i32.const 0))
      (func (export "hold") (param $h i32) (param $keep i32) (result i32)
        (global.set $h (local.get $h)) (global.set $keep (local.get $keep))
        (i32.const 1 (; YIELD ;)))
      (func (export "event") (param i32 i32 i32) (result i32)
        (if (i32.eqz (global.get $keep)) (then (call $drop (global.get $h))))
        (call $return) (i32.const 0)))
    (core instance $i (instantiate $M (with "" (instance (export "drop" (func $drop)) (export "return" (func $return))))))
    (alias core export $i "event" (core func $event))
    (func (export "hold") async (param "r" (borrow $r)) (param "keep" u32) (canon lift (core func $i "hold") async (callback $event))))
  (component $User
    (import "log" (func $log (param "n" u32)))
    (import "r" (type $r (sub resource)))
    (import "make" (func $make (param "n" u32) (result (own $r))))
    (import "hold" (func $hold async (param "r" (borrow $r)) (param "keep" u32)))
    (core func $make' (canon lower (func $make))) (core func $hold' (canon lower (func $hold) async))
    (core func $drop (canon resource.drop $r)) (core func $log' (canon lower (func $log)))
    (core func $return (canon task.return)) (core func $set (canon waitable-set.new))
    (core func $join (canon waitable.join)) (core func $done (canon subtask.drop))
    (core module $M
      (import "" "make" (func $make (param i32) (result i32))) (import "" "hold" (func $hold (param i32 i32) (result i32)))
      (import "" "drop" (func $drop (param i32))) (import "" "log" (func $log (param i32))) (import "" "return" (func $return))
      (import "" "set" (func $set (result i32))) (import "" "join" (func $join (param i32 i32))) (import "" "done" (func $done (param i32)))
      (global $h (mut i32) (i32.const 0))
      (func (export "go") (param $early i32) (param $keep i32) (result i32) (local $call i32) (local $set i32)
        (global.set $h (call $make (i32.const 7)))
        (local.set $call (call $hold (global.get $h) (local.get $keep)))
        (if (i32.ne (i32.and (local.get $call) (i32.const 15)) (i32.const 1 (; STARTED ;))) (then unreachable))
        (if (local.get $early) (then (call $drop (global.get $h))))
        (local.set $set (call $set))
        (call $join (i32.shr_u (local.get $call) (i32.const 4)) (local.get $set))
        (i32.or (i32.const 2 (; WAIT ;)) (i32.shl (local.get $set) (i32.const 4))))
      (func (export "event") (param $event i32) (param $call i32) (param $state i32) (result i32)
        (call $log (local.get $state))
        (call $join (local.get $call) (i32.const 0))
        (call $done (local.get $call))
        (call $drop (global.get $h))
        (call $return) (i32.const 0)))
    (core instance $i (instantiate $M (with "" (instance (export "make" (func $make')) (export "hold" (func $hold'))
      (export "drop" (func $drop)) (export "log" (func $log')) (export "return" (func $return)) (export "set" (func $set))
      (export "join" (func $join)) (export "done" (func $done))))))
    (alias core export $i "event" (core func $event))
    (func (export "go") async (param "early" u32) (param "keep" u32) (canon lift (core func $i "go") async (callback $event))))
  (instance $d (instantiate $Definer (with "log" (func $log))))
  (instance $h (instantiate $Holder (with "r" (type $d "r"))))
  (instance $u (instantiate $User (with "log" (func $log)) (with "r" (type $d "r"))
    (with "make" (func $d "make")) (with "hold" (func $h "hold"))))
  (export "go" (func $u "go")))`;

test('what a call that goes on has borrowed is lent until it has returned', async () => {
  const { go, log } = await start(asynchronous);
  await go(0, 0);
  await go(0, 0);
  assert.deepEqual(log, [2, 7, 2, 7]); // RETURNED, then the destructor
  await assert.rejects((await start(asynchronous)).go(1, 0), { id: 'OwnedResourceBorrowed' });
  await assert.rejects((await start(asynchronous)).go(0, 1), { id: 'BorrowsRemain' });
});
