//===- mutants.mjs - is the validator of Node's opinion? ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// node mutants.mjs SEED COUNT DIR FILE...: makes COUNT modules in DIR, each one
// of the FILEs with one or two bytes changed, and lets `meld check --core` and
// Node judge them. Prints every difference that no row below explains, then
// how many were judged alike. `./dev mutants` runs it on more.
//
//===---------------------------------------------------------------------===//

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

/// What Node says of modules that are valid all the same.
const nodeRefuses = [
  [/larger than implementation limit/, 'V8 has smaller limits of its own'],
  [/mix of legacy and new exception handling/, 'V8 wants one kind in a module'],
];
/// What we say of modules that Node takes although they are not valid.
const nodeTakes = [
  [/`br_on_non_null` wants a label/, 'V8 takes a label that has no values'],
  [/`resume` has a switch clause of another type/, "V8 does not compare the tag's results with those of `resume`"],
];

const [seed, count, directory, ...files] = process.argv.slice(2);

/// xorshift64, so that a seed gives the same modules everywhere.
let state = (BigInt(seed) + 1n) * 0x9e3779b97f4a7c15n;
function random(bound) {
  state ^= (state << 13n) & 0xffffffffffffffffn;
  state ^= state >> 7n;
  state = (state ^ (state << 17n)) & 0xffffffffffffffffn;
  return Number(state % BigInt(bound));
}

/// Changes a byte behind the preamble.
function mutate(bytes) {
  const anywhere = () => 8 + random(bytes.length - 8);
  const at = anywhere();
  const ways = [
    () => random(256),
    () => bytes[at] ^ (1 << random(8)),
    () => bytes[at] + (random(2) ? 1 : 255),
    () => bytes[anywhere()],
  ];
  bytes[at] = ways[random(ways.length)]() & 255;
}

function whyNot(bytes) {
  try {
    new WebAssembly.Module(bytes);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

const originals = files.map((file) => readFileSync(file));
rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
const mutants = new Map();
for (let i = 0; i < Number(count); i++) {
  const bytes = Buffer.from(originals[random(originals.length)]);
  for (let n = 1 + random(2); n; n--) mutate(bytes);
  const file = `${directory}/${i}.wasm`;
  writeFileSync(file, bytes);
  mutants.set(file, { node: whyNot(bytes) });
}

const check = spawnSync('meld', ['check', '--core', ...mutants.keys()], {
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
if (check.status > 1 || check.signal)
  throw new Error(`meld check ended by ${check.signal ?? check.status}`);
for (const line of check.stderr.split('\n')) {
  const [, name, message] = line.match(/^(?:.*\/)?(\d+\.wasm):\S+ error: (.*)$/) ?? [];
  if (name) mutants.get(`${directory}/${name}`).meld = message;
}

function unexplained(difference) {
  console.log(difference);
  process.exitCode = 1;
}

let alike = 0;
let valid = 0;
for (const [file, { node, meld }] of mutants) {
  if (!node) valid++;
  const explained = (rows, text) => rows.some(([pattern]) => pattern.test(text));
  if (!node === !meld) alike++;
  else if (!explained(node ? nodeRefuses : nodeTakes, node ?? meld))
    unexplained(`${basename(file)}: Node: ${node ?? 'valid'}; Meld: ${meld ?? 'valid'}`);
}
console.log(`${count} modules, at least ${Math.floor((alike / count) * 1000) / 10} % judged alike`);
console.log(valid > count / 20 ? 'enough of them valid' : `only ${valid} valid`);
