//===- entry.test.mjs - when the host may enter --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assemble } from '../Host/program.mjs';
import { fuseText, memory, run } from './tools.mjs';

/// `twice(n)` calls `log(n)` of the host in between; `crash()` traps.
const text = `(component
  (import "log" (func $log (param "n" u32) (result u32)))
  (core module $M
    (import "" "log" (func $log (param i32) (result i32)))
    (global $depth (mut i32) (i32.const 0))
    (func (export "twice") (param i32) (result i32) (local $r i32)
      (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
      (local.set $r (call $log (local.get 0)))
      (global.set $depth (i32.sub (global.get $depth) (i32.const 1)))
      (i32.mul (local.get $r) (i32.const 2)))
    (func (export "depth") (result i32) (global.get $depth))
    (func (export "crash") unreachable))
  (canon lower (func $log) (core func $log'))
  (core instance $m (instantiate $M (with "" (instance (export "log" (func $log'))))))
  (func (export "twice") (param "n" u32) (result u32) (canon lift (core func $m "twice")))
  (func (export "depth") (result u32) (canon lift (core func $m "depth")))
  (func (export "crash") (canon lift (core func $m "crash"))))`;

const cannotEnter = { id: 'CannotEnter' };

for (const spec of ['2026-10', '2026-08'])
  describe(`under ${spec}`, () => {
    let module;
    before(async () => (module = await fuseText(text, `--spec=${spec}`)));

    test('calls go in and out', async () => {
      const { exports } = await run(module, { log: (n) => n + 1 });
      for (const n of [1, 2, 3]) assert.equal(exports.twice(n), 2 * (n + 1));
      assert.equal(exports.depth(), 0);
    });

    test('after a trap nothing enters', async () => {
      const { exports } = await run(module, { log: (n) => n });
      assert.throws(() => exports.crash(), { id: 'Guest' });
      assert.throws(() => exports.depth(), cannotEnter);
      assert.throws(() => exports.crash(), cannotEnter);
    });

    test('after an import that threw nothing enters', async () => {
      const { exports } = await run(module, { log: () => { throw new Error('no'); } });
      assert.throws(() => exports.twice(1), { id: 'HostThrew' });
      assert.throws(() => exports.depth(), cannotEnter);
    });

    test('whatever an import throws', async () => {
      const other = await WebAssembly.instantiate(assemble('(module (func (export "f") unreachable))'));
      const kinds = {
        trap: () => other.instance.exports.f(),
        overflow: function again() { again(); },
        exception: () => { throw new WebAssembly.Exception(new WebAssembly.Tag({ parameters: [] }), []); },
        nothing: () => { throw undefined; },
        symbol: () => { throw Symbol('no'); },
        bare: () => { throw Object.create(null); },
        getter: () => { throw { get message() { throw new Error('no'); } }; },
      };
      for (const [kind, log] of Object.entries(kinds)) {
        const { exports } = await run(module, { log });
        assert.throws(() => exports.twice(1), { id: 'HostThrew' }, kind);
        assert.throws(() => exports.depth(), cannotEnter, kind);
      }
    });

    test('a stack that overflows between program and host', async () => {
      const instance = await run(module, { log: (n) => (n ? instance.exports.twice(n) : 0) });
      assert.throws(() => instance.exports.twice(1), { name: 'MeldTrap' });
      assert.throws(() => instance.exports.twice(0), cannotEnter);
    });

    test('an import that calls back', async () => {
      const instance = await run(module, { log: (n) => (n ? instance.exports.twice(n - 1) : instance.exports.depth()) });
      if (spec === '2026-10') {
        // depth() is 3 in the innermost call; it is doubled three times.
        assert.equal(instance.exports.twice(2), 24);
        assert.equal(instance.exports.depth(), 0);
      } else {
        assert.throws(() => instance.exports.twice(2), cannotEnter);
        assert.throws(() => instance.exports.depth(), cannotEnter);
      }
    });
  });

/// `f` calls the host, `realloc` traps if it is asked for 13 bytes.
const swallowing = `(component
  (import "log" (func $log (result string)))
  (core module $Mem (memory (export "mem") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (if (i32.eq (local.get 3) (i32.const 13)) (then unreachable)) (i32.const 64)))
  (core instance $mem (instantiate $Mem))
  (alias core export $mem "mem" (core memory $memory)) (alias core export $mem "realloc" (core func $realloc))
  (core func $log' (canon lower (func $log) (memory $memory) (realloc $realloc)))
  (core module $M
    (import "" "log" (func $log (param i32)))
    (func (export "f") (result i32) (call $log (i32.const 8)) (i32.const 5))
    (func (export "crash") unreachable)
    (func (export "one") (result i32) (i32.const 1)))
  (core instance $m (instantiate $M (with "" (instance (export "log" (func $log'))))))
  (func (export "f") (result u32) (canon lift (core func $m "f")))
  (func (export "crash") (canon lift (core func $m "crash")))
  (func (export "one") (result u32) (canon lift (core func $m "one"))))`;

describe('a host that keeps a trap to itself', () => {
  /// The core instance, and what an import of it does.
  async function instantiateRaw(words) {
    const module = await fuseText(swallowing, ...words);
    let callBack;
    const { exports } = await WebAssembly.instantiate(module, { $root: { log: (at) => callBack(at) } });
    return { exports, set: (f) => (callBack = f) };
  }
  const trapped = (run) => assert.throws(run, WebAssembly.RuntimeError);

  for (const [what, words, enter] of [
    ['of an export that it called back', [], (exports) => exports.crash()],
    ['of realloc', [], (exports) => exports.cabi_realloc(0, 0, 1, 13)],
    ['of realloc, under 2026-08', ['--spec=2026-08'], (exports) => exports.cabi_realloc(0, 0, 1, 13)],
    ['of realloc, staged', ['--edge=component'], (exports) => exports.cabi_realloc(0, 0, 3, -1)],
  ])
    test(`the trap ${what}`, async () => {
      const { exports, set } = await instantiateRaw(words);
      set(() => {});
      assert.equal(exports.f(), 5);
      set(() => trapped(() => enter(exports)));
      trapped(() => exports.f()); // it does not go on
      for (const name of ['one', 'f', 'crash']) {
        trapped(() => exports[name]());
        assert.equal(exports.__trap_kind.value, 1);
      }
    });

  test('an illegal entry that it tried does no harm', async () => {
    const { exports, set } = await instantiateRaw(['--spec=2026-08']);
    set(() => trapped(() => exports.one()));
    assert.equal(exports.f(), 5);
    set(() => {});
    assert.equal(exports.f(), 5);
  });

  test('through the JavaScript host', async () => {
    const module = await fuseText(swallowing);
    const { exports } = await run(module, { log: () => { try { exports.crash(); } catch {} return 'x'; } });
    assert.throws(() => exports.f(), cannotEnter);
    assert.throws(() => exports.one(), cannotEnter);
  });
});

test('a program without async constructs has no memory, no table, and only its own import', async () => {
  const module = await fuseText(text);
  assert.deepEqual(WebAssembly.Module.imports(module), [{ module: '$root', name: 'log', kind: 'function' }]);
  const kinds = WebAssembly.Module.exports(module).map(({ kind }) => kind);
  assert.ok(!kinds.includes('memory') && !kinds.includes('table'), kinds.join());
});

test('without information about traps there are no globals, and traps have no kind', async () => {
  const module = await fuseText(text, '--trap-info=none');
  assert.ok(!WebAssembly.Module.exports(module).some(({ name }) => name.startsWith('__trap')));
  const { exports, abi } = await run(module, { log: (n) => n });
  assert.equal(abi.trap, undefined);
  assert.throws(() => exports.crash(), { id: 'Guest' });
  assert.throws(() => exports.depth(), cannotEnter); // says the host
});

/// A post-return function that calls a built-in.
const leaving = `(component
  (core module $M
    (import "" "new" (func $new (result i32)))
    (func (export "f") (param $leave i32) (result i32) (local.get $leave))
    (func (export "post") (param $leave i32) (if (local.get $leave) (then (drop (call $new))))))
  (canon waitable-set.new (core func $new))
  (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
  (func (export "f") (param "leave" bool) (result bool)
    (canon lift (core func $m "f") (post-return (core func $m "post")))))`;

test('post-return may not leave', async () => {
  const { exports } = await run(await fuseText(leaving));
  assert.equal(exports.f(false), false);
  assert.throws(() => exports.f(true), { id: 'CannotLeave' });
  assert.throws(() => exports.f(false), cannotEnter);
});

/// `outer` calls the host; `inner` waits for what never comes.
const waiting = `(component
  (import "call" (func $call))
  ${memory}
  (canon lower (func $call) (core func $call'))
  (canon waitable-set.new (core func $new))
  (canon waitable-set.wait (memory (core memory $memory "mem")) (core func $wait))
  (core module $M
    (import "" "call" (func $call)) (import "" "new" (func $new (result i32))) (import "" "wait" (func $wait (param i32 i32) (result i32)))
    (func (export "outer") (call $call))
    (func (export "inner") (drop (call $wait (call $new) (i32.const 16)))))
  (core instance $m (instantiate $M (with "" (instance (export "call" (func $call')) (export "new" (func $new)) (export "wait" (func $wait))))))
  (func (export "outer") (canon lift (core func $m "outer")))
  (func (export "inner") async (canon lift (core func $m "inner"))))`;

test('a frame that waits would let the host go on that was called below it', async () => {
  const module = await fuseText(waiting);
  const alone = await run(module, { call() {} });
  await assert.rejects(alone.exports.inner(), { id: 'Deadlock' });
  let inner;
  const { exports } = await run(module, { call: () => void (inner = assert.rejects(exports.inner(), { id: 'NeedsFiber' })) });
  assert.throws(() => exports.outer(), cannotEnter);
  await inner;
});
