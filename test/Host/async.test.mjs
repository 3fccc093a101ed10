//===- async.test.mjs - async functions of the host ----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantiate } from '../../host/js/meld-host.mjs';
import { program, signature } from './program.mjs';

const prelude = `
  (import "pulseengine:async" "task_result" (func $result (param i32 i32)))
  (import "pulseengine:async" "schedule" (func $schedule))`;
const memory = `(memory (export "__memory0") 1)
  (global $k (export "__trap_kind") (mut i32) (i32.const 0)) (global $a (export "__trap_argument") (mut i32) (i32.const 0))`;
const run = signature('run', { n: 'u32' }, 'u64', { async: true, memory: 0 });

/// A program with one async export `run: async func(n: u32) -> u64`.
const asyncProgram = (body, more) => program(`(module ${prelude} ${body})`, { exports: [run], async: true, ...more });

test('a task that resolves at once', async () => {
  const { exports } = await instantiate(asyncProgram(`${memory} (func (export "[start]run") (param i32) (result i32)
    (i64.store (i32.const 8) (i64.const -2)) (call $result (i32.const 0) (i32.const 8)) (i32.const 0))`));
  const promise = exports.run(1);
  assert.ok(promise instanceof Promise);
  assert.equal(await promise, 0xfffffffffffffffen);
});

const polling = `${memory} (global $turns (mut i32) (i32.const 0))
  (func (export "[start]run") (param i32) (result i32) (global.set $turns (local.get 0)) (call $schedule) (call $schedule) (i32.const 4))
  (func (export "__callback") (param i32 i32)
    (if (i32.or (local.get 0) (local.get 1)) (then unreachable))
    (global.set $turns (i32.sub (global.get $turns) (i32.const 1)))
    (if (global.get $turns) (then (call $schedule)) (else (i64.store (i32.const 0) (i64.const 42)) (call $result (i32.const 4) (i32.const 0)))))`;

test('schedule is answered by __callback(0, 0), once each, on a later macrotask', async () => {
  const { exports } = await instantiate(asyncProgram(polling));
  let turns = 0;
  const count = () => (turns++, (immediate = setImmediate(count)));
  let immediate = setImmediate(count);
  const promise = exports.run(50);
  await Promise.resolve();
  assert.equal(turns, 0, 'no event is delivered by a microtask');
  assert.equal(await promise, 42n);
  clearImmediate(immediate);
  assert.ok(turns >= 49, `the host had ${turns} turns beside 50 of the program`);
});

test('a task number can be used again once its task has resolved', async () => {
  const { exports } = await instantiate(asyncProgram(polling));
  assert.equal(await exports.run(2), 42n);
  assert.equal(await exports.run(3), 42n);
});

test('a task that nothing can wake is a deadlock', async () => {
  const { exports } = await instantiate(asyncProgram(`${memory} (func (export "[start]run") (param i32) (result i32) (i32.const 1))`));
  await assert.rejects(exports.run(1), { name: 'MeldTrap', id: 'Deadlock', message: /^deadlock detected/ });
});

test('a trap in __callback rejects every open promise', async () => {
  const { exports } = await instantiate(asyncProgram(`${memory} (global $next (mut i32) (i32.const 0))
    (func (export "[start]run") (param i32) (result i32) (call $schedule)
      (global.set $next (i32.add (global.get $next) (i32.const 1))) (global.get $next))
    (func (export "__callback") (param i32 i32) (global.set $k (i32.const 9)) unreachable)`));
  const settled = await Promise.allSettled([exports.run(1), exports.run(2)]);
  assert.deepEqual(settled.map(({ status, reason }) => [status, reason?.kind]), [['rejected', 9], ['rejected', 9]]);
});

test('a trap in [start] rejects the promise', async () => {
  const { exports } = await instantiate(asyncProgram(`${memory} (func (export "[start]run") (param i32) (result i32) unreachable)`));
  await assert.rejects(exports.run(1), { name: 'MeldTrap', kind: 0 });
});

test('wrong arguments reject the promise and do not enter', async () => {
  const { exports } = await instantiate(asyncProgram(`${memory} (func (export "[start]run") (param i32) (result i32) unreachable)`));
  await assert.rejects(exports.run(-1), { name: 'TypeError', message: /^argument "n" of "run"/ });
});

const misbehaving = {
  'returns 0 without a result': ['(i32.const 0)', /did not call `task_result`/],
  'returns a negative number': ['(i32.const -1)', /not the number of a new task/],
  'resolves and returns a number': ['(call $result (i32.const 0) (i32.const 0)) (i32.const 1)', /not the number of a new task/],
  'resolves twice': ['(call $result (i32.const 0) (i32.const 0)) (call $result (i32.const 0) (i32.const 0)) (i32.const 0)', /not open/],
  'resolves a stranger': ['(call $result (i32.const 5) (i32.const 0)) (i32.const 0)', /task 5, which is not open/],
  'points outside its memory': ['(call $result (i32.const 0) (i32.const -8)) (i32.const 0)', /out of bounds of memory/, 'PointerOutOfBounds'],
};
for (const [what, [body, message, id = 'HostThrew']] of Object.entries(misbehaving))
  test(`a program that ${what} is stopped`, async () => {
    const { exports } = await instantiate(asyncProgram(`${memory} (func (export "[start]run") (param i32) (result i32) ${body})`));
    await assert.rejects(exports.run(1), { name: 'MeldTrap', id, message });
    await assert.rejects(exports.run(1), { name: 'MeldTrap', id: 'CannotEnter' });
  });

test('a program that never names its memory is told so', async () => {
  const bytes = asyncProgram(`${memory} (func (export "[start]run") (param i32) (result i32)
    (call $result (i32.const 0) (i32.const 0)) (i32.const 0))`, { memories: [] });
  const { exports } = await instantiate(bytes);
  await assert.rejects(exports.run(1), { message: /`meld.abi` names no memory/ });
});

const calling = `(module ${prelude} (import "$root" "[call]get" (func $get (param i32 i32 i32) (result i32))) ${memory}
  (func $finish (call $result (i32.const 3) (i32.const 16)))
  (func (export "[start]run") (param i32) (result i32)
    (if (result i32) (call $get (local.get 0) (i32.const 16) (i32.const 77))
      (then (call $result (i32.const 0) (i32.const 16)) (i32.const 0)) (else (i32.const 3))))
  (func (export "__resolve") (param i32) (if (i32.ne (local.get 0) (i32.const 77)) (then unreachable)) (call $finish)))`;
const get = signature('get', { n: 'u32' }, 'u64', { async: true, module: '$root', memory: 0 });
const caller = () => program(calling, { exports: [run], imports: [get], async: true });

test('an async import answers at once or by __resolve', async () => {
  const now = await instantiate(caller(), { get: (n) => BigInt(n) + 1n });
  assert.equal(await now.exports.run(4), 5n);
  const later = await instantiate(caller(), { get: (n) => new Promise((done) => setTimeout(done, 5, BigInt(n) * 2n)) });
  assert.equal(await later.exports.run(4), 8n);
});

test('an async import that rejects is a trap', async () => {
  const { exports } = await instantiate(caller(), { get: async () => { throw new Error('gone'); } });
  await assert.rejects(exports.run(4), { name: 'MeldTrap', id: 'HostThrew', message: 'the host failed: gone' });
  await assert.rejects(exports.run(4), { id: 'CannotEnter' });
});

test('an async import that gives a value of another type is a trap', async () => {
  const { exports } = await instantiate(caller(), { get: async () => 'five' });
  await assert.rejects(exports.run(4), { name: 'MeldTrap', id: 'HostThrew', message: /expected a value of type u64/ });
});

test('a promise of the host that fails with the trap of other code poisons', async () => {
  const wait = signature('wait', {}, null, { async: true, module: '$root' });
  const bytes = program(`(module ${prelude} (import "$root" "[call]wait" (func $wait (param i32) (result i32))) ${memory}
    (func (export "[start]run") (param i32) (result i32) (drop (call $wait (i32.const 1))) (i32.const 1))
    (func (export "__resolve") (param i32) (call $result (i32.const 1) (i32.const 0))))`, { exports: [run], imports: [wait], async: true });
  const { exports } = await instantiate(bytes, { wait: async () => { throw new WebAssembly.RuntimeError('unreachable'); } });
  await assert.rejects(exports.run(1), { name: 'MeldTrap', id: 'HostThrew', message: 'the host failed: unreachable' });
  await assert.rejects(exports.run(1), { name: 'MeldTrap', id: 'CannotEnter' });
});

test('what is like a promise is asked once, and its first answer counts', async () => {
  const asks = signature('ask', {}, 'u64', { async: true, memory: 0, module: '$root' });
  const bytes = asyncProgram(`(import "$root" "[call]ask" (func $ask (param i32 i32) (result i32))) ${memory}
    (func (export "[start]run") (param i32) (result i32) (drop (call $ask (i32.const 8) (i32.const 3))) (i32.const 1))
    (func (export "__resolve") (param i32) (call $result (i32.const 1) (i32.const 8)))`, { imports: [asks] });
  let asked = 0;
  const answer = { get then() { asked++; return (resolve, reject) => { resolve(7n); resolve(8n); reject(new Error('no')); throw new Error('no'); }; } };
  const { exports } = await instantiate(bytes, { ask: () => answer });
  assert.equal(await exports.run(1), 7n);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked, 1);
  assert.equal(await exports.run(1), 7n);
});
