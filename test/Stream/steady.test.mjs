//===- steady.test.mjs - nothing is left behind --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fuse, load, withGuests } from './tools.mjs';
import { memoryPages } from './sections.mjs';

describe('the steady state', () => {
  let guests, counted;
  before(async () => {
    guests = await withGuests();
    counted = fuse(guests.guests, join(guests.directory, 'counted.wasm'), '--count-copies');
  });
  after(() => guests.remove());

  test('100000 runs after a warm-up leave memory and live records as they were', async () => {
    const { core, exports } = await load(counted);
    const memories = Object.values(core).filter((value) => value instanceof WebAssembly.Memory);
    const state = () => [core.__stat_live(), ...memories.map(({ buffer }) => buffer.byteLength)];
    for (let i = 0; i < 10; i++) await exports.run(20, 7, 3);
    const warm = state();
    const sum = await exports.run(20, 7, 3);
    for (let i = 0; i < 100000; i++) assert.equal(await exports.run(20, 7, 3), sum);
    assert.deepEqual(state(), warm);
  });

  test('the initial pages are at most one above those of the guests and the runtime', () => {
    const guestPages = [guests.guests.producer, guests.guests.consumer].map((path) => memoryPages(readFileSync(path)));
    const fused = memoryPages(readFileSync(counted));
    const sum = (pages) => pages.flat().reduce((a, b) => a + b, 0);
    assert.equal(fused.length, guestPages.flat().length + 1, 'one memory more, that of the runtime');
    assert.ok(sum(fused) <= sum(guestPages) + 1 + 1, `${fused} pages for ${guestPages}`);
  });
});
