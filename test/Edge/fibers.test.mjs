//===- fibers.test.mjs - frames on stacks of the engine's ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MeldTrap } from '../../host/js/meld-host.mjs';
import { reader, text } from './fibers.mjs';
import { fuseText, run } from './tools.mjs';

const modules = Object.fromEntries(await Promise.all(['trap', 'fiber'].map(async (mode) => [mode, await fuseText(text, `--stackful=${mode}`)])));

/// A host whose answers come when the test says so.
function host() {
  const open = new Map();
  return {
    open,
    imports: { h: (n) => new Promise((resolve, reject) => open.set(n, { resolve: () => resolve(n), reject })), peek: (n) => n },
  };
}

const start = async (mode = 'fiber', imports = {}) => {
  const { open, imports: own } = host();
  return { open, ...(await run(modules[mode], { ...own, ...imports })) };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('frames that wait for the host', () => {
  test('let their callers go on', async () => {
    const { exports, open } = await start();
    const sum = exports.both(1, 2);
    await turn();
    assert.deepEqual([...open.keys()], [1, 2]); // the second was called while the first waits
    assert.equal(exports.inside(), 2);
    open.get(2).resolve();
    await turn();
    assert.equal(exports.inside(), 1);
    open.get(1).resolve();
    assert.equal(await sum, 6);
    assert.equal(exports.inside(), 0);
  });

  test('are a trap without stacks', async () => {
    const { exports } = await start('trap');
    await assert.rejects(exports.both(1, 2), { id: 'NeedsFiber' });
  });

  test('are as many as calls are open, and their stacks are used again', async () => {
    const { exports, open } = await start();
    for (let round = 0; round < 3; round++) {
      const sums = Array.from({ length: 300 }, (_, i) => exports.both(1000 + 2 * i, 1001 + 2 * i));
      await turn();
      assert.equal(exports.inside(), 600);
      for (const { resolve } of [...open.values()].reverse()) resolve();
      open.clear();
      assert.deepEqual(await Promise.all(sums), sums.map((_, i) => 2 * (2001 + 4 * i)));
    }
  });

  test('are not begun, or end the program, where the stack is full', async () => {
    const { exports, open } = await start();
    const calls = [];
    let next = 1000;
    const attempt = () => {
      const n = next++;
      try {
        const promise = exports.twice(n);
        calls.push({ n, promise });
      } catch (error) {
        calls.push({ n, error });
      }
    };
    const down = () => {
      try {
        down();
      } catch {}
      if (next < 1200) attempt();
    };
    down();
    const all = Promise.allSettled(calls.map(({ promise, error }) => promise ?? Promise.reject(error)));
    const answers = () => open.forEach(({ resolve }) => resolve());
    for (let i = 0; i < 200; i++, await turn()) answers();
    const errors = (await all).map(({ reason }) => reason);
    calls.forEach(({ n }, i) => assert.ok(!(errors[i] instanceof RangeError && open.has(n)), `${n} was begun`));
    const last = exports.twice(5000);
    await turn();
    answers();
    if (errors.some((error) => error instanceof MeldTrap)) await assert.rejects(last, { id: 'CannotEnter' });
    else assert.equal(await last, 10000);
  });

  test('are too many at last', async () => {
    const { exports } = await start();
    const calls = Array.from({ length: 4097 }, (_, i) => exports.twice(i));
    await assert.rejects(Promise.all(calls), { id: 'TooManyFibers' });
    await Promise.allSettled(calls);
    await assert.rejects(exports.twice(1), { id: 'CannotEnter' });
  });

  test('read streams that have nothing yet', async () => {
    async function* bytes(count) {
      for (let i = 1; i <= count; i++) {
        await turn();
        yield i;
      }
    }
    const streams = () => [bytes(50), bytes(20), [1, 2, 3]];
    const { exports } = await run(await fuseText(reader, '--stackful=fiber'));
    assert.deepEqual(await Promise.all(streams().map((each) => exports.sum(each))), [1275, 210, 6]);
    const trapping = await run(await fuseText(reader));
    await assert.rejects(trapping.exports.sum(bytes(2)), { id: 'NeedsFiber' });
  });

  test('need not wait where the answer is there', async () => {
    const { exports } = await start('fiber', { h: (n) => n });
    assert.equal(await exports.both(3, 4), 14);
  });
});

describe('a program between two of its stacks', () => {
  test('refuses functions of synchronous type, and lives on', async () => {
    const { exports, open } = await start();
    const sum = exports.both(1, 2);
    assert.throws(() => exports.inside(), { name: 'Error', message: /between two of its stacks/ });
    await turn();
    for (const { resolve } of open.values()) resolve();
    assert.equal(await sum, 6);
    assert.equal(exports.inside(), 0);
  });

  test('may be called by what it calls', async () => {
    const program = await start('fiber', { peek: (n) => n + program.exports.inside() });
    const open = program.exports.twice(7);
    assert.equal(await program.exports.look(5), 6);
    program.open.get(7).resolve();
    assert.equal(await open, 14);
  });

  test('takes asynchronous calls one after the other', async () => {
    let nested;
    const program = await start('fiber', { h: (n) => n, peek: (n) => ((nested = program.exports.twice(n)), n) });
    assert.equal(await program.exports.look(5), 5);
    assert.equal(await nested, 10);
    assert.deepEqual(await Promise.all([program.exports.twice(1), program.exports.twice(2)]), [2, 4]);
  });

  test('lets the host have its turn while a guest spins', async () => {
    const { exports } = await start();
    const spun = exports.spin();
    await turn();
    await turn();
    for (let set = false; !set; await turn())
      try {
        exports.set(1);
        set = true;
      } catch (error) {
        assert.match(error.message, /between two of its stacks/);
      }
    assert.equal(await spun, 1);
  });
});

describe('a trap of a program with stacks', () => {
  test('is that of all open calls', async () => {
    const { exports, open } = await start();
    const calls = [exports.twice(13), exports.both(1, 2)];
    await turn();
    open.get(13).resolve();
    const reasons = (await Promise.allSettled(calls)).map(({ reason }) => reason);
    assert.deepEqual(reasons.map(({ id }) => id), ['Guest', 'Guest']);
    assert.match(reasons[0].message, /unreachable/);
    assert.throws(() => exports.inside(), { id: 'CannotEnter' });
    await assert.rejects(exports.twice(1), { id: 'CannotEnter' });
    for (const { resolve } of open.values()) resolve(); // too late, and of no effect
  });

  test('comes from a host that fails', async () => {
    const { exports, open } = await start();
    const call = exports.both(1, 2);
    await turn();
    open.get(2).reject(new Error('no answer'));
    await assert.rejects(call, { id: 'HostThrew', message: /no answer/ });
    assert.throws(() => exports.inside(), { id: 'CannotEnter' });
  });

  test('is a deadlock where nothing can wake a frame', async () => {
    const { exports } = await start();
    await assert.rejects(exports.stuck(), { id: 'Deadlock' });
  });

  test('is none where an argument is wrong', async () => {
    const { exports } = await start('fiber', { h: (n) => n });
    await assert.rejects(exports.twice('x'), TypeError);
    assert.equal(await exports.twice(1), 2);
  });
});

test('an engine without stacks is told by name', async () => {
  const { Suspending } = WebAssembly;
  delete WebAssembly.Suspending;
  try {
    await assert.rejects(start(), /--stackful=fiber.*no WebAssembly.Suspending/);
  } finally {
    WebAssembly.Suspending = Suspending;
  }
});

test('stacks and `edge = component` do not go together', async () => {
  await assert.rejects(fuseText(text, '--stackful=fiber', '--edge=component'), /do not go together/);
});
