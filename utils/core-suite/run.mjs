//===- run.mjs - the tests of the core specification through Meld ---------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node run.mjs DIR|FILE.wast... [--list] [--fuse='WORDS']
//
// Each module of a core .wast file is checked by `meld check`, alone and in a
// component. Then its assertions become a second module, both a component, and
// that one fused module, which has to do what Node does with the two as they
// are: the same values, bit by bit, and the same traps. --list prints what did
// not pass, --fuse gives `meld fuse` options, such as --fuse=--strip-dead.
//
//===---------------------------------------------------------------------===//

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { builtMeld } from '../suite/fuser.mjs';
import { count, printCounts, wastPaths } from '../suite/report.mjs';
import { CoreFile } from './file.mjs';

// The types of exports are asked for.
setFlagsFromString('--experimental-wasm-type-reflection');

const { values, positionals } = parseArgs({
  options: { list: { type: 'boolean', default: false }, fuse: { type: 'string', default: '' } },
  allowPositionals: true,
});
const meld = builtMeld(resolve(import.meta.dirname, '../..'));
if (!positionals.length || !meld) {
  console.error(meld ? 'usage: run.mjs DIR|FILE.wast... [--list] [--fuse=WORDS]' : 'no `meld` in build/: build it with ./dev build');
  process.exit(2);
}

const directory = mkdtempSync(join(tmpdir(), 'meld-core-'));
const results = [];
try {
  const core = new CoreFile(meld, directory, values.fuse.split(' ').filter(Boolean));
  for (const path of positionals.flatMap(wastPaths)) results.push(...(await core.run(readFileSync(path, 'utf8'), path)));
} finally {
  rmSync(directory, { recursive: true });
}

for (const { file, line, kind, outcome, message } of results)
  if (outcome === 'fail' || (values.list && outcome === 'skip')) console.log(`${file}:${line}: ${kind}: ${outcome}: ${message}`);
printCounts(results, 'directive', ({ kind }) => kind);
process.exitCode = count(results, 'fail') ? 1 : 0;
