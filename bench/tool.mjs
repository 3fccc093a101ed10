//===- tool.mjs - how long Meld takes for a core module ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     ./dev bench tool [FILE.wasm] [--rounds N] [--json]
//
// Processor seconds of whole processes that read FILE, in interleaved rounds:
// Meld's check of every body, wabt's, a merge by binaryen, and cp. Below that
// the steps of the codec, timed inside of one process by bench-codec: read,
// index, copy with new indices, validate. Medians; the spread is least to most.
//
//===---------------------------------------------------------------------===//

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const defaultFile = join(
  root,
  'node_modules/@bytecodealliance/jco-transpile/vendor/js-component-bindgen-component.core.wasm',
);

/// What is run on `file`; `output` is a place for a result.
const peers = (file, output) => [
  ['meld check --core', [join(root, 'build/bin/meld'), 'check', '--core', file]],
  ['wasm-validate (wabt)', ['wasm-validate', '--enable-all', file]],
  ['wasm-merge (binaryen)', [join(root, 'node_modules/.bin/wasm-merge'), '-all', file, 'm', '-o', output]],
  ['cp', ['cp', file, output]],
];

/// Seconds on a processor, of the command and its children.
function secondsOf(command) {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>/dev/null';
  const run = spawnSync('bash', ['-c', script, 'bash', ...command], { encoding: 'utf8' });
  const [user, system] = run.stderr.trim().split(' ').map(Number);
  if (run.status !== 0 || Number.isNaN(user + system))
    throw new Error(`${command.slice(0, 2).join(' ')}: exit status ${run.status}`);
  return user + system;
}

function measure(file, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'meld-bench-'));
  try {
    const commands = peers(file, join(folder, 'out.wasm'));
    const seconds = commands.map(() => []);
    for (let round = 0; round < rounds; round++)
      commands.forEach(([, command], i) => seconds[i].push(secondsOf(command)));
    return commands.map(([name], i) => ({ name, seconds: seconds[i].sort((a, b) => a - b) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '7' }, json: { type: 'boolean' } },
});
const file = resolve(positionals[0] ?? defaultFile);
const processes = measure(file, Number(values.rounds));
const steps = JSON.parse(
  execFileSync(join(root, 'build/bin/bench-codec'), [file, values.rounds], { encoding: 'utf8' }),
);

if (values.json) {
  console.log(JSON.stringify({ file: basename(file), processes, steps }));
} else {
  const bytes = statSync(file).size;
  console.log(`${basename(file)}: ${bytes} bytes, ${steps['code bytes']} of them code\n`);
  console.log('| process | ms | spread | against wasm-validate |');
  console.log('| --- | --- | --- | --- |');
  const median = ({ seconds }) => seconds[seconds.length >> 1];
  const reference = median(processes[1]);
  for (const each of processes) {
    const [least, most] = [each.seconds[0], each.seconds.at(-1)];
    const ratio = median(each) > 0 ? `${(reference / median(each)).toFixed(1)} times as fast` : '-';
    const ms = (seconds) => (seconds * 1e3).toFixed(0);
    console.log(`| ${each.name} | ${ms(median(each))} | ${ms(least)}-${ms(most)} | ${ratio} |`);
  }
  console.log('\n| step | ms | MB/s of code |\n| --- | --- | --- |');
  for (const [name, step] of Object.entries(steps))
    if (step.ms) console.log(`| ${name} | ${step.ms} | ${step['MB/s']} |`);
}
