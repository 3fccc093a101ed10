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
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { buildGuests } from '../examples/stream/build.mjs';
import { instantiate } from '../host/js/meld-host.mjs';

const root = resolve(import.meta.dirname, '..');
const chunks = [1, 64, 4096, 65536];

/// `count` copies of `size` bytes from one memory to another.
const copyText = `(module (memory 2) (memory $other 2)
  (func (export "copy") (param $count i32) (param $size i32)
    (loop $again
      (memory.copy 0 $other (i32.const 0) (i32.const 0) (local.get $size))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))`;

/// How many writes of `chunk` bytes one round makes: some 5 ms.
const writesOf = (chunk) => Math.max(1000, Math.min(100000, Math.floor(5e7 / chunk / 8)));

function fuseBareGuests(guests, output) {
  const meld = join(root, 'build/bin/meld');
  execFileSync(meld, ['fuse', guests.producer, guests.consumer, '-o', output], { stdio: 'inherit' });
  return output;
}

/// Nanoseconds per operation of one round.
async function timed(operations, run) {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / operations;
}

const median = (sorted) => sorted[sorted.length >> 1];
const shown = (ns) => (ns < 100 ? ns.toFixed(1) : String(Math.round(ns)));

async function measure(fused, rounds) {
  const { exports } = await instantiate(readFileSync(fused));
  const { instance } = await WebAssembly.instantiate(await parse(copyText));
  const experiments = chunks.flatMap((chunk) => {
    const writes = writesOf(chunk);
    return [
      { chunk, kind: 'stream', writes, run: () => exports.run(writes * chunk, chunk, chunk) },
      { chunk, kind: 'copy', writes, run: () => instance.exports.copy(writes, chunk) },
    ].map((experiment) => ({ ...experiment, rounds: [] }));
  });
  for (let round = -5; round < rounds; round++)
    for (const { writes, run, rounds: kept } of experiments) {
      const ns = await timed(writes, run);
      if (round >= 0) kept.push(ns); // the first ones warm up
    }
  for (const { rounds: kept } of experiments) kept.sort((a, b) => a - b);
  return experiments;
}

function printTable(experiments) {
  console.log('| bytes | write, min | write, median | memory.copy, min | memory.copy, median | write - copy |');
  console.log('|---|---|---|---|---|---|');
  for (const chunk of chunks) {
    const [write, copy] = ['stream', 'copy'].map((kind) => experiments.find((e) => e.chunk === chunk && e.kind === kind).rounds);
    const cells = [write[0], median(write), copy[0], median(copy), write[0] - copy[0]];
    console.log(`| ${chunk} | ${cells.map(shown).join(' | ')} |`);
  }
}

async function main() {
  const { values } = parseArgs({ options: { fused: { type: 'string' }, rounds: { type: 'string', default: '25' } } });
  const directory = mkdtempSync(join(tmpdir(), 'meld-bench-'));
  try {
    const fused = values.fused ?? fuseBareGuests(await buildGuests(directory, { bare: true }), join(directory, 'fused.wasm'));
    console.log(`Nanoseconds, ${values.rounds} interleaved rounds, Node ${process.version}`);
    printTable(await measure(fused, Number(values.rounds)));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

main().catch((error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
