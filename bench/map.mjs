//===- map.mjs - what an offset map costs --------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node bench/map.mjs COMPONENT.wasm... [--rounds N]
//
// Fuses the components without a map, with `--map`, and with `--map` and debug
// info. Processor seconds of whole processes in interleaved rounds: medians,
// spread, and the ratio to the first line; the sizes of what is written.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '15' } } });
if (positionals.length === 0) throw new Error('usage: map.mjs COMPONENT.wasm... [--rounds N]');
const meld = resolve(import.meta.dirname, '../build/bin/meld');
const folder = mkdtempSync(join(tmpdir(), 'meld-map-'));
const map = ['--map', join(folder, 'out.map')];
const forms = [['without'], ['--map', ...map], ['--map --sections=all', ...map, '--sections=all']];

function secondsOf(words) {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" 2>/dev/null';
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', meld, 'fuse', ...positionals, '-o', join(folder, 'out.wasm'), ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`meld fuse: exit status ${status}`);
  const [user, system] = stderr.trim().split(' ').map(Number);
  return user + system;
}

try {
  const seconds = forms.map(() => []);
  const sizes = [];
  for (let round = 0; round < Number(values.rounds); round++)
    forms.forEach(([, ...words], i) => {
      seconds[i].push(secondsOf(words));
      sizes[i] = [statSync(join(folder, 'out.wasm')).size, words.length ? statSync(join(folder, 'out.map')).size : 0];
    });
  const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  const first = median(seconds[0]);
  for (const [i, [name]] of forms.entries()) {
    const spread = `${Math.min(...seconds[i]).toFixed(3)} to ${Math.max(...seconds[i]).toFixed(3)}`;
    console.log(`${name.padEnd(22)} ${median(seconds[i]).toFixed(3)} s (${spread}), ${(median(seconds[i]) / first).toFixed(2)}; output ${sizes[i][0]}, map ${sizes[i][1]} bytes`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
