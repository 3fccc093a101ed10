//===- stock-passes.test.mjs - MLIR's own passes on every component ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// --cse, --canonicalize and --symbol-dce know nothing of components. What they
// leave of a valid one has to be valid: the verifier takes it, it can be
// written, and the importer's validator takes what was written, with the same
// imports and exports. And they have done something: the IR has fewer ops.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { tool } from '../Stream/tools.mjs';
import { committed, hasSuite, ofExample, ofPackages, ofSuite } from '../Target/Component/components.mjs';

const passes = ['--cse', '--canonicalize', '--symbol-dce'];
/// What a component imports and exports, without what it contains.
function interfaceOf(path) {
  const { imports, exports } = JSON.parse(tool('meld-translate', ['--component-interface-json', path]));
  return { imports, exports };
}

const countLines = (text) => text.toString().split('\n').length;

/// Runs the passes on each component; how many lines of IR they removed.
function checkAll(components) {
  const folder = mkdtempSync(join(tmpdir(), 'meld-stock-'));
  const [before, after] = ['component.wasm', 'after.wasm'].map((name) => join(folder, name));
  let removed = 0;
  const failures = [];
  for (const { name, bytes } of components) {
    try {
      writeFileSync(before, bytes);
      const imported = tool('meld-translate', ['--component-to-mlir', before]);
      const cleaned = tool('meld-opt', [...passes, '-'], { input: imported });
      removed += countLines(imported) - countLines(cleaned);
      tool('meld-translate', ['--mlir-to-component', '-o', after], { input: cleaned });
      assert.deepEqual(interfaceOf(after), interfaceOf(before), 'imports and exports');
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
    }
  }
  rmSync(folder, { recursive: true });
  assert.deepEqual(failures, []);
  return removed;
}

test('the components made for tests', async () => assert.ok(checkAll(await committed()) > 0));
test('the guests of the example', async () => void checkAll(await ofExample()));
test('the components of installed packages', () => void checkAll(ofPackages()));
test('the valid components of the suite', { skip: !hasSuite && 'the suite is not beside this clone' }, async () =>
  assert.ok(checkAll(await ofSuite()) > 0));
