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

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { builtMeld } from '../suite/fuser.mjs';
import { CoreFile } from './file.mjs';

// The types of exports are asked for.
setFlagsFromString('--experimental-wasm-type-reflection');

function wastFiles(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true }).filter((name) => name.endsWith('.wast')).sort().map((name) => join(path, name));
}

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
  const core = new CoreFile({ meld, directory, more: values.fuse.split(' ').filter(Boolean) });
  for (const path of positionals.flatMap(wastFiles)) results.push(...(await core.run(readFileSync(path, 'utf8'), path)));
} finally {
  rmSync(directory, { recursive: true });
}

const count = (rows, outcome) => rows.filter((row) => row.outcome === outcome).length;
for (const { file, line, kind, outcome, message } of results)
  if (outcome === 'fail' || (values.list && outcome === 'skip')) console.log(`${file}:${line}: ${kind}: ${outcome}: ${message}`);
console.log(`${'directive'.padEnd(20)} passed  failed skipped`);
for (const [kind, rows] of Map.groupBy(results, (row) => row.kind))
  console.log(kind.padEnd(20) + ['pass', 'fail', 'skip'].map((outcome) => String(count(rows, outcome)).padStart(7)).join(' '));
console.log(`${count(results, 'pass')} passed, ${count(results, 'fail')} failed, ${count(results, 'skip')} skipped`);
process.exitCode = count(results, 'fail') ? 1 : 0;
