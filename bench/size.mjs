//===- size.mjs - bytes of generated functions beside wasm-opt -O1 -------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node bench/size.mjs FUSED.wasm
//
// Compares the functions that Meld generated with what `wasm-opt -O1` makes of
// them. The name section tells them apart: functions of guests and of the
// runtime are called `instance.function`, generated ones have no dot. A
// function that wasm-opt removed or merged away is left out of both sums and
// counted. The goal is a ratio of at most 1.1.
//
//===---------------------------------------------------------------------===//

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bytes, readSections } from '../utils/bytes.mjs';
import { root } from './report.mjs';

/// The names of functions by index.
function functionNames(section) {
  const names = new Map();
  while (section && !section.atEnd) {
    const id = section.byte();
    const part = new Bytes(section.take(section.leb()));
    if (id !== 1) continue;
    for (let count = part.leb(); count; count--) names.set(part.leb(), part.name());
  }
  return names;
}

/// Bytes of each named function that a module defines, its length field left
/// out: Map(name -> bytes).
function functionSizes(bytes) {
  const sections = readSections(bytes);
  const names = functionNames(sections.get('name'));
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind === 'function').length;
  const code = sections.get(10);
  const sizes = new Map();
  for (let i = 0, count = code?.leb() ?? 0; i < count; i++) {
    const size = code.leb();
    code.take(size);
    const name = names.get(imported + i);
    if (name !== undefined) sizes.set(name, size);
  }
  return sizes;
}

function optimized(path) {
  const directory = mkdtempSync(join(tmpdir(), 'meld-size-'));
  try {
    const output = join(directory, 'o1.wasm');
    const words = [path, '-all', '--disable-compact-imports', '-O1', '-g', '-o', output];
    execFileSync(process.execPath, [join(root, 'node_modules/binaryen/bin/wasm-opt'), ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
    return readFileSync(output);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function main() {
  const path = process.argv[2];
  if (!path) throw new Error('usage: size.mjs FUSED.wasm');
  const before = functionSizes(readFileSync(path));
  const after = functionSizes(optimized(path));
  const generated = [...before.keys()].filter((name) => !name.includes('.'));
  if (generated.length === 0) throw new Error(`${path} has no named function that was generated`);
  console.log('| function | bytes | wasm-opt -O1 | ratio |\n|---|---|---|---|');
  const sum = { before: 0, after: 0, gone: 0 };
  for (const name of generated) {
    if (!after.has(name)) {
      sum.gone++;
      continue;
    }
    sum.before += before.get(name);
    sum.after += after.get(name);
    console.log(`| ${name} | ${before.get(name)} | ${after.get(name)} | ${(before.get(name) / after.get(name)).toFixed(2)} |`);
  }
  console.log(`| all | ${sum.before} | ${sum.after} | ${(sum.before / sum.after).toFixed(2)} |`);
  if (sum.gone) console.log(`${sum.gone} functions are gone after wasm-opt and not counted.`);
}

try {
  main();
} catch (error) {
  console.error(`size: ${error.message}`);
  process.exitCode = 1;
}
