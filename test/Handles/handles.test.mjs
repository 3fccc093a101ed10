//===- handles.test.mjs - handles beside recorded answers ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Inputs/traces.gz holds random runs of the program of shape.mjs as
// definitions.py had them. To record it again:
//
//     node differential.mjs --definitions definitions.py --record Inputs/traces.gz
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Replay } from './run.mjs';
import { operationsOf, shape } from './shape.mjs';

describe('handles of four instances', () => {
  const file = join(import.meta.dirname, 'Inputs/traces.gz');
  const traces = gunzipSync(readFileSync(file)).toString().trim().split('\n').map((line) => JSON.parse(line));
  let replay;
  before(async () => (replay = await Replay.make()));

  test('every index, every trap is what the reference has', async () => {
    assert.ok(traces.length >= 2000);
    const kinds = new Set();
    for (const trace of traces) {
      const { difference, trap } = await replay.run(trace);
      assert.equal(difference, null, JSON.stringify(trace));
      kinds.add(trap);
    }
    const wanted = ['UnknownHandle', 'WrongHandleType', 'OwnedResourceBorrowed', 'BorrowsRemain', 'NotOwned', undefined];
    assert.deepEqual(wanted.filter((kind) => !kinds.has(kind)), []);
  });

  test('another answer is noticed', async () => {
    for (const trace of traces.slice(0, 50)) {
      const at = Math.floor(trace.steps.length / 2);
      const steps = trace.steps.map(([who, told, answer], i) => [who, i === at ? told + 1 : told, answer]);
      assert.notEqual((await replay.run({ ...trace, steps })).difference, null);
      assert.notEqual((await replay.run({ ...trace, trap: !trace.trap })).difference, null);
    }
  });

  test('each operation of each instance was done', () => {
    for (const each of shape) {
      const done = new Set(traces.flatMap(({ steps }) => steps.filter(([who]) => who === each.name).map(([, , answer]) => answer % 256)));
      const missing = operationsOf(each).filter((_, i) => !done.has(i));
      assert.deepEqual(missing, [], `of ${each.name}`);
    }
  });
});
