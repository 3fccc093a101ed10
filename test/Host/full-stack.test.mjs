//===- full-stack.test.mjs - calls where little of the stack is left -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A call may need more of the stack than there is, at any place on its way. What
// is thrown then says what became of the program: an error of the engine's, that
// nothing was done; a trap, that the program has ended.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantiate, MeldTrap } from '../../host/js/meld-host.mjs';
import { program, signature } from './program.mjs';

/// Every function counts its calls first. `deep` calls itself, `back` calls `g`
/// of the host, `boom` traps, `text` takes a string, `r` is a resource.
const module = `(module (import "$root" "g" (func $g)) (import "pulseengine:async" "schedule" (func $schedule))
  (memory (export "__memory0") 1) (global $count (export "count") (mut i32) (i32.const 0))
  (func $called (global.set $count (i32.add (global.get $count) (i32.const 1))))
  (func $down (param i32) (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
  (func (export "deep") (param i32) (call $called) (call $down (local.get 0)))
  (func (export "back") (call $called) (call $g))
  (func (export "boom") (call $called) unreachable)
  (func (export "text") (param i32 i32) (call $called))
  (func (export "many") (param i32) (result i32) (call $called) (i32.const 2048))
  (func (export "[constructor]r") (result i32) (i32.const 7))
  (func (export "[resource-drop]r") (param i32) (call $called))
  (func (export "[start]run") (result i32) (call $schedule) (i32.const 1))
  (func (export "__callback") (param i32 i32))
  (func (export "one") (result i32) (i32.const 1)))`;
const numbers = Array(17).fill('u32');
const text = { memory: 0, realloc: 'realloc' };
const bytes = program(module, {
  async: true,
  imports: [signature('g', {}, null, { module: '$root' })],
  exports: [
    signature('deep', { n: 'u32' }), signature('back'), signature('boom'), signature('one', {}, 'u32'), signature('text', { t: 'string' }, null, text),
    signature('many', Object.fromEntries(numbers.map((type, i) => [`p${i}`, type])), { tuple: numbers }, text),
    signature('[constructor]r', {}, { own: 'r' }), signature('run', {}, 'u32', { async: true, memory: 0 }),
  ],
  resources: [{ name: 'r', interface: null, resource: 'r', host: false }],
});

const isFull = (error) => error instanceof RangeError && /call stack/.test(error.message);

/// Calls `call` at the end of the stack, then with more and more left, until it
/// is through or throws something else than the engine does. Returns { value }
/// or { error }, and `refused`, how often it had to be tried.
function nearTheEnd(call, pad) {
  let outcome;
  let refused = 0;
  const attempt = () => {
    try {
      outcome = { value: call() };
    } catch (error) {
      if (error instanceof RangeError) refused++;
      else outcome = { error };
    }
  };
  (function descend(...wide) {
    try {
      descend(...wide);
    } catch {
      // This is the end.
    }
    if (!outcome) attempt();
  })(...Array(pad));
  return { ...outcome, refused };
}

const cannotEnter = (cause) => (error) => error instanceof MeldTrap && error.id === 'CannotEnter' && error.cause === cause;

/// [what is done, given the exports and a resource]
const calls = {
  'of a function that goes deep': ({ deep }) => deep(3),
  'of one that goes deeper': ({ deep }) => deep(20),
  'of one that calls back': ({ back }) => back(),
  'of one that traps': ({ boom }) => boom(),
  'with a text': ({ text }) => text('text'),
  'with more than fits': ({ many }) => many(...Array(17).fill(1)),
  'of a destructor': (_, r) => r.drop(),
};

/// What `call` does near the end of the stack, with what was there before it.
async function tried(call, pad) {
  let asked = 0;
  const { exports, core } = await instantiate(bytes, { g: () => { asked++; if (asked < 40) exports.back(); } });
  const task = exports.run().then(assert.fail, (trap) => trap);
  const r = new exports.R();
  return { ...nearTheEnd(() => call(exports, r), pad), exports, core, r, task };
}

for (const [name, call] of Object.entries(calls))
  test(`a call ${name} is through, was not begun, or ends the program`, async () => {
    let traps = 0;
    for (let pad = 0; pad < 60; pad++) {
      const { error, refused, exports, core, r, task } = await tried(call, pad);
      assert.ok(refused > 0);
      if (error) {
        assert.ok(error instanceof MeldTrap, error);
        assert.throws(() => exports.one(), cannotEnter(error));
        assert.throws(() => r.drop(), cannotEnter(error));
        traps++;
      } else {
        assert.equal(exports.one(), 1);
        assert.equal(core.count.value, name === 'of one that calls back' ? 40 : 1); // none of those that were refused
      }
      const trap = await task;
      assert.ok(error ? trap === error || trap.cause === error : trap.id === 'Deadlock');
    }
    assert.ok(traps > 0);
  });

/// Takes a resource, and a text for which it is asked for room.
const takes = program(
  `(module (memory (export "__memory0") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "take") (param i32 i32 i32))
    (func (export "[constructor]r") (result i32) (i32.const 7)) (func (export "[resource-drop]r") (param i32)))`,
  {
    exports: [signature('take', { r: { own: 'r' }, t: 'string' }, null, text), signature('[constructor]r', {}, { own: 'r' })],
    resources: [{ name: 'r', interface: null, resource: 'r', host: false }],
  },
);

test('a call that was not begun has given nothing, and one that was has ended with a trap', async () => {
  const compiled = await WebAssembly.compile(takes);
  let ended = 0;
  for (let pad = 0; pad < 60; pad++) {
    const { exports } = await instantiate(compiled);
    const open = Array.from({ length: 60 }, () => new exports.R());
    const errors = new Map();
    (function descend(...wide) {
      try {
        descend(...wide);
      } catch {
        // This is the end.
      }
      const r = open.pop();
      try {
        if (r) exports.take(r, 'text');
      } catch (error) {
        errors.set(r, error);
      }
    })(...Array(pad));
    const trap = [...errors.values()].find((error) => error instanceof MeldTrap);
    if (trap) {
      assert.notEqual(trap.id, 'CannotEnter');
      assert.throws(() => new exports.R(), cannotEnter(trap));
      ended++;
    } else {
      for (const r of errors.keys()) exports.take(r, 'text');
    }
  }
  assert.ok(ended > 0);
});

test('the trap of a full stack has the words of the engine, and its error', async () => {
  const { exports } = await instantiate(bytes, { g() {} });
  const { error } = nearTheEnd(() => exports.deep(1e6), 0);
  assert.deepEqual([error.kind, error.id, error.message, isFull(error.cause)], [0, 'Guest', 'Maximum call stack size exceeded', true]);
});
