//===- threads.test.mjs - threads of a task, one on top of the other -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { fuseText, run } from './tools.mjs';

const builtins = {
  index: ['thread.index', '(result i32)'],
  later: ['thread.resume-later', '(param i32)'],
  suspend: ['thread.suspend', '(result i32)'],
  yield: ['thread.yield', '(result i32)'],
  'suspend-resume': ['thread.suspend-then-resume', '(param i32) (result i32)'],
  'yield-resume': ['thread.yield-then-resume', '(param i32) (result i32)'],
  'suspend-promote': ['thread.suspend-then-promote', '(param i32) (result i32)'],
  'yield-promote': ['thread.yield-then-promote', '(param i32) (result i32)'],
  return: ['task.return (result u32)', '(param i32)'],
};
const each = (write) => Object.entries(builtins).map(write).join('\n');

/// A component with the threads' built-ins. `threads` are bodies of functions of
/// the table, (param $a i32), `body` is that of `run`. Both may $say a digit:
/// $log has what was said, as a number in base 10.
const program = (threads, body, lift = `(func (export "run") async (result u32) (canon lift (core func $m "run")))`, more = '') => `(component
  (core module $T (table (export "t") 8 funcref))
  (core instance $t (instantiate $T))
  (core module $M
    ${each(([name, [, type]]) => `(import "" "${name}" (func $${name} ${type}))`)}
    (import "" "new" (func $new (param i32 i32) (result i32)))
    (import "" "t" (table 8 funcref))
    (global $log (mut i32) (i32.const 0)) (global $main (mut i32) (i32.const 0)) (global $left (mut i32) (i32.const 0))
    (func $say (param i32) (global.set $log (i32.add (i32.mul (global.get $log) (i32.const 10)) (local.get 0))))
    (func $spawn (param i32 i32) (call $later (call $new (local.get 0) (local.get 1))))
    ${threads.map((text, i) => `(func $thread${i} (param $a i32) (local $i i32) ${text})`).join('\n')}
    (elem (i32.const 0) func ${threads.map((_, i) => `$thread${i}`).join(' ')})
    (func (export "log") (result i32) (global.get $log))
    ${more}
    (func (export "run") (result i32) (local $i i32) ${body}))
  (core type $start (func (param i32)))
  (alias core export $t "t" (core table $table))
  (core func $new (canon thread.new-indirect $start (core table $table)))
  ${each(([name, [text]]) => `(core func $${name} (canon ${text}))`)}
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "t" (table $table))
    ${each(([name]) => `(export "${name}" (func $${name}))`)}))))
  (func (export "log") (result u32) (canon lift (core func $m "log")))
  ${lift})`;

const start = async (...parts) => (await run(await fuseText(program(...parts)))).exports;
const result = async (...parts) => (await start(...parts)).run();
const sync = `(func (export "run") (result u32) (canon lift (core func $m "run")))`;
const say = (n) => `(call $say (i32.const ${n}))`;

describe('what is made runs', () => {
  test('when the one that made it waits', async () =>
    assert.equal(await result([`(call $say (local.get $a))
        (global.set $left (i32.sub (global.get $left) (i32.const 1)))
        (if (i32.eqz (global.get $left)) (then (call $later (global.get $main))))`],
      `(global.set $main (call $index)) (global.set $left (i32.const 3))
       (call $spawn (i32.const 0) (i32.const 1)) (call $spawn (i32.const 0) (i32.const 2)) (call $spawn (i32.const 0) (i32.const 3))
       ${say(9)} (drop (call $suspend)) ${say(8)} (global.get $log)`), 91238));

  test('at once where it is resumed, and in a turn of a yield', async () =>
    assert.equal(await result([`${say(1)}`, `${say(2)}`],
      `(call $spawn (i32.const 0) (i32.const 0))
       (drop (call $yield-resume (call $new (i32.const 1) (i32.const 0)))) ${say(3)}
       (drop (call $yield)) ${say(4)} (global.get $log)`), 2314));

  test('in the turn after a synchronous call', async () => {
    const program = await start([`${say(5)}`], `(call $spawn (i32.const 0) (i32.const 0)) (global.get $log)`, sync);
    assert.equal(program.run(), 0);
    assert.equal(program.log(), 0);
    await turn();
    await turn();
    assert.equal(program.log(), 5);
  });

  test('before others where it is promoted', async () =>
    assert.equal(await result([`(call $say (local.get $a))`],
      `(local.set $i (call $new (i32.const 0) (i32.const 1))) (call $later (local.get $i))
       (local.set $i (call $new (i32.const 0) (i32.const 2))) (call $later (local.get $i))
       (drop (call $yield-promote (local.get $i))) ${say(3)} (drop (call $yield)) (global.get $log)`), 231));

  test('or not, where it is not ready', async () =>
    assert.equal(await result([`(call $say (local.get $a))`],
      `(call $spawn (i32.const 0) (i32.const 1))
       (local.set $i (call $new (i32.const 0) (i32.const 2)))
       (drop (call $yield-promote (local.get $i))) ${say(3)} (global.get $log)`), 13));

  test('and its own threads on top of it', async () =>
    assert.equal(await result([`${say(1)} (drop (call $yield-resume (call $new (i32.const 1) (call $index)))) ${say(3)} (call $later (global.get $main))`, `${say(2)}`],
      `(global.set $main (call $index)) (call $spawn (i32.const 0) (i32.const 0)) (drop (call $suspend)) (global.get $log)`), 123));
});

test('numbers are those of a table of the instance', async () =>
  assert.equal(await result([``], `(call $say (call $index)) (call $say (local.tee $i (call $new (i32.const 0) (i32.const 0))))
    (drop (call $yield-resume (local.get $i))) (call $say (call $new (i32.const 0) (i32.const 0))) (call $say (call $index)) (global.get $log)`), 1221));

test('context slots are of each thread', async () => {
  const text = program([`(if (call $get) (then unreachable)) (call $set (i32.const 7)) (call $say (call $get))`],
    `(call $set (i32.const 5)) (drop (call $yield-resume (call $new (i32.const 0) (i32.const 0)))) (call $say (call $get)) (global.get $log)`)
    .replace('(import "" "t"', '(import "" "get" (func $get (result i32))) (import "" "set" (func $set (param i32))) (import "" "t"')
    .replace('(export "t" (table $table))', '(export "t" (table $table)) (export "get" (func $get)) (export "set" (func $set))')
    .replace('(core instance $m', '(core func $get (canon context.get i32 0)) (core func $set (canon context.set i32 0)) (core instance $m');
  assert.equal(await (await run(await fuseText(text))).exports.run(), 75);
});

test('a thread may return for its task, and outlive its function', async () => {
  const program = await start([`(call $return (i32.const 6))`],
    `(call $spawn (i32.const 0) (i32.const 0)) (i32.const 0 (; EXIT ;))`,
    `(func (export "run") async (result u32) (canon lift (core func $m "run") async (callback (core func $m "cb"))))`,
    `(func (export "cb") (param i32 i32 i32) (result i32) unreachable)`);
  assert.equal(await program.run(), 6);
  assert.equal(await program.run(), 6);
});

const traps = {
  'an unknown thread': [[``], `(call $later (i32.const 5)) (i32.const 0)`, 'UnknownThread'],
  'itself': [[``], `(call $later (call $index)) (i32.const 0)`, 'ThreadNotSuspended'],
  'one that is ready': [[``], `(local.set $i (call $new (i32.const 0) (i32.const 0))) (call $later (local.get $i)) (call $suspend-resume (local.get $i))`, 'ThreadNotSuspended'],
  'one that has ended': [[``], `(local.set $i (call $new (i32.const 0) (i32.const 0))) (drop (call $yield-resume (local.get $i))) (call $later (local.get $i)) (i32.const 0)`, 'UnknownThread'],
  'nobody, and waits': [[``], `(call $suspend)`, 'Deadlock'],
  'one whose frame is below': [[`(drop (call $suspend-resume (local.get $a)))`], `(call $suspend-resume (call $new (i32.const 0) (call $index)))`, 'NeedsFiber'],
  'a slot of the table with nothing in it': [[``], `(call $yield-resume (call $new (i32.const 5) (i32.const 0)))`, 'Guest'],
};
describe('a trap is to resume', () => {
  for (const [what, [threads, body, id]] of Object.entries(traps))
    test(what, async () => assert.rejects(result(threads, body), { name: 'MeldTrap', id }));
});

describe('a task of synchronous type', () => {
  test('waits for a thread of its own', async () =>
    assert.equal((await start([`${say(1)} (call $later (global.get $main))`],
      `(global.set $main (call $index)) (call $spawn (i32.const 0) (i32.const 0)) (drop (call $suspend)) (global.get $log)`, sync)).run(), 1));
  test('cannot wait for nobody', async () =>
    assert.rejects(async () => (await start([``], `(call $suspend)`, sync)).run(), { id: 'CannotBlock' }));
  test('is a new thread each time', async () => {
    const program = await start([``], `(call $say (call $index)) (global.get $log)`, sync);
    assert.equal(program.run(), 1);
    assert.equal(program.run(), 11);
  });
});
