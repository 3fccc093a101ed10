//===- checksum.test.mjs - every byte arrives, in order ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chunks, fuse, load, plainRun, sizes, withGuests } from './tools.mjs';

describe('the fused stream', () => {
  let guests, program, counted, plain;
  before(async () => {
    guests = await withGuests();
    program = await load(fuse(guests.guests, join(guests.directory, 'fused.wasm')));
    counted = await load(fuse(guests.guests, join(guests.directory, 'counted.wasm'), '--count-copies'));
    plain = await plainRun(guests.guests.plain);
  });
  after(() => guests.remove());

  /// The runtime's counters, exported under `count-copies`.
  const counters = ({ core }) => ({
    copies: core.__stat_copies(), bytes: core.__stat_bytes(),
    readerFirst: core.__stat_reader_first(), writerFirst: core.__stat_writer_first(),
  });
  const difference = (a, b) => Object.fromEntries(Object.keys(a).map((key) => [key, b[key] - a[key]]));

  describe('the checksum is that of the same C as one plain module', () => {
    for (const n of sizes)
      for (const out of chunks)
        for (const into of chunks)
          test(`n = ${n}, chunks of ${out} and ${into}`, async () => {
            assert.equal(await program.exports.run(n, out, into), plain(n, out, into));
          });
  });

  describe('each byte is copied once', () => {
    for (const n of sizes)
      for (const out of chunks)
        for (const into of chunks)
          test(`n = ${n}, chunks of ${out} and ${into}`, async () => {
            const start = counters(counted);
            assert.equal(await counted.exports.run(n, out, into), plain(n, out, into));
            const { copies, bytes, readerFirst, writerFirst } = difference(start, counters(counted));
            assert.equal(bytes, BigInt(n), 'the lengths add up to n');
            assert.equal(copies, readerFirst + writerFirst, 'a copy is a rendezvous that moved something');
            assert.ok(copies >= BigInt(Math.ceil(n / Math.min(out, into))), `${copies} copies`);
          });
  });

  test('both orders of reader and writer happen', async () => {
    const start = counters(counted);
    await counted.exports.run(1000000, 4096, 4096);
    const { readerFirst, writerFirst } = difference(start, counters(counted));
    assert.ok(readerFirst > 0n && writerFirst > 0n, `${readerFirst} reader first, ${writerFirst} writer first`);
  });

  test('counting is off by default', () => {
    assert.equal(program.core.__stat_copies, undefined);
  });

  test('the host can use what it has: one async export, no import but its own', () => {
    assert.deepEqual(program.abi.exports.map(({ name, async, result }) => [name, async, result]), [['run', true, 'u64']]);
    assert.deepEqual(program.abi.imports, []);
    const module = new WebAssembly.Module(readFileSync(join(guests.directory, 'fused.wasm')));
    assert.deepEqual([...new Set(WebAssembly.Module.imports(module).map((entry) => entry.module))], ['pulseengine:async']);
  });
});
