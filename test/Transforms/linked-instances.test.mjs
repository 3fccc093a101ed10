//===- linked-instances.test.mjs - Merged instances against an engine's ---===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// What instances do to each other while they are made is the same whether an
// engine makes them one by one or they are one module: the same number comes
// out, or both trap.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { randomFrom } from '../Adapters/types.mjs';
import { fuseText, run } from '../Edge/tools.mjs';
import { component, program } from './linked-instances.mjs';

const trap = 'trap';

/// The number of the program by instances of their own; `trap` if it traps.
async function runApart({ modules, instances }) {
  const compiled = await Promise.all(modules.map(async (text) => new WebAssembly.Module(await parse(`(module ${text})`))));
  const made = [];
  try {
    for (const { module, given } of instances)
      made.push(new WebAssembly.Instance(compiled[module], { env: made[0], given: made[given] }).exports);
    for (const { look } of made.slice(1)) look();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    return trap;
  }
  return made[0].seen.value >>> 0;
}

async function runMerged(text, ...words) {
  const module = await fuseText(text, ...words); // to be compiled it has to be valid
  try {
    return (await run(module)).exports.run();
  } catch {
    return trap;
  }
}

const options = [[], ['--strip-dead=true', '--verify=full'], ['--sections=all', '--verify=full']];
const count = Number(process.env.MELD_PROGRAMS ?? 25);
const seed = Number(process.env.MELD_SEED ?? 1);

test(`${count} programs from seed ${seed} do what they do apart`, async () => {
  const results = [];
  for (let number = seed; number < seed + count; number++) {
    const made = program(randomFrom(number).below);
    const wanted = await runApart(made);
    for (const words of options) assert.equal(await runMerged(component(made), ...words), wanted, `seed ${number}, ${words.join(' ')}`);
    results.push(wanted);
  }
  const traps = results.filter((result) => result === trap).length;
  assert.ok(traps > 0 && traps < count / 2, `${traps} of ${count} trap`);
});
