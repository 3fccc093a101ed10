//===- host-streams.test.mjs - streams that leave the program ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { tryTool } from '../Stream/tools.mjs';
import { BLOCKED, CANCELLED, COMPLETED, DROPPED, ends } from './ends.mjs';
import { fuseBytes, fuseText, run } from './tools.mjs';

const STREAM_READ = 2, STREAM_WRITE = 3;
const module = await fuseText(ends('stream', 'u8'));
const start = async (compiled = module) => (await run(compiled)).exports;
const written = (n) => Uint8Array.from({ length: n }, (_, i) => 3 * i);

describe('a stream that the program writes', () => {
  test('moves when the host reads, and not before', async () => {
    const program = await start();
    const reader = program.make().getReader();
    assert.equal(program.write(4), BLOCKED);
    await turn();
    assert.equal(program.event(), 0, 'nobody has read');
    assert.deepEqual(await reader.read(), { done: false, value: written(4) });
    assert.equal(program.event(), (STREAM_WRITE << 16) | (4 << 4) | COMPLETED);
  });

  test('moves at once where the host waits', async () => {
    const program = await start();
    const reading = program.make().getReader().read();
    await turn();
    assert.equal(program.write(7), (7 << 4) | COMPLETED);
    assert.deepEqual((await reading).value, written(7));
    assert.equal(program.write(7), BLOCKED, 'one read takes one write');
  });

  test('gives what was written before it left', async () => {
    const program = await start();
    const reader = program['make-written']().getReader();
    assert.deepEqual((await reader.read()).value, written(5));
    assert.equal(program.event(), (STREAM_WRITE << 16) | (5 << 4));
  });

  test('ends when the program drops its end', async () => {
    const program = await start();
    const reader = program.make().getReader();
    program['drop-writable']();
    assert.deepEqual(await reader.read(), { done: true, value: undefined });
  });

  test('can be iterated', async () => {
    const program = await start();
    const chunks = [];
    const stream = program['make-written']();
    const all = (async () => {
      for await (const chunk of stream) chunks.push(...chunk);
    })();
    await turn();
    assert.equal(program.event() >> 16, STREAM_WRITE);
    await turn();
    assert.equal(program.write(2), (2 << 4) | COMPLETED);
    program['drop-writable']();
    await all;
    assert.deepEqual(chunks, [0, 3, 6, 9, 12, 0, 3]);
  });

  test('is dropped by a host that has enough', async () => {
    const program = await start();
    const reader = program.make().getReader();
    assert.equal(program.write(4), BLOCKED);
    await reader.cancel();
    await turn();
    assert.equal(program.event(), (STREAM_WRITE << 16) | DROPPED);
    program['drop-writable']();
  });

  test('is dropped while the program does not write', async () => {
    const program = await start();
    await program.make().cancel();
    assert.equal(program.write(4), DROPPED);
    program['drop-writable']();
  });

  test('goes on after a write that the program gave up', async () => {
    const program = await start();
    const reader = program.make().getReader();
    assert.equal(program.write(4), BLOCKED);
    assert.equal(program['cancel-write'](), CANCELLED);
    const reading = reader.read();
    await turn();
    assert.equal(program.write(1), (1 << 4) | COMPLETED);
    assert.deepEqual((await reading).value, written(1));
  });

  test('says whether there is room', async () => {
    const program = await start();
    const reader = program.make().getReader();
    assert.equal(program.write(0), BLOCKED);
    const reading = reader.read();
    await turn();
    assert.equal(program.event(), (STREAM_WRITE << 16) | COMPLETED);
    assert.equal(program.write(3), (3 << 4) | COMPLETED);
    assert.equal((await reading).value.length, 3);
  });

  test('fails where the program traps', async () => {
    const program = await start();
    const reading = program.make().getReader().read();
    assert.throws(() => program['drop-readable'](), { name: 'MeldTrap', id: 'UnknownHandle' });
    await assert.rejects(reading, { name: 'MeldTrap', id: 'UnknownHandle' });
  });
});

describe('a stream that the host writes', () => {
  /// Reads until `n` bytes were there or the stream has ended: [bytes, result].
  async function readAll(program, n) {
    const found = [];
    for (;;) {
      let result = program.read(n);
      if (result === BLOCKED) {
        for (let i = 0; i < 10 && !(result = program.event()); i++) await turn();
        assert.equal(result >> 16, STREAM_READ);
        result &= 0xffff;
      }
      for (let i = 0; i < result >> 4; i++) found.push(program.at(i));
      if ((result & 15) === DROPPED || found.length >= n) return [found, result & 15];
    }
  }

  for (const [what, source] of Object.entries({
    'a typed array': () => Uint8Array.of(1, 2, 3, 4, 5),
    'an array of elements': () => [1, 2, 3, 4, 5],
    'a generator of elements': function* () { yield* [1, 2, 3, 4, 5]; },
    'an asynchronous generator of chunks': async function* () {
      yield Uint8Array.of(1, 2);
      await turn();
      yield new Uint8Array(0);
      yield Uint8Array.of(3, 4, 5);
    },
    'a ReadableStream': () => new ReadableStream({
      start(controller) {
        controller.enqueue(Uint8Array.of(1, 2, 3));
        controller.enqueue(Uint8Array.of(4, 5));
        controller.close();
      },
    }),
  }))
    test(`${what}`, async () => {
      const program = await start();
      program.take(source());
      assert.deepEqual(await readAll(program, 100), [[1, 2, 3, 4, 5], DROPPED]);
      program['drop-readable']();
    });

  test('a chunk is read in parts', async () => {
    const program = await start();
    program.take([Uint8Array.of(1, 2, 3, 4, 5)]);
    assert.deepEqual(await readAll(program, 2), [[1, 2], COMPLETED]);
    assert.equal(program.read(2), (2 << 4) | COMPLETED);
    assert.deepEqual([program.at(0), program.at(1)], [3, 4]);
    assert.equal(program.read(9), (1 << 4) | COMPLETED);
  });

  test('nothing is taken before the program reads, and no more than it wants', async () => {
    let taken = 0;
    const program = await start();
    program.take((function* () { for (;;) yield taken++; })());
    await turn();
    assert.equal(taken, 0);
    assert.deepEqual(await readAll(program, 1), [[0], COMPLETED]);
    await turn();
    assert.equal(taken, 1);
  });

  test('the source is told when the program drops its end', async () => {
    let returned = false;
    const program = await start();
    program.take({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: () => (returned = true) }) });
    assert.equal(program.read(1), BLOCKED);
    assert.equal(program['cancel-read'](), CANCELLED);
    program['drop-readable']();
    await turn();
    assert.ok(returned);
  });

  test('its source may call the program', async () => {
    const program = await start();
    const seen = [];
    program.take({
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: program.at(0) + 1 }),
        return: () => (seen.push(program.at(1)), {}),
      }),
    });
    assert.deepEqual(await readAll(program, 3), [[1, 2, 3], COMPLETED]);
    program['drop-readable']();
    await turn();
    assert.deepEqual(seen, [0]);
  });

  test('a source that fails is a trap', async () => {
    const program = await start();
    const stream = program.make();
    program.take((async function* () { throw new Error('no more'); })());
    assert.equal(program.read(1), BLOCKED);
    await assert.rejects(stream.getReader().read(), { id: 'HostThrew', message: 'the host failed: no more' });
    assert.throws(() => program.event(), { id: 'CannotEnter' });
  });

  test('an element of another type is a trap', async () => {
    const program = await start();
    const stream = program.make();
    program.take([300]);
    assert.equal(program.read(1), BLOCKED);
    await assert.rejects(stream.getReader().read(), { id: 'HostThrew', message: /u8/ });
  });

  test('what is no stream is refused, and the program goes on', async () => {
    const program = await start();
    assert.throws(() => program.take('text'), { name: 'TypeError', message: /argument "s" of "take"/ });
    assert.throws(() => program.take(5), TypeError);
    program.take([1]);
  });

  test('what goes through the program is what it was', async () => {
    const program = await start();
    const source = new ReadableStream();
    program.take(source);
    assert.equal(program.give(), source);
    source.getReader(); // it can be read
    program.take([Uint8Array.of(1, 2, 3), 4]);
    assert.deepEqual(await readAll(program, 1), [[1], COMPLETED]);
    const rest = [];
    for await (const chunk of program.give()) rest.push(chunk);
    assert.deepEqual(rest, [Uint8Array.of(2, 3), Uint8Array.of(4)]);
    program.take([7]);
    assert.deepEqual(await readAll(program, 1), [[7], COMPLETED]);
  });
});

test('elements of four bytes', async () => {
  const program = await start(await fuseText(ends('stream', 'u32', 4)));
  const reading = program.make().getReader().read();
  await turn();
  assert.equal(program.write(2), (2 << 4) | COMPLETED);
  assert.deepEqual((await reading).value, Uint32Array.of(0x09060300, 0x15120f0c));
  program.take(Uint32Array.of(0x01020304, 5));
  assert.equal(program.read(2), BLOCKED);
  await turn();
  assert.equal(program.event(), (STREAM_READ << 16) | (2 << 4));
  assert.deepEqual([0, 1, 2, 3, 4].map((i) => program.at(i)), [4, 3, 2, 1, 5]);
});

test('records', async () => {
  const text = ends('stream', '$R', 2).replace('(type $T', '(type $R\' (record (field "a" u8) (field "b" u8))) (export $R "r" (type $R\'))\n  (type $T');
  const program = await start(await fuseText(text));
  const reading = program.make().getReader().read();
  await turn();
  assert.equal(program.write(2), (2 << 4) | COMPLETED);
  assert.deepEqual((await reading).value, [{ a: 0, b: 3 }, { a: 6, b: 9 }]);
});

test('streams of nothing count', async () => {
  const program = await start(await fuseText(ends('stream', '').replaceAll('(memory (core memory $memory "mem")) (core func $write)', '(core func $write)').replaceAll('(memory (core memory $memory "mem")) (core func $read)', '(core func $read)')));
  const reading = program.make().getReader().read();
  await turn();
  assert.equal(program.write(9), (9 << 4) | COMPLETED);
  assert.equal((await reading).value, 9);
  program.take([2, 3]);
  assert.equal(program.read(9), BLOCKED);
  await turn();
  assert.equal(program.event(), (STREAM_READ << 16) | (2 << 4));
});

describe('meld run', () => {
  let directory, file;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'meld-streams-'));
    file = join(directory, 'streams.wasm');
    writeFileSync(file, await fuseBytes(ends('stream', 'u8').replace('(func (export "event") (result u32)', '(func (export "whole") (result $T) (canon lift (core func $m "whole")))\n  $&')
      .replace('(func (export "take")', `(func (export "whole") (result i32) (local $ends i64) (local $r i32)
        (local.set $ends (call $new))
        (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
        (call $drop-writable (global.get $w))
        (i32.wrap_i64 (local.get $ends)))
      $&`)));
  });
  after(() => rmSync(directory, { recursive: true }));
  const meldRun = (...words) => tryTool('meld', ['run', file, ...words]);

  test('prints what a stream gives', () => {
    const { status, stdout } = meldRun('--invoke', 'whole');
    assert.deepEqual([status, stdout.toString()], [0, '[]\n']);
  });

  test('takes the elements of one', () => {
    const { status, stdout, stderr } = meldRun('--invoke', 'take([1, 2])', '--invoke', 'give');
    assert.deepEqual([status, stdout.toString(), stderr], [0, '[1, 2]\n', '']);
  });

  test('does not end well where nothing more comes', () => {
    const { status, stderr } = meldRun('--invoke', 'make');
    assert.equal(status, 1);
    assert.match(stderr, /^meld run: the program waits for what can never come\n$/);
  });
});
