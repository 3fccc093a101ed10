//===- gate.test.mjs - nothing enters a program that has failed ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The programs here are written by hand and count nothing themselves: what
// keeps them shut is the host alone.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instantiate, MeldTrap } from '../../host/js/meld-host.mjs';
import { OffsetMap } from '../../host/js/offset-map.mjs';
import { program, signature } from './program.mjs';

/// `f(n)` is 100 more than `g(n)` of the host, `boom` traps, `one` is 1.
const bytes = program(
  `(module (import "$root" "g" (func $g (param i32) (result i32)))
    (func (export "f") (param i32) (result i32) (i32.add (i32.const 100) (call $g (local.get 0))))
    (func (export "boom") unreachable) (func (export "one") (result i32) (i32.const 1)))`,
  { imports: [signature('g', { n: 'u32' }, 'u32', { module: '$root' })], exports: [signature('f', { n: 'u32' }, 'u32'), signature('boom'), signature('one', {}, 'u32')] },
);
const start = async (g) => (await instantiate(bytes, { g })).exports;
const cannotEnter = { name: 'MeldTrap', id: 'CannotEnter', message: 'cannot enter component instance' };

function assertEnded(exports) {
  for (const call of [() => exports.one(), () => exports.f(0), () => exports.boom()]) assert.throws(call, cannotEnter);
}

/// Calls `run` with less and less of the stack left, at every depth until it
/// gives something other than undefined.
function nearTheEnd(run) {
  let given;
  (function descend() {
    try {
      descend();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    try {
      given ??= run();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // not even begun
    }
  })();
  return given;
}

describe('after a failure that others keep to themselves', () => {
  test('a trap of an entry that the host made in between', async () => {
    const exports = await start(() => {
      assert.throws(() => exports.boom(), { id: 'Guest' });
      assert.throws(() => exports.one(), cannotEnter);
      return 1;
    });
    assert.throws(() => exports.f(0), cannotEnter);
    assertEnded(exports);
  });

  test('the first trap is the cause of what later calls throw', async () => {
    const exports = await start(() => { throw new Error('no'); });
    assert.throws(() => exports.f(0), { id: 'HostThrew' });
    assert.throws(() => exports.one(), (trap) => trap.id === 'CannotEnter' && trap.cause.id === 'HostThrew' && trap.cause.cause.message === 'no');
  });

  test('a stack that overflows anywhere between program and host', async () => {
    let ended = 0;
    for (let pad = 0; pad < 40; pad++) {
      let calls = 0;
      const exports = await start((n) => {
        calls++;
        try {
          return exports.f(n);
        } catch {
          return 6;
        }
      });
      const padded = (depth) => (depth ? padded(depth - 1) : exports.f(1));
      try {
        padded(pad);
      } catch (error) {
        assert.ok(error instanceof MeldTrap);
        calls = 0;
        assertEnded(exports);
        assert.equal(calls, 0);
        ended++;
        continue;
      }
      assert.equal(exports.one(), 1); // it overflowed before it entered the program once more
    }
    assert.ok(ended > 0);
  });

  test('whatever is left of the stack when an import is called', async () => {
    let entered = false;
    for (let i = 0; i < 20; i++) {
      const exports = await start(() => {
        entered = true;
        throw new Error('no');
      });
      nearTheEnd(() => {
        entered = false;
        try {
          exports.f(i);
        } catch (error) {
          assert.ok(error instanceof MeldTrap || !entered);
          return error instanceof MeldTrap || undefined;
        }
        assert.fail('it returned');
      });
      assertEnded(exports);
    }
  });
});

test('a call that succeeds leaves the program open, also within an import', async () => {
  const exports = await start((n) => (n ? exports.f(n - 1) + exports.one() : exports.one()));
  assert.equal(exports.f(2), 303);
  assert.equal(exports.f(0), 101);
});

test('what an import throws, and what it is the trap of, may be hostile', async () => {
  const fail = () => { throw new Error('hostile'); };
  const hostile = new Proxy(new Error('x'), { get: fail, has: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail });
  const map = new OffsetMap(JSON.stringify({ version: 3, sources: [], names: [], mappings: '', x_meld: { version: 1, code: [0, 0], imported: 1, instances: [] } }));
  for (const thrown of [hostile, { get stack() { return fail(); } }, { stack: { toString: fail }, message: { toString: fail } }, null]) {
    const { exports } = await instantiate(bytes, { g: () => { throw thrown; } }, { map });
    assert.throws(() => exports.f(0), (trap) => trap instanceof MeldTrap && trap.id === 'HostThrew' && trap.cause === thrown);
    assertEnded(exports);
  }
});

describe('a task', () => {
  /// `run` never resolves, `boom` traps, `f` calls `g` of the host.
  const run = signature('run', {}, 'u32', { async: true, memory: 0 });
  const waiting = program(
    `(module (import "pulseengine:async" "schedule" (func $schedule)) (import "$root" "g" (func $g))
      (memory (export "__memory0") 1)
      (func (export "[start]run") (result i32) (call $schedule) (i32.const 1)) (func (export "__callback") (param i32 i32) (call $schedule))
      (func (export "f") (call $g)))`,
    { exports: [run, signature('f')], imports: [signature('g', {}, null, { module: '$root' })], async: true },
  );

  test('that is open fails with the program, however little of the stack was left', async () => {
    for (let pad = 0; pad < 40; pad++) {
      const { exports } = await instantiate(waiting, { g: () => exports.f() });
      const task = exports.run();
      const settled = task.then(assert.fail, (trap) => trap);
      const padded = (depth) => (depth ? padded(depth - 1) : exports.f());
      assert.throws(() => padded(pad));
      assert.ok((await settled) instanceof MeldTrap);
      await assert.rejects(exports.run(), cannotEnter);
    }
  });
});
