//===- file.mjs - one .wast file in a worker -----------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A fused program may loop for ever; only a worker can be stopped. Each file
// runs in one, which reports directive after directive.
//
//===---------------------------------------------------------------------===//

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { parseTrapTable } from '../../host/js/traps.mjs';
import { readDirectives } from './directives.mjs';
import { flip } from './flip.mjs';
import { fileWords, makeFuser } from './fuser.mjs';
import { FileRunner } from './runner.mjs';
import { wabtHost } from './wabt.mjs';

/// Runs the file of `task` (see runFile) and hands each result to `report`.
async function runDirectives(task, report) {
  const directives = readDirectives(readFileSync(task.path, 'utf8'), task.file);
  report({ count: directives.length, lines: directives.map(({ line, kind }) => [line, kind]) });
  const directory = mkdtempSync(join(tmpdir(), 'meld-suite-'));
  try {
    const runner = new FileRunner({
      fuser: makeFuser(task.fuser, task.spec, [`--stackful=${task.stackful}`, ...fileWords(task.file)]),
      host: task.engine ? wabtHost(await import(pathToFileURL(task.host)), task.engine) : await import(pathToFileURL(task.host)),
      trapKinds: parseTrapTable(readFileSync(task.traps, 'utf8')),
      directory,
      jobs: task.jobs,
    });
    await runner.prepare(directives);
    for (const directive of directives) {
      const flipped = task.flip ? flip(directive) : null;
      const result = await runner.run(flipped ?? directive);
      report({ result: { file: task.file, line: directive.line, kind: directive.kind, ...result, flipped: flipped !== null } });
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/// Runs one file in a worker. `task`: { path, file, fuser: [word], spec, host,
/// engine (the path of wabt-engine, undefined for Node), traps, jobs, flip, limit }, where `limit` is the time for one directive (and
/// for fusing all of them) in milliseconds. Returns one result per directive;
/// those that a fault or the limit kept from running have failed.
export function runFile(task) {
  return new Promise((resolve) => {
    const results = [];
    let lines = [];
    let fault = 'the worker ended early';
    const worker = new Worker(new URL(import.meta.url), { workerData: task, stdout: true, stderr: true });
    const stop = () => { fault = `no end within ${task.limit / 1000} s`; worker.terminate(); };
    let timer = setTimeout(stop, task.limit);
    worker.on('message', (message) => {
      clearTimeout(timer);
      timer = setTimeout(stop, task.limit);
      if (message.lines) lines = message.lines;
      else results.push(message.result);
    });
    worker.on('error', (error) => { fault = error.message; });
    worker.on('exit', () => {
      clearTimeout(timer);
      for (const [line, kind] of lines.slice(results.length))
        results.push({ file: task.file, line, kind, outcome: 'fail', message: fault, flipped: false });
      if (lines.length === 0 && fault !== 'the worker ended early')
        results.push({ file: task.file, line: 1, kind: 'file', outcome: 'fail', message: fault, flipped: false });
      resolve(results);
    });
  });
}

if (!isMainThread && workerData?.path) await runDirectives(workerData, (message) => parentPort.postMessage(message));
