//===- round-trip.test.mjs - import, export, import ----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// For every component at hand:
// - import, export, import gives the same IR, names included;
// - both have as many definitions of each kind, and wasm-tools prints the same
//   text of both, where it can print them;
// - text, bytecode, text gives the same IR.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { tool } from '../../Stream/tools.mjs';
import { committed, hasSuite, ofExample, ofPackages, ofSuite } from './components.mjs';
import { normalText, sectionCounts } from './print.mjs';

/// The IR without places: they are in two files.
const withoutPlaces = (text) => text.replace(/#wasm\.at<"[^"]*", 0x[0-9a-f]+>/g, '#wasm.at<_>');

const importIr = (path) => tool('meld-translate', ['--component-to-mlir', '--mlir-print-debuginfo', path]);

async function checkText(name, before, after) {
  assert.equal(sectionCounts(after), sectionCounts(before), `${name}: definitions per section`);
  let text;
  try {
    text = await normalText(before);
  } catch {
    return; // the counts agree
  }
  assert.equal(await normalText(after), text, `${name}: text by wasm-tools`);
}

async function checkRoundTrip(folder, { name, bytes }) {
  const path = join(folder, 'component.wasm');
  writeFileSync(path, bytes);
  const imported = importIr(path);
  const again = join(folder, 'again/component.wasm');
  tool('meld-translate', ['--mlir-to-component', '-o', again], { input: imported });
  assert.equal(withoutPlaces(importIr(again).toString()), withoutPlaces(imported.toString()), `${name}: IR`);
  await checkText(name, bytes, readFileSync(again));
  const bytecode = tool('meld-opt', ['--emit-bytecode', '-'], { input: imported });
  const text = tool('meld-opt', ['--mlir-print-debuginfo', '-'], { input: bytecode });
  assert.equal(text.toString(), tool('meld-opt', ['--mlir-print-debuginfo', '-'], { input: imported }).toString(), `${name}: bytecode`);
}

async function checkAll(components) {
  const folder = mkdtempSync(join(tmpdir(), 'meld-round-trip-'));
  mkdirSync(join(folder, 'again'));
  const failures = [];
  for (const component of components) {
    try {
      await checkRoundTrip(folder, component);
    } catch (error) {
      failures.push(`${component.name}: ${error.message}`);
    }
  }
  rmSync(folder, { recursive: true });
  assert.deepEqual(failures, []);
}

const nonempty = (components) => (assert.ok(components.length), components);

test('the components made for it', async () => checkAll(nonempty(await committed())));
test('the guests of the example', async () => checkAll(nonempty(await ofExample())));
test('the components of installed packages', async () => checkAll(ofPackages()));
test('the valid components of the suite', { skip: !hasSuite && 'the suite is not beside this clone' }, async () => {
  const components = await ofSuite();
  assert.equal(components.length, 286);
  await checkAll(components);
});
