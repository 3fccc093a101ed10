//===- apart.test.mjs - two programs, joined by the host -----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The producer and the consumer of the example, each fused alone: the stream
// leaves one program and enters the other through JavaScript.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { instantiate } from '../../host/js/meld-host.mjs';
import { load, plainRun, tool, tryTool, withGuests } from './tools.mjs';

const feed = 'meld:example/feed';

describe('a stream between two programs', () => {
  let guests, plain, files;
  before(async () => {
    guests = await withGuests();
    plain = await plainRun(guests.guests.plain);
    files = Object.fromEntries(['producer', 'consumer'].map((name) => {
      const path = join(guests.directory, `${name}.fused.wasm`);
      tool('meld', ['fuse', guests.guests[name], '-o', path]);
      return [name, path];
    }));
  });
  after(() => guests.remove());

  for (const args of [[0, 1, 1], [1, 1, 1], [1000, 7, 100], [4096, 4096, 7], [100000, 65536, 4096]])
    test(args.join(' '), async () => {
      const producer = await load(files.producer);
      const produce = (n, chunk) => producer.exports[feed].produce(n, chunk);
      const { exports } = await instantiate(readFileSync(files.consumer), { [feed]: { produce } });
      assert.equal(await exports.run(...args), plain(...args));
    });

  test('meld run prints what one gives', () => {
    const { status, stdout, stderr } = tryTool('meld', ['run', files.producer, '--invoke', 'produce', '10', '4']);
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(JSON.parse(stdout).length, 10);
  });
});
