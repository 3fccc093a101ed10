//===- real.test.mjs - the suite runner with the fuser that was built ----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const inputs = join(import.meta.dirname, 'Inputs');
const linking = join(root, '../shared/suites/component-model/test/linking');

function suite(...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'utils/suite/run.mjs'), ...words], { encoding: 'utf8' });
  return { status, stdout, last: stdout.trim().split('\n').at(-1), all: stdout + stderr };
}

test('components of a file that import each other', () => {
  const run = suite(inputs, '--list');
  assert.equal(run.last, '19 passed, 0 failed, 0 skipped', run.all);
});

test('every wrong expectation fails', () => {
  const run = suite(inputs, '--self-test');
  assert.equal(run.last, '10 passed, 0 failed, 0 skipped', run.all);
  assert.match(run.stdout, /10 wrong expectations, 10 of them of directives that pass as they are/);
});

test('every wrong expectation of linking/ fails', { skip: !existsSync(linking) && 'the suite is not beside this clone' }, () => {
  const run = suite(linking, '--self-test');
  assert.equal(run.status, 0, run.all);
  const [, proven] = /(\d+) of them of directives that pass/.exec(run.stdout) ?? [];
  assert.ok(proven >= 100, run.all);
});
