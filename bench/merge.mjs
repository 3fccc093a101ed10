//===- merge.mjs - time to merge a big module ----------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node bench/merge.mjs [CORE.wasm] [--instances N] [--rounds N] [--keep DIR]
//
// Instantiates a core module N times in a root whose own functions stand for
// its imports, merges, writes, and compares with binaryen's `wasm-merge` on the
// same module and an empty one, and with a copy of the file. Times are
// those of whole processes, so a tool pays for its start; MB/s count the bytes
// of all instances. Rounds are interleaved; the median and the least are shown.
// The default is the largest module in npm's jco-transpile.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const bin = (name) => join(root, 'build/bin', name);
const vendor = join(root, 'node_modules/@bytecodealliance/jco-transpile/vendor');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { instances: { type: 'string' }, rounds: { type: 'string' }, keep: { type: 'string' } },
});
const input = positionals[0] ?? join(vendor, 'js-component-bindgen-component.core.wasm');
const instances = Number(values.instances ?? 1);
const rounds = Number(values.rounds ?? 5);
const directory = values.keep ?? mkdtempSync(join(tmpdir(), 'meld-merge-'));
const file = (name) => join(directory, name);
const run = (command, ...words) => execFileSync(command, words, { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'inherit'] });

/// A definition of the root for an import of type `type`.
function stub(symbol, type) {
  const kind = /^!wasm\.(\w+)/.exec(type)?.[1];
  if (kind === 'global') return `wasm.global ${symbol} : ${type} = 0`;
  if (kind) return `wasm.${kind} ${symbol} : ${type}`;
  const [, parameters, results] = /^\((.*)\) -> (.*)$/.exec(type);
  const names = parameters === '' ? [] : parameters.split(', ').map((t, i) => `%a${i}: ${t}`);
  const result = results === '()' ? '' : ` -> ${results}`;
  return `wasm.func ${symbol}(${names.join(', ')})${result} { wasm.unreachable }`;
}

/// The root, as bytecode: so no time goes into reading bytes as text.
function makeRoot(output) {
  const text = run(bin('meld-translate'), '--wasm-to-mlir', input).toString();
  const [, module] = /(wasm\.module [^]*?\n  \})\n\}/.exec(text);
  const resources = text.slice(text.indexOf('{-#'));
  const imports = [...module.matchAll(/wasm\.import ("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*") : (.*)/g)];
  const [, exported, type] = /wasm\.export ("(?:[^"\\]|\\.)*") : (\(.*)/.exec(module);
  const given = imports.map(([, from, name], i) => `${from} ${name} = @stub${i}`).join(', ');
  const lines = imports.map(([, , , importType], i) => stub(`@stub${i}`, importType));
  for (let i = 0; i < instances; ++i)
    lines.push(
      `wasm.instance @i${i} of @guest${given && ' with '}${given}`,
      `wasm.alias @run${i} = @i${i} ${exported} : ${type}`,
      `wasm.export "run${i}" @run${i} : ${type}`,
    );
  writeFileSync(`${output}.mlir`, `component.root @bench flattened {
${module.replace(/^wasm\.module \S+/, 'wasm.module @guest')}
${lines.join('\n')}
}
${resources}`);
  run(bin('meld-opt'), '--emit-bytecode', `${output}.mlir`, '-o', output);
}

/// The words by which wasm-merge gives a module without exports for each that
/// `input` imports from: it keeps the imports then.
function makeOthers(output) {
  writeFileSync(output, new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(input)));
  return [...new Set(imports.map(({ module: from }) => from))].flatMap((from) => [output, from]);
}

const steps = new Map();
function add(name, action) {
  steps.set(name, { action, times: [] });
}

makeRoot(file('root.mlirbc'));
const others = makeOthers(file('other.wasm'));
add('start of the tool, for an empty module', () => run(bin('meld-opt'), file('empty.mlir')));
add('read the root, write it again', () => run(bin('meld-opt'), '--emit-bytecode', file('root.mlirbc'), '-o', file('same.mlirbc')));
add('the same with --wasm-merge', () =>
  run(bin('meld-opt'), '--wasm-merge', '--emit-bytecode', file('root.mlirbc'), '-o', file('merged.mlirbc')));
add('write the merged module', () => run(bin('meld-translate'), '--mlir-to-wasm', file('merged.mlirbc'), '-o', file('out.wasm')));
add('copy the file', () => run('cp', input, file('copy.wasm')));
if (instances === 1)
  add('wasm-merge of binaryen', () =>
    run(join(root, 'node_modules/.bin/node'), join(root, 'node_modules/.bin/wasm-merge'), '-all', '-g', input, 'guest', ...others, '-o', file('binaryen.wasm')));

writeFileSync(file('empty.mlir'), '');
for (let round = 0; round < rounds; ++round)
  for (const step of steps.values()) {
    const from = performance.now();
    step.action();
    step.times.push(performance.now() - from);
  }
const megabytes = (statSync(input).size * instances) / 1e6;
console.log(`${input}: ${megabytes.toFixed(2)} MB in ${instances} instance(s), ${rounds} rounds\n`);
console.log('| step | median ms | least ms | MB/s |\n| --- | --- | --- | --- |');
for (const [name, { times }] of steps) {
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1];
  console.log(`| ${name} | ${median.toFixed(1)} | ${times[0].toFixed(1)} | ${((megabytes / median) * 1e3).toFixed(0)} |`);
}
console.log(`\noutput: ${statSync(file('out.wasm')).size} bytes, valid: ${WebAssembly.validate(readFileSync(file('out.wasm')))}`);
if (!values.keep) rmSync(directory, { recursive: true });
