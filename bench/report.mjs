//===- report.mjs - how a bench measures and shows -----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
export const bin = (name) => join(root, 'build/bin', name);

/// Numbers of several rounds: median, least and most.
export function summary(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], least: sorted[0], most: sorted.at(-1) };
}

/// Millions of instructions of one run of `command`, by callgrind; undefined if it
/// took longer than `bound` seconds.
export function countInstructions([...command], { valgrind = 'valgrind', bound = 150 } = {}) {
  const words = ['--tool=callgrind', '--callgrind-out-file=/dev/null', ...command];
  const { status, stderr, error } = spawnSync(valgrind, words, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], timeout: bound * 1e3 });
  if (error && error.code !== 'ETIMEDOUT') throw error;
  if (status) throw new Error(stderr);
  const [, count] = /refs:\s+([\d,]+)/.exec(stderr) ?? [];
  return count && Number(count.replaceAll(',', '')) / 1e6;
}

/// Three digits, as far as the number has them.
export const shown = (number) => (number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(2));
export const spread = ({ least, most }) => `${shown(least)}-${shown(most)}`;
export const megabytes = (bytes) => shown(bytes / 1e6);

export function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

/// The machine, in general terms.
export function machine() {
  const cores = availableParallelism();
  return `${cores} core${cores > 1 ? 's' : ''} (${process.arch}), load ${loadavg()[0].toFixed(1)}, Node ${process.versions.node}`;
}

/// Bars with a logarithmic scale, as SVG: rows are { name, value, text }.
export function bars(title, rows) {
  const [height, left, width] = [22, 210, 360];
  const logs = rows.map(({ value }) => Math.log10(value));
  const from = Math.floor(Math.min(...logs)), to = Math.max(...logs);
  const escape = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
  const bar = ({ name, value, text }, i) => {
    const [y, long] = [40 + i * height, Math.max(2, ((Math.log10(value) - from) / (to - from || 1)) * width)];
    const fill = name.startsWith('meld') ? '#2b6cb0' : '#a0aec0';
    return `<text x="${left - 8}" y="${y + 13}" text-anchor="end">${escape(name)}</text>` +
      `<rect x="${left}" y="${y}" width="${long.toFixed(1)}" height="16" fill="${fill}"/>` +
      `<text x="${(left + long + 6).toFixed(1)}" y="${y + 13}">${escape(text)}</text>`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="${50 + rows.length * height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="10" y="22" font-size="14">${escape(title)}</text>
${rows.map(bar).join('\n')}
</svg>
`;
}

/// Replaces what stands in docs/Performance.md between the comments
/// `<!-- NAME -->` and `<!-- /NAME -->`.
export function writeDocs(name, text) {
  const file = join(root, 'docs/Performance.md');
  const [before, after] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const old = readFileSync(file, 'utf8');
  const [from, to] = [old.indexOf(before), old.indexOf(after)];
  if (from < 0 || to < from) throw new Error(`docs/Performance.md has no place for ${name}`);
  writeFileSync(file, `${old.slice(0, from + before.length)}\n${text.trim()}\n\n${old.slice(to)}`);
}
