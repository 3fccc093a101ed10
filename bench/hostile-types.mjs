//===- hostile-types.mjs - adapters of hostile types ---------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node bench/hostile-types.mjs [--tools DIR]
//
// Fuses the programs of test/Boundary/hostile.mjs at sizes n, 2n and 4n: bytes
// of input and output, seconds of processor time. Then those that export the
// types to the host.
//
//===---------------------------------------------------------------------===//

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { callee, cases, program } from '../test/Boundary/hostile.mjs';

const { values: options } = parseArgs({ options: { tools: { type: 'string', default: join(import.meta.dirname, '../build/bin') } } });
const folder = mkdtempSync(join(tmpdir(), 'meld-hostile-'));
const [input, output] = ['in.wasm', 'out.wasm'].map((name) => join(folder, name));

function fuse() {
  const { status, stderr } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time "$@" 2>&1 >/dev/null`, 'fuse', join(options.tools, 'meld'), 'fuse', input, '-o', output]);
  if (status !== 0) throw new Error(stderr.toString());
  return stderr.toString().trim().split('\n').at(-1).split(' ').reduce((sum, part) => sum + Number(part), 0);
}

const columns = ['bytes in', 'bytes out', 'seconds'].flatMap((what) => ['n', '2n', '4n'].map((size) => `${what} ${size}`));
console.log(['case'.padEnd(46), ...columns.map((name) => name.padStart(13))].join(''));
try {
  const all = [program, callee].flatMap((component) => Object.entries(cases).map(([name, [n, make]]) => [component, name, n, make]));
  for (const [component, name, n, make] of all) {
    const rows = [];
    for (const size of [n, 2 * n, 4 * n]) {
      writeFileSync(input, await parse(component(make(size))));
      const seconds = fuse();
      rows.push([statSync(input).size, statSync(output).size, seconds.toFixed(3)]);
    }
    console.log([`${name}${component === callee ? ', edge' : ''} (${n})`.padEnd(46), ...[0, 1, 2].flatMap((i) => rows.map((row) => String(row[i]).padStart(13)))].join(''));
  }
} finally {
  rmSync(folder, { recursive: true });
}
