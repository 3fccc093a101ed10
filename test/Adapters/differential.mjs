//===- differential.mjs - adapters beside definitions.py -----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node differential.mjs --definitions definitions.py [--seed N] [--cases N]
//         [--table] [--record FILE] [--target OPTIONS]
//     node differential.mjs --replay FILE... [--target OPTIONS]
//
// Random function types and values, moved by the adapters and by the
// specification's reference code: core values, both memories, every call of
// realloc, whether it traps and the kind of the trap have to be the same. A
// mismatch is made smaller and printed; the exit status is then 1. --table
// prints which kinds of values were in which place, --record keeps the traces,
// --replay needs no reference, --target=simd=on says how to compile.
//
//===---------------------------------------------------------------------===//

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Cells, isFor } from './cells.mjs';
import { typeText } from './program.mjs';
import { findDifferences, readTraces } from './run.mjs';
import { everyCell, randomFrom, randomGroup, shrink } from './types.mjs';

const { values: options, positionals } = parseArgs({
  options: {
    definitions: { type: 'string' }, seed: { type: 'string', default: '1' }, cases: { type: 'string', default: '10000' },
    record: { type: 'string' }, table: { type: 'boolean' }, replay: { type: 'boolean' }, target: { type: 'string', default: '' }, tools: { type: 'string', default: join(import.meta.dirname, '../../build/bin') },
  },
  allowPositionals: true,
});

const casesOfGroup = 8;
const casesOfShrunk = 64; // other values go with another type, so more are tried
const casesOfRound = 10000;

/// Traces of the reference for `groups`.
function reference(groups) {
  const input = groups.map((group) => JSON.stringify(group)).join('\n');
  const output = execFileSync('python3', [join(import.meta.dirname, 'reference.py'), options.definitions], { input, maxBuffer: 1 << 30 });
  return readTraces(output.toString());
}

const differences = (traces) => findDifferences(traces, options.tools, options.target);

/// The smallest group around that still differs.
function smallest(found) {
  for (;;) {
    let next;
    for (const group of shrink(groupOf(found.trace))) {
      [next] = differences(reference([{ ...group, cases: casesOfShrunk }]));
      if (next) break;
    }
    if (!next) return found;
    found = next;
  }
}

const groupOf = ({ params, result, lower, lift, seed, cases }) => ({ params, result, lower, lift, seed, cases });

function report({ trace, call, what }) {
  const { params, result, lower, lift } = trace;
  const shown = (side) => `${side.encoding} in a ${side.memory64 ? 64 : 32}-bit memory`;
  console.error(`(${params.map(typeText).join(', ')})${result === null ? '' : ` -> ${typeText(result)}`}`);
  console.error(`  from ${shown(lower)} to ${shown(lift)}, seed ${trace.seed}`);
  console.error(`  ${what}\n  ${JSON.stringify(call)}`);
}

/// Groups of a round: the first one is for every cell, those behind it for the
/// cells that no value has reached yet. The others are random.
function* rounds() {
  const random = randomFrom(Number(options.seed));
  const cases = Number(options.cases);
  let groups = everyCell(random);
  for (let done = 0; done < cases || groups.length; ) {
    const wanted = Math.ceil(Math.min(cases - done, casesOfRound) / casesOfGroup);
    while (groups.length < wanted) groups.push(randomGroup(random));
    done += groups.length * casesOfGroup;
    yield groups.map((group) => ({ ...group, cases: casesOfGroup }));
    const missing = new Set(cells.missing());
    groups = missing.size ? everyCell(random).filter((group) => isFor(group, missing)) : [];
  }
}

const read = (file) => readTraces(gunzipSync(readFileSync(file)).toString());
function* allTraces() {
  if (options.replay) return yield positionals.flatMap(read);
  for (const groups of rounds()) yield reference(groups);
}

const total = { calls: 0, functions: 0, traps: 0, differ: 0 };
const kinds = {};
const kept = [];
const cells = new Cells();
const begin = Date.now();
for (const traces of allTraces()) {
  const found = differences(traces);
  for (const each of found.slice(0, 5)) report(options.replay ? each : smallest(each));
  const calls = traces.flatMap((trace) => trace.calls);
  for (const { trap } of calls) if (trap) kinds[trap] = (kinds[trap] ?? 0) + 1;
  total.calls += calls.length;
  total.functions += traces.length;
  total.traps += calls.filter((call) => call.trap).length;
  total.differ += found.length;
  if (options.record) kept.push(...traces);
  traces.forEach((trace) => cells.add(trace));
  console.log(`seed ${options.seed}: ${total.calls} calls of ${total.functions} functions, ${total.traps} trap; ${total.differ} functions differ; ${Math.round((Date.now() - begin) / 1000)} s`);
}
console.log(Object.entries(kinds).map(([kind, n]) => `${kind} ${n}`).sort().join(', '));
if (options.record) writeFileSync(options.record, gzipSync(kept.map((trace) => JSON.stringify(trace)).join('\n'), { level: 9 }));
if (options.table) console.log(`\nfunctions of which a value (row) inside of another (column) was passed:\n\n${cells}`);
process.exitCode = total.differ ? 1 : 0;
