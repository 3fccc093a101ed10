//===- self-tasks.test.mjs - an instance whose tasks it calls itself -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// As self-calls.test.mjs, where the function is of asynchronous type: arguments
// are moved when the callee starts, its result when it returns. Each test says
// what definitions.py does: `on_start` lifts all, then `canon_lift` lowers all;
// `canon_task_return` lifts all, then `on_resolve` lowers all.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseText, run } from '../Edge/tools.mjs';
import { byte, checkLeavesNothing, go, program, resource, word } from './self.mjs';

/// How the task is made and called: what its core function gives, and how.
const lifts = {
  callback: { lift: 'async (callback (core func $f "event"))', gives: '(result i32)', end: '(i32.const 0 (; EXIT ;))' },
  stackful: { lift: 'async', gives: '', end: '' },
};

/// A program whose `f`, of type `async ${type}`, does `body` and gives back what
/// `task.return` of `result` is given there.
function task({ kind = 'callback', lower = 'async', type, f, params, body, result, flat = '', returnMemory = '$mem', ...parts }) {
  const { lift, gives, end } = lifts[kind];
  return {
    ...parts,
    type: `async ${type}`,
    lift: `${lift} ${parts.lift ?? ''}`,
    lower: `${lower} ${parts.lowerOptions ?? ''}`,
    params,
    results: lower ? '(result i32)' : parts.results,
    f: `(func (export "f") ${f} ${gives} ${body} ${end})`,
    given: [...(parts.given ?? []), { name: 'return', type: flat, canon: `task.return ${result ?? ''} (memory ${returnMemory})` }],
  };
}

const two = { data: '(data (i32.const 16) "hello") (data (i32.const 32) "world") (global $top (mut i32) (i32.const 16))',
  realloc: '(global.set $top (i32.add (global.get $top) (i32.const 16))) (global.get $top)' }; // 32, then 48

for (const kind of Object.keys(lifts))
  describe(kind, () => {
    // Both strings are lifted, then "hello" is stored at 32, over what "world" was, and "world" at 48.
    test('realloc writes over what is still to be lifted', async () => {
      const log = await go(task({
        ...two, kind, type: '(param "a" string) (param "b" string)', params: '(param i32 i32 i32 i32)',
        f: '(param i32 i32 i32 i32)', body: `${byte('(local.get 0)')} ${byte('(local.get 2)')} (call $return)`,
        go: '(call $log (call $f (i32.const 16) (i32.const 5) (i32.const 32) (i32.const 5)))',
      }));
      assert.deepEqual(log, [104, 119, 2]);
    });

    // The same for what is given back: the tuple lies at 128 at last.
    test('the strings of a result', async () => {
      const log = await go(task({
        ...two, kind, type: '(result (tuple string string))', result: '(result (tuple string string))', params: '(param i32)',
        f: '', flat: '(param i32 i32 i32 i32)', body: '(call $return (i32.const 16) (i32.const 5) (i32.const 32) (i32.const 5))',
        go: `(call $log (call $f (i32.const 128))) ${word(128)} ${word(136)} ${byte('(i32.const 32)')} ${byte('(i32.const 48)')}`,
      }));
      assert.deepEqual(log, [2, 32, 48, 104, 119]);
    });

    // Six core values are more than four, so they lie at 64; the third string is where the first goes.
    test('arguments in memory', async () => {
      const log = await go(task({
        data: `(data (i32.const 16) "hello") (data (i32.const 32) "world") (data (i32.const 48) "again")
          (data (i32.const 64) "\\10\\00\\00\\00\\05\\00\\00\\00\\20\\00\\00\\00\\05\\00\\00\\00\\30\\00\\00\\00\\05\\00\\00\\00") (global $top (mut i32) (i32.const 80))`,
        realloc: '(global.set $top (i32.sub (global.get $top) (i32.const 16))) (global.get $top)', // 64, 48, 32
        kind, type: '(param "a" string) (param "b" string) (param "c" string)', params: '(param i32)',
        f: '(param i32 i32 i32 i32 i32 i32)',
        body: `${[0, 2, 4].map((i) => byte(`(local.get ${i})`)).join(' ')} ${[0, 2, 4].map((i) => `(call $log (local.get ${i}))`).join(' ')} (call $return)`,
        go: '(call $log (call $f (i32.const 64)))',
      }));
      assert.deepEqual(log, [104, 119, 97, 64, 48, 32, 2]);
    });

    // More than 16 core values lie in memory on both sides, here four bytes apart.
    test('what is spilled lies across the room for it', async () => {
      const all = Array.from({ length: 17 }, (_, i) => i);
      const list = (at) => all.map((i) => `(i32.store (i32.const ${at + 4 * i}) (i32.const ${i}))`).join(' ');
      const type = `(tuple ${all.map(() => 'u32').join(' ')})`;
      for (const room of [1020, 1028]) {
        const log = await go(task({
          kind, realloc: `(i32.const ${room})`, params: '(param i32 i32)', flat: '(param i32)',
          type: `${all.map((i) => `(param "p${i}" u32)`).join(' ')} (result ${type})`, result: `(result ${type})`,
          f: '(param i32)', body: `${all.map((i) => `(call $log (i32.load offset=${4 * i} (local.get 0)))`).join(' ')} ${list(64)} (call $return (i32.const 64))`,
          go: `${list(1024)} (call $log (call $f (i32.const 1024) (i32.const ${room - 1024 + 64}))) ${all.map((i) => word(room - 1024 + 64 + 4 * i)).join(' ')} ${[256, 260, 264, 268].map(word).join(' ')}`,
        }));
        assert.deepEqual(log, [...all, 2, ...all, 0, 0, 4, 68]);
      }
    });

    // Indices 1 and 2 are freed in this order, so 2 is given first, and turned around again on the way back.
    test('indices that are freed are given again, the last one first', async () => {
      const log = await go(task({
        ...resource, kind, type: '(param "a" (own $r)) (param "b" (own $r)) (result (tuple (own $r) (own $r)))', result: '(result (tuple (own $r) (own $r)))',
        params: '(param i32 i32 i32)', f: '(param i32 i32)', flat: '(param i32 i32)',
        body: '(call $log (local.get 0)) (call $log (call $rep (local.get 0))) (call $log (local.get 1)) (call $log (call $rep (local.get 1))) (call $return (local.get 0) (local.get 1))',
        go: `(call $log (call $f (call $new (i32.const 70)) (call $new (i32.const 71)) (i32.const 128))) ${word(128)} (call $log (call $rep (i32.load (i32.const 128)))) ${word(132)}`,
      }));
      assert.deepEqual(log, [2, 70, 1, 71, 2, 1, 70, 2]);
    });

    // A synchronous lower of it: the caller waits inside.
    test('lowered without async', async () => {
      const log = await go(task({
        ...two, kind, lower: '', type: '(param "a" string) (param "b" string) (result (tuple string string))', result: '(result (tuple string string))',
        params: '(param i32 i32 i32 i32 i32)', f: '(param i32 i32 i32 i32)', flat: '(param i32 i32 i32 i32)',
        body: `${byte('(local.get 0)')} ${byte('(local.get 2)')} (call $return (local.get 0) (i32.const 5) (local.get 2) (i32.const 5))`,
        go: `(call $f (i32.const 16) (i32.const 5) (i32.const 32) (i32.const 5) (i32.const 128)) ${byte('(i32.load (i32.const 128))')} ${byte('(i32.load (i32.const 136))')} ${word(128)} ${word(136)}`,
      }));
      assert.deepEqual(log, [104, 119, 104, 119, 64, 80]); // realloc: 32, 48, 64, 80
    });
  });

// Lifted without async: its result is that of the core function, which post-return sees.
test('a task that is lifted synchronously', async () => {
  for (const into of [60, 68])
    for (const lower of ['async', '']) {
      const log = await go({
        type: 'async (result (tuple u32 u32 u32))', lift: '(post-return (core func $f "post"))', lower,
        params: '(param i32)', results: lower ? '(result i32)' : '',
        f: '(func (export "f") (result i32) (i32.store (i32.const 64) (i32.const 1)) (i32.store (i32.const 68) (i32.const 2)) (i32.store (i32.const 72) (i32.const 3)) (i32.const 64))',
        go: `(call $f (i32.const ${into})) ${lower && '(drop)'} ${word(into)} ${word(into + 4)} ${word(into + 8)} ${word(96)}`,
      });
      assert.deepEqual(log, [1, 2, 3, 64]);
    }
});

// The caller holds the lock of the instance, so the task waits to start, as subtask 3. When it does, 1 and 2 are freed and
// given again, and the text is what it is by then.
test('arguments are lifted when the task starts', async () => {
  const log = await go(task({
    ...two, ...resource, type: '(param "a" (own $r)) (param "b" (own $r)) (param "c" string)',
    given: [
      ...resource.given,
      { name: 'set', type: '(result i32)', canon: 'waitable-set.new' },
      { name: 'join', type: '(param i32 i32)', canon: 'waitable.join' },
      { name: 'done', type: '', canon: 'task.return' },
    ],
    params: '(param i32 i32 i32 i32)', f: '(param i32 i32 i32 i32)',
    body: `(call $log (local.get 0)) (call $log (call $rep (local.get 0))) (call $log (local.get 1)) (call $log (call $rep (local.get 1))) ${byte('(local.get 2)')} (call $return)`,
    goType: 'async', goLift: 'async (callback (core func $g "event"))',
    go: `(result i32) (local $set i32) (local $call i32)
      (local.set $call (call $f (call $new (i32.const 70)) (call $new (i32.const 71)) (i32.const 16) (i32.const 5)))
      (call $log (local.get $call))
      (i32.store8 (i32.const 16) (i32.const 106))
      (local.set $set (call $set)) (call $log (local.get $set))
      (call $join (i32.shr_u (local.get $call) (i32.const 4)) (local.get $set))
      (i32.or (i32.const 2 (; WAIT ;)) (i32.shl (local.get $set) (i32.const 4)))`,
    event: '(call $log (local.get 0)) (call $log (local.get 1)) (call $log (local.get 2)) (call $done) (i32.const 0)',
  }));
  assert.deepEqual(log, [3 << 4, 4, 2, 70, 1, 71, 106, 1 /* SUBTASK */, 3, 2 /* RETURNED */]);
});

// A borrow of what the host defines is a handle of its own, made after the owned one has left: 1 is lent, 2 is given.
test('what is lent', async () => {
  const parts = (drop, second = '(call $make)') => task({
    types: `(import "ns:p/things" (instance $things (export "t" (type $t (sub resource))) (export "make" (func (result (own $t))))))
      (alias export $things "t" (type $t)) (alias export $things "make" (func $make))`,
    given: [{ name: 'make', type: '(result i32)', canon: 'lower (func $make)' }, { name: 'drop', type: '(param i32)', canon: 'resource.drop $t' }],
    type: '(param "a" (borrow $t)) (param "b" (own $t))', params: '(param i32 i32)', f: '(param i32 i32)',
    body: `(call $log (local.get 0)) (call $log (local.get 1)) ${drop} (call $return)`,
    go: `(call $log (call $f (call $make) ${second})) (call $drop (i32.const 1))`,
  });
  const host = { 'ns:p/things': { make: () => ({}) } };
  assert.deepEqual(await go(parts('(call $drop (local.get 0))'), host), [2, 3, 2]);
  await assert.rejects(go(parts(''), host), { id: 'BorrowsRemain' });
  await assert.rejects(go(parts('(call $drop (local.get 0))', '(i32.const 1)'), host), { id: 'OwnedResourceBorrowed' });
});

// Lifted with a 64-bit memory, lowered with one of 32 bits: only the table is one.
test('two memories', async () => {
  const log = await go(task({
    ...two, ...resource, type: '(param "a" (own $r)) (param "b" (own $r)) (param "c" string) (result (tuple string (own $r) (own $r)))',
    types: `${resource.types}
      (core module $Wide (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) (i64.const 4096)))
      (core instance $wide (instantiate $Wide)) (alias core export $wide "mem" (core memory $mem64)) (alias core export $wide "realloc" (core func $realloc64))`,
    liftMemory: '(memory $mem64) (realloc $realloc64)', returnMemory: '$mem64', result: '(result (tuple string (own $r) (own $r)))',
    params: '(param i32 i32 i32 i32 i32)', lower: '', f: '(param i32 i32 i64 i64)', flat: '(param i64 i64 i32 i32)',
    body: '(call $log (local.get 0)) (call $log (local.get 1)) (call $return (local.get 2) (local.get 3) (local.get 0) (local.get 1))',
    go: `(call $f (call $new (i32.const 70)) (call $new (i32.const 71)) (i32.const 16) (i32.const 5) (i32.const 128))
      ${byte('(i32.load (i32.const 128))')} ${[128, 132, 136, 140].map(word).join(' ')}`,
  }));
  assert.deepEqual(log, [2, 1, 104, 32, 5, 1, 2]);
});

test('nothing is left behind, and 2026-08 has no such calls', async () => {
  const parts = task({
    ...resource, type: '(param "a" string) (param "l" (list (own $r))) (result string)', result: '(result string)',
    params: '(param i32 i32 i32 i32 i32)', f: '(param i32 i32 i32 i32)', flat: '(param i32 i32)', body: '(call $return (local.get 0) (local.get 1))',
    go: '(drop (call $f (i32.const 16) (i32.const 200) (i32.const 1024) (i32.const 0) (i32.const 240)))',
  });
  await checkLeavesNothing(parts);
});

// `reallocate` sets `may_leave` of the instance to false, whichever side's realloc it is and whichever half calls it.
describe('realloc may not leave', () => {
  const forms = {
    callback: ['async (callback (core func $f "event"))', '(result i32)', '(call $return (local.get 0) (local.get 1)) (i32.const 0)'],
    stackful: ['async', '', '(call $return (local.get 0) (local.get 1))'],
    synchronous: ['', '(result i32)', '(i32.store (i32.const 8) (local.get 0)) (i32.store (i32.const 12) (local.get 1)) (i32.const 8)'],
  };
  /// The call of realloc number `leaving` makes a set of waitables, which is a built-in that asks.
  const program = ([lift, gives, body], lower, leaving) => `(component
    (core module $Mem (memory (export "mem") 1))
    (core instance $mem (instantiate $Mem)) (alias core export $mem "mem" (core memory $mem))
    (core func $new (canon waitable-set.new)) (core func $return (canon task.return (result string) (memory $mem)))
    (core module $R (import "" "new" (func $new (result i32))) (global $calls (mut i32) (i32.const 0))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (if (i32.eq (global.get $calls) (i32.const ${leaving})) (then (drop (call $new))))
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (i32.const 1024)))
    (core instance $r (instantiate $R (with "" (instance (export "new" (func $new)))))) (alias core export $r "realloc" (core func $realloc))
    (core module $F (import "" "mem" (memory 1)) (import "" "return" (func $return (param i32 i32)))
      (func (export "f") (param i32 i32) ${gives} ${body}) (func (export "event") (param i32 i32 i32) (result i32) (unreachable)))
    (core instance $f (instantiate $F (with "" (instance (export "mem" (memory $mem)) (export "return" (func $return))))))
    (func $f async (param "s" string) (result string) (canon lift (core func $f "f") ${lift} (memory $mem) (realloc $realloc)))
    (core func $f' (canon lower (func $f) ${lower} (memory $mem) (realloc $realloc)))
    (core module $G (import "" "f" (func $f (param i32 i32 i32) ${lower && '(result i32)'})) (import "" "new" (func $new (result i32)))
      (func (export "go") (result i32) (call $f (i32.const 16) (i32.const 3) (i32.const 64)) ${lower && '(drop)'} (call $new)))
    (core instance $g (instantiate $G (with "" (instance (export "f" (func $f')) (export "new" (func $new))))))
    (func (export "go") (result u32) (canon lift (core func $g "go"))))`;
  for (const [name, form] of Object.entries(forms))
    for (const lower of ['async', ''])
      test(`lifted ${name}, lowered ${lower || 'without async'}`, async () => {
        for (const [leaving, what] of ['for the argument', 'for the result'].entries()) {
          const { exports } = await run(await fuseText(program(form, lower, leaving)), {});
          assert.throws(() => exports.go(), { id: 'CannotLeave' }, what);
        }
        const { exports } = await run(await fuseText(program(form, lower, 2)), {});
        assert.equal(exports.go(), 1); // and may again behind it
      });
});
