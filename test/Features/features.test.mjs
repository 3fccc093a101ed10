//===- features.test.mjs - every proposal through fuse, and run ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Inputs/NAME.wat uses one proposal of the table of instructions in two core
// modules and three instances, so all of its indices change in the merge. The
// expected numbers are worked out in comments there.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test, { after } from 'node:test';
import { toBinary } from '../../utils/suite/binaries.mjs';
import { root, tool } from '../Stream/tools.mjs';

/// What `run` gives, and which of the two engines has the proposal.
const features = {
  'bulk': { run: 260 },
  'exceptions': { run: 1110 },
  'extended-const': { run: 2051 },
  'gc': { run: 21438 },
  'legacy-exceptions': { run: 1110 },
  'memory64': { run: 351, without: 'binaryen' }, // it asserts that both memories of `memory.copy` have one address type
  'multi-memory': { run: 452 },
  'page-size': { run: 66, without: 'node' },
  'relaxed-simd': { run: 123 },
  'simd': { run: 811 },
  'stack-switching': { run: 339, flags: ['--experimental-wasm-wasmfx'] },
  'table64': { run: 841 },
  'tail-calls': { run: 12200014 },
  'threads': { run: 1112 },
  'typed-references': { run: 1116 },
  'wide-arithmetic': { run: 306, without: 'node' },
};

const inputs = join(import.meta.dirname, 'Inputs');
const directory = mkdtempSync(join(tmpdir(), 'meld-features-'));
after(() => rmSync(directory, { recursive: true }));

function node(words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  assert.equal(status, 0, stderr.slice(0, 1000));
  return stdout;
}

/// V8. It takes flags at the start only, so then in a process of its own.
async function runInNode(file, flags) {
  if (!flags) {
    const { instance } = await WebAssembly.instantiate(readFileSync(file));
    return instance.exports.run();
  }
  const code = `WebAssembly.instantiate(require('fs').readFileSync(process.argv[1]))
    .then(({ instance }) => console.log(instance.exports.run()))`;
  return Number(node([...flags, '-e', code, file]));
}

/// Binaryen's interpreter calls every export.
function runInBinaryen(file) {
  const output = node([join(root, 'node_modules/binaryen/bin/wasm-opt'), '-all', '--fuzz-exec', file]);
  return Number(/note result: run => (-?\d+)/.exec(output)?.[1]);
}

test('every input has its result', () => {
  assert.deepEqual(readdirSync(inputs).map((file) => basename(file, '.wat')).sort(), Object.keys(features).sort());
});

for (const [name, { run, without, flags }] of Object.entries(features))
  test(name, async () => {
    const component = join(directory, `${name}.wasm`), fused = join(directory, `${name}.fused.wasm`);
    writeFileSync(component, await toBinary({ text: readFileSync(join(inputs, `${name}.wat`), 'utf8') }));
    tool('meld', ['fuse', component, '-o', fused, '--verify=full']);
    tool('meld', ['check', '--core', fused]); // which validates the copies
    tool('copy-changes', [component]);
    if (without !== 'binaryen') assert.equal(runInBinaryen(fused), run);
    if (without !== 'node') assert.equal(await runInNode(fused, flags), run);
    tool('meld', ['fuse', component, '-o', fused, '--verify=full', '--strip-dead']);
    assert.equal(without === 'node' ? runInBinaryen(fused) : await runInNode(fused, flags), run);
  });
