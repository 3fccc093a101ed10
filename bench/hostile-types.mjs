//===- hostile-types.mjs - what hostile types cost -----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node bench/hostile-types.mjs [--count] [--cases REGEX] [--tools DIR] [--docs]
//
// For the types of test/Boundary/hostile.mjs at sizes n, 2n and 4n: what it costs
// to fuse a program in which they stay, and to link it; and of a component that
// exports them to the host, to fuse it and to print its world. How often that is
// as much as for half the size says whether it is linear: 2 is, 4 is the square.
//
// Costs are seconds of processor time, which are few enough for noise; --count
// has callgrind count instructions, of sizes that are no more than 960. --docs
// puts the table into docs/Performance.md.
//
//===---------------------------------------------------------------------===//

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { callee, cases, program } from '../test/Boundary/hostile.mjs';
import { countInstructions, shown, table, writeDocs } from './report.mjs';

const { values: options } = parseArgs({
  options: {
    count: { type: 'boolean' },
    cases: { type: 'string', default: '' },
    tools: { type: 'string', default: join(import.meta.dirname, '../build/bin') },
    docs: { type: 'boolean' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'meld-hostile-'));
const place = (name) => join(folder, `${name}.wasm`);
const meld = (...words) => [join(options.tools, 'meld'), ...words];

/// name: what is run, each behind those before it.
const steps = {
  fuse: meld('fuse', place('program'), '-o', place('fused')),
  link: meld('link', place('program'), '-o', place('linked')),
  'fuse, at the edge': meld('fuse', place('callee'), '-o', place('edge')),
  'inspect --wit': meld('inspect', place('edge'), '--wit'),
};

function seconds(command) {
  const { status, stderr } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time "$@" 2>&1 >/dev/null`, 'time', ...command]);
  if (status !== 0) throw new Error(stderr.toString());
  return stderr.toString().trim().split('\n').at(-1).split(' ').reduce((sum, part) => sum + Number(part), 0);
}

const cost = options.count ? countInstructions : seconds;

/// Of one size: the bytes of both modules, and the cost of each step.
async function measure(types) {
  writeFileSync(place('program'), await parse(program(types)));
  writeFileSync(place('callee'), await parse(callee(types)));
  const costs = Object.values(steps).map((command) => cost(command));
  return [statSync(place('fused')).size / 1e3, statSync(place('edge')).size / 1e3, ...costs];
}

const ratios = ([first, second, third]) => `${shown(third)} (${shown(second / first)}, ${shown(third / second)})`;

async function row([name, [n, make]]) {
  const least = options.count ? Math.min(n, 240) : n;
  const sizes = [];
  for (const size of [least, 2 * least, 4 * least]) sizes.push(await measure(make(size)));
  console.error(name);
  return [`${name}, ${4 * least}`, ...sizes[0].map((_, i) => ratios(sizes.map((size) => size[i])))];
}

try {
  const rows = [];
  for (const each of Object.entries(cases)) if (new RegExp(options.cases).test(each[0])) rows.push(await row(each));
  const text = table(['types, 4n', 'kB', 'kB, at the edge', ...Object.keys(steps)], rows);
  const command = ['node bench/hostile-types.mjs', options.count ? '--count' : '', options.cases && `--cases '${options.cases}'`].filter(Boolean).join(' ');
  const unit = options.count ? 'millions of instructions' : 'seconds of processor time';
  console.log(text);
  if (options.docs) writeDocs('bench hostile-types', `\`${command}\`: ${unit} at 4n; in brackets, how often that is what n takes at 2n, and what 2n takes at 4n.\n\n${text}`);
} finally {
  rmSync(folder, { recursive: true });
}
