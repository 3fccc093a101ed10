//===- stream.mjs - time per write of a stream ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     ./dev bench [--fused FILE] [--rounds N]
//
// Nanoseconds per write of the stream example, built without the work on the
// bytes, beside a bare memory.copy between two memories in the same process.
// Rounds of all experiments are interleaved, the loops run inside the module,
// and the least and the median round are shown. The two sides use equal chunks,
// so every second call blocks and each write costs an event: the worst pattern.
//
//===---------------------------------------------------------------------===//

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildGuests } from '../examples/stream/build.mjs';
import { instantiate } from '../host/js/meld-host.mjs';
import { makeBareCopy } from './copy.mjs';
import { bin, machine, shown, summary, table } from './report.mjs';

const chunks = [1, 64, 4096, 65536];

/// How many writes of `chunk` bytes one round makes: some 40 ms. (The clock of a
/// thread may lag by four.)
const writesOf = (chunk) => (chunk > 4096 ? 30000 : 500000);

function fuseBareGuests(guests, output) {
  execFileSync(bin('meld'), ['fuse', guests.producer, guests.consumer, '-o', output], { stdio: 'inherit' });
  return output;
}

/// Nanoseconds on a processor per operation of one round.
async function timed(operations, run) {
  const start = process.threadCpuUsage();
  await run();
  const { user, system } = process.threadCpuUsage(start);
  return ((user + system) * 1e3) / operations;
}

async function measure(fused, rounds) {
  const { exports } = await instantiate(readFileSync(fused));
  const copy = await makeBareCopy();
  const experiments = chunks.flatMap((chunk) => {
    const writes = writesOf(chunk);
    return [
      { chunk, kind: 'stream', writes, run: () => exports.run(writes * chunk, chunk, chunk) },
      { chunk, kind: 'copy', writes, run: () => copy(writes, chunk) },
    ].map((experiment) => ({ ...experiment, rounds: [] }));
  });
  for (let round = -2; round < rounds; round++)
    for (const { writes, run, rounds: kept } of experiments) {
      const ns = await timed(writes, run);
      if (round >= 0) kept.push(ns); // the first ones warm up
    }
  return experiments;
}

function tableOf(experiments) {
  const rows = chunks.map((chunk) => {
    const [write, copy] = ['stream', 'copy'].map((kind) => summary(experiments.find((e) => e.chunk === chunk && e.kind === kind).rounds));
    return [chunk, ...[write.least, write.median, copy.least, copy.median, write.least - copy.least].map(shown)];
  });
  return table(['bytes', 'write, least', 'write, median', 'memory.copy, least', 'memory.copy, median', 'write - copy'], rows);
}

async function main() {
  const { values } = parseArgs({ options: { fused: { type: 'string' }, rounds: { type: 'string', default: '15' } } });
  const directory = mkdtempSync(join(tmpdir(), 'meld-bench-'));
  try {
    const fused = values.fused ?? fuseBareGuests(await buildGuests(directory, { bare: true }), join(directory, 'fused.wasm'));
    console.log(`Nanoseconds, ${values.rounds} interleaved rounds on ${machine()}\n`);
    console.log(tableOf(await measure(fused, Number(values.rounds))));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

main().catch((error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
