//===- build.mjs - build the stream guests -------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node examples/stream/build.mjs OUTDIR [--bare]
//
// Compiles the guests with clang-22 and writes the components producer.wasm
// and consumer.wasm and the plain core module plain.wasm into OUTDIR. `--bare`
// leaves out the work on the bytes, so that only the stream remains.
//
//===---------------------------------------------------------------------===//

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeComponent } from '../../utils/component.mjs';
import { compileGuest } from '../../utils/guest.mjs';

const here = import.meta.dirname;
/// Builds the guests into `directory` and returns their paths by name.
export async function buildGuests(directory, { bare = false } = {}) {
  mkdirSync(directory, { recursive: true });
  const defines = bare ? ['-DBARE', '-Wno-unused-parameter'] : [];
  const wit = readFileSync(join(here, 'stream.wit'), 'utf8');
  const paths = {};
  for (const name of ['producer', 'consumer']) {
    const core = join(directory, `${name}.core.wasm`);
    compileGuest(join(here, `${name}.c`), core, defines);
    paths[name] = join(directory, `${name}.wasm`);
    writeFileSync(paths[name], await makeComponent(readFileSync(core), wit, name));
    rmSync(core);
  }
  paths.plain = join(directory, 'plain.wasm');
  compileGuest(join(here, 'plain.c'), paths.plain, defines);
  return paths;
}

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { bare: { type: 'boolean' } } });
  if (positionals.length !== 1) throw new Error('usage: build.mjs OUTDIR [--bare]');
  await buildGuests(positionals[0], values);
}

if (import.meta.main)
  main().catch((error) => {
    console.error(`build.mjs: ${error.message}`);
    process.exitCode = 1;
  });
