//===- run.mjs - run a folder of .wast files -----------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { availableParallelism } from 'node:os';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runFile } from './file.mjs';
import { builtMeld } from './fuser.mjs';
import { count, printCounts, wastPaths } from './report.mjs';
import { applySkips, parseSkips } from './skips.mjs';
import { builtEngine } from './wabt.mjs';

const root = resolve(import.meta.dirname, '../..');
const usage = `usage: suite DIR|FILE.wast... [options]
  --engine NAME     what runs the fused programs: node (default), or wabt, an
                    interpreter; what it lacks is skipped
  --host FILE.mjs   another host; it exports instantiate() and MeldTrap
  --fuser COMMAND   another fuser, called like \`meld\` (default: the one in build/)
  --spec DATE       2026-08 (default) or 2026-10
  --stackful MODE   trap (default) or fiber: what a frame does that has to wait
  --filter REGEXP   only files whose path matches
  --json FILE       one JSON object per directive
  --skips FILE      list of known failures (default: utils/suite/skips.txt, or
                    skips-fiber.txt)
  --limit SECONDS   for one directive, and for fusing those of a file (default: 120)
  --list            print every directive that did not pass
  --print-skips     print a skip list of what failed, with its messages as reasons
  --self-test       turn every expected value and trap text into a wrong one, and
                    demand that each of these directives fails`;

const options = {
  engine: { type: 'string', default: 'node' },
  host: { type: 'string', default: join(root, 'host/js/meld-host.mjs') },
  fuser: { type: 'string' },
  spec: { type: 'string', default: '2026-08' },
  stackful: { type: 'string', default: 'trap' },
  filter: { type: 'string', default: '' },
  json: { type: 'string' },
  skips: { type: 'string' },
  limit: { type: 'string', default: '120' },
  list: { type: 'boolean', default: false },
  'print-skips': { type: 'boolean', default: false },
  'self-test': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/// The .wast files under `path`, sorted, each with the name that it has in
/// reports: from the folder that was given, or its own folder's name on.
function wastFiles(path) {
  const paths = wastPaths(path);
  const folder = statSync(path).isDirectory() ? resolve(path) : resolve(dirname(path));
  const base = paths.some((each) => resolve(dirname(each)) === folder) ? resolve(folder, '..') : folder;
  return paths.map((each) => ({ path: each, file: relative(base, resolve(each)) }));
}

function readCommand() {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) return { help: true };
  if (positionals.length === 0) throw new Error(usage);
  if (!['node', 'wabt'].includes(values.engine)) throw new Error(`unknown engine "${values.engine}": there are node and wabt`);
  if (values.engine === 'wabt' && !builtEngine(root)) throw new Error('no `wabt-engine` in build/: it needs the package wabt');
  if (!['2026-08', '2026-10'].includes(values.spec)) throw new Error(`unknown spec "${values.spec}": there are 2026-08 and 2026-10`);
  const lists = { trap: 'skips.txt', fiber: 'skips-fiber.txt' };
  if (!Object.hasOwn(lists, values.stackful)) throw new Error(`unknown mode "${values.stackful}": there are trap and fiber`);
  if (!(Number(values.limit) > 0)) throw new Error(`not a number of seconds: "${values.limit}"`);
  const fuser = values.fuser?.split(' ').filter(Boolean) ?? [builtMeld(root)];
  if (!fuser[0]) throw new Error('no `meld` in build/: build it with ./dev build, or name a fuser with --fuser');
  const filter = new RegExp(values.filter);
  const files = positionals.flatMap(wastFiles).filter(({ file }) => filter.test(file));
  if (files.length === 0) throw new Error('no .wast file was found');
  return { ...values, skips: values.skips ?? join(import.meta.dirname, lists[values.stackful]), fuser, files };
}

async function runAll({ files, fuser, spec, stackful, host, engine, skips, limit }, flip) {
  const list = parseSkips(readFileSync(skips, 'utf8'));
  const task = {
    fuser, spec, stackful, flip, host: resolve(host), engine: engine === 'wabt' ? builtEngine(root) : undefined, traps: join(root, 'include/meld/Support/Traps.def'),
    jobs: availableParallelism(), limit: Number(limit) * 1000,
  };
  const results = [];
  for (const { path, file } of files) {
    const ran = await runFile({ ...task, path, file });
    results.push(...(flip ? ran : applySkips(ran, list, file)));
  }
  return results;
}

/// Every directive with a wrong expectation must fail. One that would fail
/// anyway proves nothing, so it is counted apart.
async function selfTest(command) {
  const asIs = await runAll(command, false);
  const passing = new Set(asIs.filter(({ outcome }) => outcome === 'pass').map(({ file, line }) => `${file}:${line}`));
  const flipped = (await runAll(command, true)).filter((result) => result.flipped);
  const proven = flipped.filter(({ file, line }) => passing.has(`${file}:${line}`));
  const fooled = flipped.filter(({ outcome }) => outcome === 'pass');
  for (const { file, line, kind } of fooled) console.log(`${file}:${line}: ${kind} passes with a wrong expectation`);
  console.log(`${flipped.length} wrong expectations, ${proven.length} of them of directives that pass as they are`);
  if (proven.length === 0) console.log('no directive passes as it is: this proves nothing');
  console.log(`${flipped.length - fooled.length} passed, ${fooled.length + (proven.length ? 0 : 1)} failed, 0 skipped`);
  return fooled.length === 0 && proven.length > 0;
}

async function main() {
  const command = readCommand();
  if (command.help) return console.log(usage);
  if (command['self-test']) {
    process.exitCode = (await selfTest(command)) ? 0 : 1;
    return;
  }
  const results = await runAll(command, false);
  for (const { file, line, kind, outcome, message } of results)
    if (command.list ? outcome !== 'pass' : outcome === 'fail' && kind === 'skip-list')
      console.log(`${file}:${line}: ${kind}: ${outcome}: ${message}`);
  if (command['print-skips'])
    for (const { file, line, outcome, message } of results)
      if (outcome === 'fail') console.log(`${file}:${line} ${message.replace(/\s+/g, ' ').slice(0, 160)}`);
  if (command.json) {
    const rows = results.map(({ file, line, kind, outcome, message }) => JSON.stringify({ file, line, kind, outcome, message }));
    writeFileSync(command.json, rows.map((row) => `${row}\n`).join(''));
  }
  printCounts(results, 'folder', ({ file }) => dirname(file));
  process.exitCode = count(results, 'fail') ? 1 : 0;
}

main().catch((error) => {
  console.error(error.message.startsWith('usage') ? error.message : `suite: ${error.message}`);
  process.exitCode = 2;
});
