//===- differential.mjs - handles beside definitions.py ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node differential.mjs --definitions definitions.py [--seed N] [--count N]
//         [--record FILE]
//
// Random runs of the program of shape.mjs, with the specification's reference
// code and fused. --record keeps the traces.
//
//===---------------------------------------------------------------------===//

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Replay } from './run.mjs';
import { shape } from './shape.mjs';

const { values: options } = parseArgs({
  options: {
    definitions: { type: 'string' }, seed: { type: 'string', default: '8' },
    count: { type: 'string', default: '2000' }, record: { type: 'string' },
  },
});
const output = execFileSync('python3', [join(import.meta.dirname, 'reference.py'), options.definitions, options.seed, options.count], {
  input: JSON.stringify(shape), maxBuffer: 1 << 30,
}).toString();
const replay = await Replay.make();
const kinds = {};
let differ = 0, steps = 0;
for (const line of output.trim().split('\n')) {
  const trace = JSON.parse(line);
  const { difference, trap } = await replay.run(trace);
  kinds[trap ?? 'none'] = (kinds[trap ?? 'none'] ?? 0) + 1;
  steps += trace.steps.length;
  if (difference && ++differ <= 5) console.error(`${difference}\n  ${line}`);
}
console.log(`seed ${options.seed}: ${options.count} runs, ${steps} steps, ${differ} differ; traps: ${JSON.stringify(kinds)}`);
if (options.record) writeFileSync(options.record, gzipSync(output, { level: 9 }));
process.exitCode = differ ? 1 : 0;
