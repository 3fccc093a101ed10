//===- host-futures.test.mjs - futures that leave the program ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { BLOCKED, CANCELLED, COMPLETED, ends } from './ends.mjs';
import { fuseText, run } from './tools.mjs';

const FUTURE_READ = 4, FUTURE_WRITE = 5;
const module = await fuseText(ends('future', 'u8'));
const start = async () => (await run(module)).exports;

test('a future of the program is a promise', async () => {
  const program = await start();
  const promise = program.make();
  assert.ok(promise instanceof Promise);
  assert.equal(program.write(0), COMPLETED);
  program['drop-writable']();
  assert.equal(await promise, 0);
});

test('one that was written before it left', async () => {
  const program = await start();
  assert.equal(await program['make-written'](), 0);
  assert.equal(program.event(), (FUTURE_WRITE << 16) | COMPLETED);
});

test('one that is never written fails when the program traps', async () => {
  const program = await start();
  const promise = program.make();
  assert.throws(() => program['drop-writable'](), { id: 'DropUnwrittenFuture' });
  await assert.rejects(promise, { id: 'DropUnwrittenFuture' });
});

test('a promise of the host is a future', async () => {
  const program = await start();
  let settle;
  program.take(new Promise((resolve) => (settle = resolve)));
  assert.equal(program.read(0), BLOCKED);
  await turn();
  assert.equal(program.event(), 0);
  settle(77);
  await turn();
  assert.equal(program.event(), (FUTURE_READ << 16) | COMPLETED);
  assert.equal(program.at(0), 77);
  program['drop-readable']();
});

test('a value is one that is there', async () => {
  const program = await start();
  program.take(5);
  assert.equal(program.read(0), COMPLETED);
  assert.equal(program.at(0), 5);
});

test('a read that is given up', async () => {
  const program = await start();
  program.take(Promise.resolve(9));
  assert.equal(program.read(0), BLOCKED);
  assert.equal(program['cancel-read'](), CANCELLED);
  await turn();
  assert.equal(program.event(), 0);
  assert.equal(program.read(0), COMPLETED);
  assert.equal(program.at(0), 9);
});

test('a promise that rejects is a trap', async () => {
  const program = await start();
  program.take(Promise.reject(new Error('gone')));
  assert.equal(program.read(0), BLOCKED);
  await turn();
  assert.throws(() => program.event(), { id: 'CannotEnter' });
});

test('a promise goes through the program', async () => {
  const program = await start();
  const promise = Promise.resolve(1);
  program.take(promise);
  assert.equal(program.give(), promise);
});
