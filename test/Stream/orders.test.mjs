//===- orders.test.mjs - the lowerings commute ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The four lowerings are local rewrites, legal before and after flatten: each of
// the 24 orders, in both places, must give a program with the same results.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { load, plainRun, tool, withGuests } from './tools.mjs';

describe('the order of the lowerings', () => {
  const lowerings = ['--lower-calls', '--lower-streams', '--lower-tasks', '--lower-callbacks'];

  function permutations(items) {
    if (items.length === 0) return [[]];
    return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
  }

  let guests, plain, linked, flat;
  before(async () => {
    guests = await withGuests();
    plain = await plainRun(guests.guests.plain);
    const imported = ['producer', 'consumer'].map((name) => tool('meld-translate', ['--component-to-mlir', guests.guests[name]]));
    linked = tool('meld-opt', ['--component-link'], { input: Buffer.concat(imported) });
    flat = tool('meld-opt', ['--component-flatten'], { input: linked });
  });
  after(() => guests.remove());

  const finish = ['--lower-async-intrinsics', '--link-async-runtime', '--wasm-merge'];
  const cases = [[0, 1, 1], [1, 1, 1], [4095, 7, 4096], [4096, 4096, 7], [100000, 65536, 4096]];

  async function checkProgram(mlir, name) {
    const path = join(guests.directory, `${name}.wasm`);
    writeFileSync(path, tool('meld-translate', ['--mlir-to-wasm'], { input: mlir }));
    const { exports } = await load(path);
    for (const args of cases) assert.equal(await exports.run(...args), plain(...args), args.join());
  }

  describe('after flatten', () => {
    for (const order of permutations(lowerings))
      test(order.join(' '), async () => {
        await checkProgram(tool('meld-opt', [...order, ...finish], { input: flat }), 'after');
      });
  });

  describe('before flatten', () => {
    for (const order of permutations(lowerings))
      test(order.join(' '), async () => {
        // A lift is a component function until flatten, and a task type after it.
        await checkProgram(tool('meld-opt', [...order, '--component-flatten', '--lower-tasks', ...finish], { input: linked }), 'before');
      });
  });

  describe('each lowering alone changes the IR', () => {
    for (const [stage, input] of [['before', () => linked], ['after', () => flat]])
      for (const lowering of lowerings)
        test(`${lowering} ${stage} flatten`, () => {
          const printed = tool('meld-opt', [], { input: input() }).toString();
          assert.notEqual(tool('meld-opt', [lowering], { input: input() }).toString(), printed);
        });
  });
});
