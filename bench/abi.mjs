//===- abi.mjs - what a call between components costs --------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     ./dev bench abi [--rounds N] [--docs]
//
// Nanoseconds per call between two components in C (bench/abi): fused by Meld,
// where text is moved also with --simd=on; linked but not fused and run by jco, and run by wasmtime where PATH or
// MELD_WASMTIME has it. Beside them the limit: the same C as one module for the
// flat call, a bare memory.copy between two memories for bytes. Time is that of
// the thread on a processor, in interleaved rounds; of wasmtime that of two
// processes of different length, subtracted. --docs puts the table into
// docs/Performance.md.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { instantiate } from '../host/js/meld-host.mjs';
import { compileGuest } from '../utils/guest.mjs';
import { makeBareCopy } from './copy.mjs';
import { bin, machine, root, shown, spread, summary, table, writeDocs } from './report.mjs';

const here = join(root, 'bench/abi');
const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '11' }, docs: { type: 'boolean' } } });
const rounds = Number(options.rounds);
const directory = mkdtempSync(join(tmpdir(), 'meld-abi-'));
const place = (name) => join(directory, name);

const wasmtime = process.env.MELD_WASMTIME ?? process.env.PATH.split(delimiter).map((folder) => join(folder, 'wasmtime')).find(existsSync);

/// What is called: the loop, the size of the value, who the pairs of encodings
/// matter to, the name of the limit and how near to it the goal is.
const workloads = [
  { name: 'two numbers', run: 'flat', size: 0, limit: 'direct', goal: 1.2 },
  { name: 'list<u8>, 64 KiB', run: 'bytes', size: 65536, limit: 'copy', goal: 1.1 },
  { name: 'string, 16 B', run: 'text', size: 16, encodings: true, text: true },
  { name: 'string, 4 KiB', run: 'text', size: 4096, encodings: true, text: true },
  { name: 'list of 1000 records of numbers', run: 'points', size: 1000 },
  { name: 'list of 1000 records with a string', run: 'names', size: 1000, text: true },
];
const encodings = [['utf8', 'utf8'], ['utf8', 'utf16'], ['utf16', 'utf8']];

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

async function makeComponent(name, encoding) {
  const [core, path] = [place(`${name}.core.wasm`), place(`${name}-${encoding}.wasm`)];
  compileGuest(join(here, `${name}.c`), core, encoding === 'utf16' ? ['-DUTF16'] : []);
  const witSource = readFileSync(join(here, 'abi.wit'), 'utf8');
  const binary = await componentEmbed({ binary: readFileSync(core), witSource, world: name, stringEncoding: encoding });
  writeFileSync(path, await componentNew(binary, []));
  return path;
}

const camel = (run) => `run${run[0].toUpperCase()}${run.slice(1)}`;

/// jco's glue around the linked component, as a module of JavaScript.
async function transpiled(path, name) {
  const { files } = await transpileBytes(readFileSync(path), { name, instantiation: 'async', wasiShim: false, base64Cutoff: 0, outDir: place(name) });
  for (const [file, bytes] of Object.entries(files)) {
    const target = file.startsWith(place(name)) ? file : place(join(name, file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  const glue = await import(pathToFileURL(place(join(name, `${name}.js`))));
  return glue.instantiate((file) => WebAssembly.compile(readFileSync(place(join(name, file)))), {});
}

/// The pair of components in two ways: { meld(run), jco(run), linked }.
async function makePair([from, to]) {
  const parts = [await makeComponent('caller', from), await makeComponent('callee', to)];
  const [fused, vectors, linked] = ['fused', 'vectors', 'linked'].map((what) => place(`${from}-${to}.${what}.wasm`));
  execFileSync(bin('meld'), ['fuse', ...parts, '-o', fused], { stdio: 'inherit' });
  execFileSync(bin('meld'), ['fuse', '--simd=on', ...parts, '-o', vectors], { stdio: 'inherit' });
  execFileSync(bin('meld'), ['link', ...parts, '-o', linked], { stdio: 'inherit' });
  const [meld, simd] = await Promise.all([fused, vectors].map((file) => instantiate(readFileSync(file))));
  const jco = await transpiled(linked, `${from}_${to}`);
  const find = ({ exports }) => (run) => exports[`run-${run}`] ?? exports[camel(run)];
  return { linked, meld: find(meld), simd: find(simd), jco: (run) => jco[camel(run)] };
}

/// The same C as one module, and a copy between two memories.
async function makeLimits() {
  const core = place('direct.wasm');
  compileGuest(join(here, 'caller.c'), core, ['-DDIRECT', '-fno-lto', join(here, 'callee.c')]);
  const direct = await WebAssembly.instantiate(readFileSync(core));
  const copy = await makeBareCopy();
  return { direct: (run) => direct.instance.exports[`run-${run}`], copy: () => copy };
}

//===----------------------------------------------------------------------===//
// Times
//===----------------------------------------------------------------------===//

function milliseconds(call, n, size) {
  const start = process.threadCpuUsage();
  call(n, size);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1e3;
}

/// How many calls make a round of some 60 ms, when the engine is warm: the clock
/// of a thread may lag by four.
function calibrate(call, size) {
  for (let n = 1, warm = 0; ; n *= 2) {
    const took = milliseconds(call, n, size);
    if (took < 5 && n < 1 << 24) continue;
    if (warm++ === 2) return Math.max(1, Math.round((n * 60) / took));
    n /= 2;
  }
}

/// Adds to each of `experiments` ({ call, size }) its nanoseconds a call.
function measure(experiments) {
  for (const each of experiments) [each.n, each.rounds] = [calibrate(each.call, each.size), []];
  for (let round = 0; round < rounds; round++)
    for (const { call, size, n, rounds } of experiments) rounds.push((milliseconds(call, n, size) * 1e6) / n);
  for (const each of experiments) each.ns = summary(each.rounds);
}

/// Nanoseconds a call in wasmtime: a long run less a short one.
function inWasmtime(linked, run, size, guess) {
  if (!wasmtime) return undefined;
  const seconds = (n) => {
    const words = [wasmtime, 'run', '--invoke', `run-${run}(${n}, ${size})`, linked];
    const { status, processor } = JSON.parse(execFileSync(bin('bench-run'), ['600', ...words], { encoding: 'utf8' }));
    return status === 0 ? processor : NaN;
  };
  const n = Math.max(20, Math.round(5e7 / guess));
  return summary([1, 2, 3].map(() => ((seconds(n) - seconds(1)) * 1e9) / n)).median;
}

async function main() {
  const pairs = await Promise.all(encodings.map(makePair));
  const limits = await makeLimits();
  const rows = workloads.flatMap((workload) =>
    (workload.encodings ? encodings : encodings.slice(0, 1)).map(([from, to], i) => {
      const { run, size } = workload;
      const name = workload.encodings ? `${workload.name}, ${from} to ${to}` : workload.name;
      const experiments = { meld: { call: pairs[i].meld(run), size }, jco: { call: pairs[i].jco(run), size } };
      if (workload.text) experiments.simd = { call: pairs[i].simd(run), size };
      if (workload.limit) experiments.limit = { call: limits[workload.limit](run), size };
      return { ...workload, name, linked: pairs[i].linked, experiments };
    }));
  measure(rows.flatMap(({ experiments }) => Object.values(experiments)));
  const cells = rows.map(({ name, run, size, linked, experiments: { meld, simd, jco, limit }, goal }) => {
    const native = inWasmtime(linked, run, size, meld.ns.median);
    const ratio = limit && meld.ns.median / limit.ns.median;
    return [name, shown(meld.ns.median), spread(meld.ns), simd ? shown(simd.ns.median) : '-', limit ? shown(limit.ns.median) : '-',
      limit ? `${ratio.toFixed(2)} (goal ${goal}: ${ratio <= goal ? 'holds' : 'missed'})` : '-',
      shown(jco.ns.median), `${shown(jco.ns.median / meld.ns.median)}x`, native === undefined ? '-' : shown(native)];
  });
  const text = `\`./dev bench abi\`: nanoseconds a call, ${rounds} interleaved rounds on ${machine()}.
${wasmtime ? '' : '\nwasmtime is not installed: left out.\n'}
${table(['value', 'Meld', 'spread', '`--simd=on`', 'limit', 'beside it', 'jco', 'beside Meld', 'wasmtime'], cells)}`;
  console.log(text);
  if (options.docs) writeDocs('bench abi', text);
}

try {
  await main();
} finally {
  rmSync(directory, { recursive: true });
}
