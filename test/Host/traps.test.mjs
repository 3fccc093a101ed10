//===- traps.test.mjs - the table of traps -------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { trapKinds } from '../../host/js/trap-kinds.mjs';
import { parseTrapTable, trapText } from '../../host/js/traps.mjs';
import { trapKindsText } from '../../utils/trap-kinds.mjs';

const source = readFileSync(join(import.meta.dirname, '../../include/meld/Support/Traps.def'), 'utf8');

test('every row of Traps.def is read', () => {
  const rows = parseTrapTable(source);
  assert.equal(rows.length, source.match(/^MELD_TRAP\(/gm).length);
  assert.equal(rows.flatMap((row) => row.suite).length, source.match(/^MELD_TRAP_SUITE\(/gm).length);
  assert.equal(new Set(rows.map((row) => row.number)).size, rows.length, 'numbers are unique');
});

test('what the host has of it is what utils/trap-kinds.mjs makes', () => {
  assert.equal(readFileSync(join(import.meta.dirname, '../../host/js/trap-kinds.mjs'), 'utf8'), trapKindsText(), 'run ./dev docs');
  assert.deepEqual(trapKinds, parseTrapTable(source).map(({ number, id, text }) => ({ number, id, text })));
});

test('the kinds that the host makes itself stand in Traps.def', () => {
  const ids = parseTrapTable(source).map((row) => row.id);
  for (const id of ['CannotEnter', 'Deadlock', 'InvalidChar', 'HostThrew']) assert.ok(ids.includes(id), id);
});

test('the argument stands in the place of %, unsigned', () => {
  const row = parseTrapTable('MELD_TRAP(A, 1, "index %")')[0];
  assert.equal(trapText(row, -1), 'index 4294967295');
});

test('broken tables are refused', () => {
  assert.throws(() => parseTrapTable(''), { message: 'table of traps: it has no rows' });
  assert.throws(() => parseTrapTable('MELD_TRAP_SUITE(A, "x")'), { message: /unknown kind "A"/ });
});
