//===- differential.mjs - adapters beside definitions.py -----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node differential.mjs --definitions definitions.py [--seed N] [--cases N] [--record FILE]
//     node differential.mjs --replay FILE...
//
// Random function types and values, moved by the adapters and by the
// specification's reference code: core values, both memories, every call of
// realloc, and whether it traps have to be the same. A mismatch is made smaller
// and printed; the exit status is then 1. --record keeps the traces, --replay
// needs no reference.
//
//===---------------------------------------------------------------------===//

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { typeText } from './program.mjs';
import { findDifferences, readTraces } from './run.mjs';
import { everyCell, randomFrom, randomGroup, shrink } from './types.mjs';

const { values: options, positionals } = parseArgs({
  options: {
    definitions: { type: 'string' }, seed: { type: 'string', default: '1' }, cases: { type: 'string', default: '10000' },
    record: { type: 'string' }, replay: { type: 'boolean' }, tools: { type: 'string', default: join(import.meta.dirname, '../../build/bin') },
  },
  allowPositionals: true,
});

const casesOfGroup = 8;

/// Traces of the reference for `groups`.
function reference(groups) {
  const input = groups.map((group) => JSON.stringify(group)).join('\n');
  const output = execFileSync('python3', [join(import.meta.dirname, 'reference.py'), options.definitions], { input, maxBuffer: 1 << 30 });
  return readTraces(output.toString());
}

const differences = (traces) => findDifferences(traces, options.tools);

/// The smallest group around that still differs.
function smallest(found) {
  for (;;) {
    let next;
    for (const group of shrink(groupOf(found.trace))) {
      [next] = differences(reference([group]));
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

function newTraces() {
  const random = randomFrom(Number(options.seed));
  const groups = everyCell(random);
  while (groups.length * casesOfGroup < Number(options.cases)) groups.push(randomGroup(random));
  return reference(groups.map((group) => ({ ...group, cases: casesOfGroup })));
}

const read = (file) => readTraces(gunzipSync(readFileSync(file)).toString());
const traces = options.replay ? positionals.flatMap(read) : newTraces();
if (options.record) writeFileSync(options.record, gzipSync(traces.map((trace) => JSON.stringify(trace)).join('\n'), { level: 9 }));
const found = differences(traces);
for (const each of found.slice(0, 5)) report(options.replay ? each : smallest(each));
const count = traces.reduce((sum, trace) => sum + trace.calls.length, 0);
const trapped = traces.flatMap((trace) => trace.calls).filter((call) => !call.caller).length;
console.log(`${count} calls of ${traces.length} functions, ${trapped} trap; ${found.length} functions differ`);
process.exitCode = found.length ? 1 : 0;
