//===- fake-fuser.mjs - a fuser that does as it is told ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// An input that is a core module is taken for a fused program and copied. Any
// other input is text that says how to end: a level to refuse it with, or
// `crash`, `silent`, `leave` (fails and leaves a file), `abort`.
//
//===---------------------------------------------------------------------===//

import { readFileSync, writeFileSync } from 'node:fs';

const [, , word, ...words] = process.argv;
if (words.at(-1) !== '--diagnostics=json') process.exit(3);
const checks = word === 'check';
const [input, flag, output, spec] = words;
if (!checks && (word !== 'fuse' || flag !== '-o' || !spec.startsWith('--spec='))) process.exit(3);
const bytes = readFileSync(input);
const order = bytes.toString();
if (bytes.subarray(0, 4).equals(Buffer.from('\0asm'))) {
  if (!checks) writeFileSync(output, bytes);
}
else if (order === 'crash') process.exit(134);
else if (order === 'abort') process.kill(process.pid, 'SIGABRT');
else if (order === 'silent') process.exit(0);
else {
  if (order === 'leave') writeFileSync(output, 'rest');
  console.error(JSON.stringify({ rule: 'r1', severity: 'error', level: order, message: `it is ${order}` }));
  process.exitCode = 1;
}
