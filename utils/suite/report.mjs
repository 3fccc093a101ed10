//===- report.mjs - files to run, and what came of them ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/// The .wast files under `path`, sorted, or the file that it is.
export function wastPaths(path) {
  if (!existsSync(path)) throw new Error(`no such file or folder: ${path}`);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true }).filter((name) => name.endsWith('.wast')).sort().map((name) => join(path, name));
}

const outcomes = { pass: 'passed', fail: 'failed', skip: 'skipped' };

/// How many of `results` have the outcome `pass`, `fail` or `skip`.
export const count = (results, outcome) => results.filter((result) => result.outcome === outcome).length;

/// Prints a row of counts for the results of each key, and one of all of them.
export function printCounts(results, title, keyOf) {
  const row = (name, cells) => console.log(name.padEnd(24) + cells.map((cell) => String(cell).padStart(7)).join(' '));
  row(title, Object.values(outcomes));
  for (const [key, rows] of Map.groupBy(results, keyOf)) row(key, Object.keys(outcomes).map((outcome) => count(rows, outcome)));
  console.log(Object.entries(outcomes).map(([outcome, word]) => `${count(results, outcome)} ${word}`).join(', '));
}
