//===- tools.mjs - build, fuse and run the stream example ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildGuests } from '../../examples/stream/build.mjs';
import { instantiate } from '../../host/js/meld-host.mjs';

export const root = resolve(import.meta.dirname, '../..');
const tools = process.env.MELD_TOOLS ?? join(root, 'build/bin');

/// Runs a tool of Meld; the path of each is `build/bin/NAME`, or below
/// MELD_TOOLS. Returns { status, stdout, stderr }, the output as a Buffer.
export function tryTool(name, words, { input, cwd } = {}) {
  const { status, stdout, stderr, error } = spawnSync(join(tools, name), words, { input, cwd, maxBuffer: 1 << 28 });
  if (error) throw error;
  return { status, stdout, stderr: stderr.toString() };
}

/// The same, for a call that has to succeed. Returns what it printed.
export function tool(name, words, more) {
  const { status, stdout, stderr } = tryTool(name, words, more);
  if (status !== 0) throw new Error(`${name} ${words.join(' ')}: exit status ${status}\n${stderr}`);
  return stdout;
}

/// A temporary folder with the guests in it, and a function that removes it.
export async function withGuests(options) {
  const directory = mkdtempSync(join(tmpdir(), 'meld-stream-'));
  const guests = await buildGuests(directory, options);
  return { directory, guests, remove: () => rmSync(directory, { recursive: true }) };
}

/// Fuses the guests into `output` with more options.
export function fuse({ producer, consumer }, output, ...words) {
  tool('meld', ['fuse', producer, consumer, '-o', output, ...words]);
  return output;
}

/// Instantiates a fused program.
export const load = (path) => instantiate(readFileSync(path));

/// `run` of the plain module: (n, outChunk, inChunk) -> checksum.
export async function plainRun(path) {
  const { instance } = await WebAssembly.instantiate(readFileSync(path));
  return (...args) => BigInt.asUintN(64, instance.exports.run(...args));
}

export const sizes = [0, 1, 4095, 4096, 1000000];
export const chunks = [1, 7, 4096, 65536];
