//===- tool.mjs - what Meld costs, beside other tools --------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     ./dev bench tool [CORE.wasm...] [--rounds N] [--bound SECONDS] [--quick] [--docs]
//
// Fuses components of big core modules (bench/stubbed.mjs) and runs beside it,
// on the same modules, in interleaved rounds: wabt's wasm-validate, wasm-merge
// of npm's binaryen, cp, a plain loop that decodes and copies (bench/loop.cpp),
// and wasm-tools where PATH or MELD_WASM_TOOLS has it. Then the steps of the
// fusion, wasm-ld on equal C code, and the time per component of up to 256.
//
// Times are milliseconds on processors, medians with their spread: on a busy
// machine they say more than the clock, whose median stands beside them.
// Instructions are callgrind's, of one run; of wasm-validate it would take
// minutes. wasm-merge, which takes as long as all else, runs once on each
// module. --quick leaves out both. Progress is told on standard error. What
// takes longer than the bound (150 seconds on processors) is stopped, and said
// to be.
// The tables go to build/bench/tool.md, with tool.json and tool.svg; --docs
// puts them into docs/Performance.md.
//
// Without arguments: componentize-js's engine, where ./dev guests installed it,
// and the largest core module of jco-transpile.

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readSections } from '../utils/bytes.mjs';
import { compileC, linkC } from './ccode.mjs';
import { bars, bin, countInstructions, machine, megabytes, root, shown, spread, summary, table, writeDocs } from './report.mjs';
import { makeStubbed } from './stubbed.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    bound: { type: 'string', default: '150' },
    quick: { type: 'boolean' },
    docs: { type: 'boolean' },
  },
});
const [rounds, bound] = [Number(options.rounds), Number(options.bound)];
const start = performance.now();
const elapsed = () => `${Math.round((performance.now() - start) / 1e3)} s`;
const tell = (step) => console.error(`[${elapsed().padStart(6)}] ${step}`);
const directory = mkdtempSync(join(tmpdir(), 'meld-bench-'));
const place = (name) => join(directory, name);
const results = join(root, 'build/bench');
const notices = [];

function findCommand(name, variable) {
  const named = process.env[variable];
  const places = named ? [named] : process.env.PATH.split(delimiter).map((folder) => join(folder, name));
  const found = places.find((path) => existsSync(path));
  if (!found) notices.push(`${name} is not installed: left out.`);
  return found;
}
const valgrind = options.quick ? undefined : findCommand('valgrind', 'MELD_VALGRIND');
const wasmTools = findCommand('wasm-tools', 'MELD_WASM_TOOLS');

function defaultModules() {
  const engine = join(root, 'test/Guests/node_modules/@bytecodealliance/componentize-js/lib/starlingmonkey_embedding.wasm');
  if (!existsSync(engine)) notices.push("componentize-js's engine is not installed (./dev guests): left out.");
  const vendor = join(root, 'node_modules/@bytecodealliance/jco-transpile/vendor/js-component-bindgen-component.core.wasm');
  return [engine, vendor].filter((path) => existsSync(path));
}

//===----------------------------------------------------------------------===//
// Processes
//===----------------------------------------------------------------------===//

/// What one run of `command` costs: { wall, processor } in ms, peak in bytes;
/// undefined if it was stopped.
function cost(command) {
  const run = JSON.parse(execFileSync(bin('bench-run'), [String(bound), ...command], { encoding: 'utf8' }));
  if (run.status === null) return undefined;
  if (run.status !== 0) throw new Error(`${command.slice(0, 3).join(' ')}: exit status ${run.status}`);
  return { wall: run.wall * 1e3, processor: run.processor * 1e3, peak: run.peak };
}

/// Millions of instructions, by callgrind; undefined if it took too long.
function instructions({ name, command }) {
  if (!valgrind) return undefined;
  tell(`${name}, counted by callgrind`);
  return countInstructions(command, { valgrind, bound });
}

/// Runs each of `jobs` ({ name, command, rounds, uncounted }) once a round, but
/// for those that were stopped, of which there is no result.
function runInterleaved(what, jobs) {
  const runs = jobs.map(() => []), stopped = new Set();
  for (let round = 0; round < rounds; round++) {
    tell(`${what}: round ${round + 1} of ${rounds}`);
    jobs.forEach((job, i) => {
      if (round >= (job.rounds ?? rounds) || stopped.has(job)) return;
      if (job.rounds) tell(`${what}: ${job.name}`);
      const run = cost(job.command);
      run ? runs[i].push(run) : stopped.add(job);
    });
  }
  for (const { name } of stopped) notices.push(`${what}: ${name} was stopped after ${bound} s.`);
  return jobs.map((job, i) => ({ job, of: runs[i] })).filter(({ job }) => !stopped.has(job)).map(({ job, of }) => ({
    name: job.name,
    processor: summary(of.map((run) => run.processor)),
    wall: summary(of.map((run) => run.wall)).median,
    peak: Math.max(...of.map((run) => run.peak)),
    instructions: job.uncounted ? undefined : instructions(job),
  }));
}

/// A module without exports for each that `core` imports from: wasm-merge keeps
/// the imports then.
function mergeWords(core) {
  writeFileSync(place('empty.wasm'), Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]));
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(core)));
  return [...new Set(imports.map(({ module }) => module))].flatMap((from) => [place('empty.wasm'), from]);
}

function jobsFor(core, component) {
  const node = join(root, 'node_modules/.bin/node'), out = place('out.wasm');
  const jobs = [
    { name: 'meld fuse --verify=generated', command: [bin('meld'), 'fuse', '--verify=generated', component, '-o', out] },
    { name: 'meld fuse', command: [bin('meld'), 'fuse', component, '-o', out] },
    { name: 'meld fuse --verify=full', command: [bin('meld'), 'fuse', '--verify=full', component, '-o', out] },
    { name: 'meld check --core', command: [bin('meld'), 'check', '--core', core] },
    { name: 'wabt wasm-validate', uncounted: true, command: ['wasm-validate', '--enable-all', core] },
    { name: 'decode-and-copy loop', command: [bin('bench-loop'), core, out] },
    { name: 'cp', command: ['cp', core, out] },
  ];
  if (wasmTools)
    jobs.push(
      { name: 'wasm-tools validate', command: [wasmTools, 'validate', '--features', 'all', core] },
      { name: 'wasm-tools parse', command: [wasmTools, 'parse', core, '-o', out] });
  if (!options.quick)
    jobs.push({
      name: 'npm wasm-merge', rounds: 1, uncounted: true,
      command: [node, join(root, 'node_modules/.bin/wasm-merge'), '-all', core, 'guest', ...mergeWords(core), '-o', out],
    });
  return jobs;
}

/// Ratios to `meld fuse` that are goals: the median of the named job by that of
/// another is at least or at most a number.
const goals = [
  ['meld fuse --verify=generated', 'wabt wasm-validate', 'times as fast as wasm-validate', (us, them) => them / us, '>=', 10],
  ['meld fuse --verify=full', 'wabt wasm-validate', 'times as fast as wasm-validate, all bodies and copies checked', (us, them) => them / us, '>=', 5],
  ['meld fuse --verify=generated', 'npm wasm-merge', 'times as fast as npm wasm-merge', (us, them) => them / us, '>=', 50],
  ['meld fuse --verify=generated', 'decode-and-copy loop', 'times the decode-and-copy loop', (us, them) => us / them, '<=', 3],
];

/// What the goals are for: the first module. Others have the same ratios shown.
function goalRows(jobs, hasGoals) {
  const find = (name) => jobs.find((job) => job.name === name);
  const row = (text, value, relation, limit) => {
    if (!hasGoals) return [text, shown(value)];
    const holds = relation === '>=' ? value >= limit : value <= limit;
    return [text, shown(value), `${relation} ${limit}`, holds ? 'holds' : 'missed'];
  };
  const rows = goals.filter(([us, them]) => find(us) && find(them)).map(([us, them, text, ratio, relation, limit]) =>
    row(text, ratio(find(us).processor.median, find(them).processor.median), relation, limit));
  rows.push(row("of wasm-validate's memory", find('meld fuse --verify=generated').peak / find('wabt wasm-validate').peak, '<=', 0.125));
  return rows;
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

function measureModule(core) {
  const component = place('component.wasm');
  writeFileSync(component, makeStubbed(readFileSync(core)));
  const code = readSections(readFileSync(core)).get(10).bytes.length;
  const jobs = runInterleaved(basename(core), jobsFor(core, component));
  tell(`${basename(core)}: the steps of a fusion`);
  const steps = JSON.parse(execFileSync(bin('bench-steps'), [core, component, String(rounds)], { encoding: 'utf8' })).steps;
  return { name: basename(core), bytes: statSync(core).size, code, jobs, steps };
}

function moduleText({ name, bytes, code, jobs, steps }, number) {
  const hasGoals = number === 0;
  const perSecond = (ms) => shown(code / ms / 1e3);
  const processes = jobs.map((job) => [
    job.name, shown(job.processor.median), spread(job.processor), shown(job.wall), perSecond(job.processor.median),
    megabytes(job.peak), job.instructions ? shown(job.instructions) : '-',
  ]);
  const parts = Object.entries(steps).map(([step, { processor, wall }]) => {
    const times = summary(processor);
    return [step, shown(times.median), spread(times), shown(summary(wall).median), perSecond(times.median)];
  });
  return `### ${name}: ${megabytes(bytes)} MB, ${megabytes(code)} MB of it code

${table(['process', 'ms', 'spread', 'clock', 'MB/s of code', 'peak MB', 'million instructions'], processes)}

${table(['`meld fuse` is or takes', 'found', ...(hasGoals ? ['goal', ''] : [])], goalRows(jobs, hasGoals))}

${table(['step, in one process', 'ms', 'spread', 'clock', 'MB/s of code'], parts)}`;
}

/// wasm-ld links the objects; Meld fuses the modules that it makes of each.
function measureLinker() {
  const parts = compileC(join(results, 'c'), 2, 2000);
  const components = parts.map(({ module }, i) => {
    const path = place(`c${i}.wasm`);
    writeFileSync(path, makeStubbed(readFileSync(module), `run${i}`));
    return path;
  });
  return runInterleaved('objects of C', [
    { name: 'meld fuse', command: [bin('meld'), 'fuse', ...components, '-o', place('c.wasm')] },
    { name: 'wasm-ld', command: linkC(parts, place('linked.wasm')) },
  ]);
}

function linkerText([meld, linker]) {
  const row = (job) => [job.name, shown(job.processor.median), spread(job.processor), shown(job.wall), megabytes(job.peak), job.instructions ? shown(job.instructions) : '-'];
  return `### Two objects of 1 MB of code, from C

${table(['process', 'ms', 'spread', 'clock', 'peak MB', 'million instructions'], [meld, linker].map(row))}

Meld takes ${shown(meld.processor.median / linker.processor.median)} times what wasm-ld takes (goal: at most 2).`;
}

/// The same component 1, 16 and 256 times.
function measureMany() {
  const [{ module }] = compileC(join(results, 'c'), 1, 200);
  const core = readFileSync(module);
  const jobs = [1, 16, 64, 256].map((count) => {
    const files = Array.from({ length: count }, (_, i) => place(`many${i}.wasm`));
    files.forEach((file, i) => existsSync(file) || writeFileSync(file, makeStubbed(core, `run${i}`)));
    return { name: String(count), command: [bin('meld'), 'fuse', ...files, '-o', place('many.wasm')] };
  });
  return { bytes: core.length, jobs: runInterleaved('many components', jobs) };
}

function manyText({ bytes, jobs }) {
  const each = (job) => job.processor.median / Number(job.name);
  const rows = jobs.map((job) => [job.name, shown(job.processor.median), spread(job.processor), each(job).toFixed(3),
    (each(job) / each(jobs[0])).toFixed(2), job.instructions ? shown(job.instructions / Number(job.name)) : '-']);
  return `### Many components of ${shown(bytes / 1e3)} kB each

${table(['components', 'ms', 'spread', 'ms each', 'beside one', 'million instructions each'], rows)}

The goal is at most 1.1 beside one.`;
}

function main() {
  mkdirSync(results, { recursive: true });
  const modules = (positionals.length ? positionals.map((path) => resolve(path)) : defaultModules()).map(measureModule);
  const [linker, many] = [measureLinker(), measureMany()];
  const head = `\`./dev bench tool${options.quick ? ' --quick' : ''}\`: ${rounds} interleaved rounds on ${machine()}; ${elapsed()} in all.`;
  const text = [head, ...notices, ...modules.map(moduleText), linkerText(linker), manyText(many)].join('\n\n');
  console.log(text);
  writeFileSync(join(results, 'tool.md'), `${text}\n`);
  writeFileSync(join(results, 'tool.json'), JSON.stringify({ machine: machine(), rounds, modules, linker, many }, null, 1));
  const [first] = modules;
  const rows = first.jobs.map((job) => ({ name: job.name, value: job.processor.median, text: `${shown(job.processor.median)} ms` }));
  writeFileSync(join(results, 'tool.svg'), bars(`${first.name}, ${megabytes(first.bytes)} MB: milliseconds on processors`, rows));
  if (!options.docs) return;
  writeDocs('bench tool', text);
  copyFileSync(join(results, 'tool.svg'), join(root, 'docs/performance.svg'));
}

try {
  main();
} finally {
  rmSync(directory, { recursive: true });
}
