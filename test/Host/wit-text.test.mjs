//===- wit-text.test.mjs - types in the words of WIT ---------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { witText } from '../../host/js/wit-text.mjs';
import { tool } from '../Stream/tools.mjs';
import { program, signature } from './program.mjs';

/// [type, how it is written]
const rows = [
  ['u8', 'u8'],
  ['string', 'string'],
  ['error-context', 'error-context'],
  [{ list: 'string' }, 'list<string>'],
  [{ list: { list: 'u8' } }, 'list<list<u8>>'],
  [{ list: 'u8', length: 4 }, 'list<u8, 4>'],
  [{ length: 4, list: 'u8' }, 'list<u8, 4>'],
  [{ map: ['string', { list: 'u8' }] }, 'map<string, list<u8>>'],
  [{ tuple: ['u8', { option: 'char' }] }, 'tuple<u8, option<char>>'],
  [{ option: { option: 'u8' } }, 'option<option<u8>>'],
  [{ result: [null, null] }, 'result'],
  [{ result: ['u8', null] }, 'result<u8>'],
  [{ result: [null, 'string'] }, 'result<_, string>'],
  [{ result: ['u8', 'string'] }, 'result<u8, string>'],
  [{ stream: null }, 'stream'],
  [{ stream: 'u8' }, 'stream<u8>'],
  [{ future: { list: 's64' } }, 'future<list<s64>>'],
  [{ own: 'counter' }, 'own<counter>'],
  [{ list: { borrow: 'counter' } }, 'list<borrow<counter>>'],
  [{ record: [['x', 'u8'], ['to-do', { list: 'string' }]] }, 'record { x: u8, to-do: list<string> }'],
  [{ variant: [['none', null], ['some', { option: 'char' }]] }, 'variant { none, some(option<char>) }'],
  [{ flags: ['p', 'q'] }, 'flags { p, q }'],
  [{ enum: ['up', 'down'] }, 'enum { up, down }'],
];

for (const [type, text] of rows) test(`${JSON.stringify(type)} in WIT`, () => assert.equal(witText(type), text));

test('`meld inspect` writes them so, too', () => {
  const directory = mkdtempSync(join(tmpdir(), 'meld-wit-'));
  try {
    const file = join(directory, 'all.wasm');
    writeFileSync(file, program('(module)', { exports: rows.map(([type], i) => signature(`f${i}`, { x: type })) }));
    const printed = tool('meld', ['inspect', file]).toString();
    for (const [i, [, text]] of rows.entries()) assert.ok(printed.includes(`  f${i}: func(x: ${text})\n`), text);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('one that is exponentially longer than its definition is cut', () => {
  let type = 'u8';
  for (let i = 0; i < 100; i++) type = { record: [['left', type], ['right', type]] };
  const text = witText(type);
  assert.match(text, /^record \{ left: record \{ left: .*\.\.\.$/);
  assert.equal(text.length, 403);
});
