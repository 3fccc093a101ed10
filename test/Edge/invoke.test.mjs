//===- invoke.test.mjs - meld run with values in text --------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Session } from '../../host/js/invoke.mjs';
import { buildC } from '../Guests/build.mjs';
import { root, tool } from '../Stream/tools.mjs';

let directory;
before(() => (directory = mkdtempSync(join(tmpdir(), 'meld-invoke-'))));
after(() => rmSync(directory, { recursive: true }));

function meldRun(file, ...words) {
  const env = { ...process.env, MELD_NODE: process.execPath };
  const { status, stdout, stderr } = spawnSync(join(root, 'build/bin/meld'), ['run', file, ...words], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}
const prints = (file, words, stdout) => assert.deepEqual(meldRun(file, ...words), { status: 0, stdout, stderr: '' });
const fails = (file, words, stderr) => {
  const got = meldRun(file, ...words);
  assert.equal(got.status, 1);
  assert.match(got.stderr, stderr);
};

describe('resources', () => {
  let counter;
  before(async () => {
    counter = join(directory, 'fused-counter.wasm');
    tool('meld', ['fuse', await buildC(directory, 'counter', 'counter'), '-o', counter]);
  });
  const counters = 'test:counter/counters';

  test('are made, asked, lent and given away in one run', () => {
    prints(counter, [
      '--invoke', `${counters}#[constructor]counter`, 'one', '5',
      '--invoke', `${counters}#[method]counter.step`, 'counter#1', '2',
      '--invoke', 'counter.step(#1, 3)',
      '--invoke', 'counter("two", 1)',
      '--invoke', 'counter.merge', '#1', '#2',
      '--invoke', 'counter.name(counter#3)',
      '--invoke', 'make', '["x", "y"]',
      '--invoke', 'counter.count-all',
      '--drop', 'counter#3', '--drop', '#4',
      '--invoke', 'counter.count-all()',
    ], 'counter#1\n7\n10\ncounter#2\ncounter#3\n"onetwo"\n[counter#4, counter#5]\n4\n2\n');
  });

  test('that are not there are refused', () => {
    fails(counter, ['--invoke', 'counter.step', '#1', '2'], /argument "self" cannot be read as borrow<counter>: there is no handle #1 \(at 1:1\)\n$/);
    fails(counter, ['--invoke', 'counter("a", 1)', '--drop', '#1', '--invoke', 'counter.name', '#1'], /given away or dropped/);
    fails(counter, ['--invoke', 'counter.stop'], /no export "counter.stop"; the program exports: .*counter\.step/);
    fails(counter, ['--invoke', 'counter.step(#1)'], /the arguments of ".*counter\.step" \(self: borrow<counter>, by: u32\) cannot be read: /);
    fails(counter, ['--invoke', 'make'], /^meld run: "make" takes names: list<string>\n$/);
    fails(counter, ['--invoke', 'make', '["x"'], /^meld run: argument "names" cannot be read as list<string>: wanted "," or "]", found the end \(at 1:5\)\n$/);
    fails(counter, ['--invoke', 'counter.count-all()', 'x'], /unexpected "x"/);
    fails(counter, ['--invoke'], /--invoke wants the name of an export/);
    fails(counter, ['--drop'], /^meld run: --drop wants a handle\n$/);
    fails(counter, ['--drop', '#1'], /there is no handle #1 /);
    fails(counter, ['--invoke', 'counter("a", 1)', '--drop', 'wrong#1'], /there is no handle wrong#1 \(at 1:1\)/);
    fails(counter, ['--invoke', 'counter("a", 1)', '--drop', '#1', '--drop', '#1'], /#1 was given away or dropped/);
    fails(counter, ['--wrong'], /unexpected "--wrong"\nusage: meld run FILE /);
  });
});

/// [type, the text of a value, as it is printed]
const values = [
  ['u8', '255', '255'],
  ['s64', ' -9223372036854775808 ', '-9223372036854775808'],
  ['f32', '0.1', '0.1'],
  ['f32', '1.00000017881393432617187499', '1.0000001'],
  ['f32', '1.000000178813934326171875', '1.0000002'],
  ['f32', '-1.6777217000000000000000000001e7', '-16777218'],
  ['f32', '340282356779733661637539395458142568447', '3.4028235e+38'],
  ['f32', '340282356779733661637539395458142568448', 'inf'],
  ['f32', '7.006492321624085e-46', '0'],
  ['f32', '7.0064923216240854e-46', '1e-45'],
  ['f32', '-0.0', '-0'],
  ['f64', '-inf', '-inf'],
  ['f64', 'nan', 'nan'],
  ['f64', '1e21', '1e+21'],
  ['char', "'\\u{1F370}'", "'\u{1f370}'"],
  ['char', "'\\''", "'\\''"],
  ['string', '"a\\tb\\u{0}\\\\"', '"a\\tb\\u{0}\\\\"'],
  ['string', 'as it is', '"as it is"'],
  ['string', ' as it is', '" as it is"'],
  ['string', ' // one\n "a" ', '"a"'],
  ['char', ' ', "' '"],
  ['char', " 'a'", "'a'"],
  ['string', '"""\n  two\n   "lines"\\n\n  """', '"two\\n \\"lines\\"\\n"'],
  ['string', '"""\n"""', '""'],
  ['string', '"""\n\n"""', '""'],
  ['string', '"""\r\n  a\r\n\r\n  b \\\\\r\n  """', '"a\\n\\nb \\\\"'],
  [{ option: 'u8' }, '5', 'some(5)'],
  [{ option: { option: 'u8' } }, 'some(none)', 'some(none)'],
  [{ option: { enum: ['none', 'b'] } }, '%none', 'some(%none)'],
  [{ result: ['u8', null] }, '5', 'ok(5)'],
  [{ result: ['u8', null] }, 'err', 'err'],
  [{ result: [null, null] }, 'ok', 'ok'],
  [{ record: [['a', { option: 'u8' }], ['b-c', { option: 'u8' }]] }, '{:}', '{a: none, b-c: none}'],
  [{ record: [['a', { option: 'u8' }], ['b-c', 'u8']] }, '{b-c: 1,}', '{a: none, b-c: 1}'],
  [{ flags: ['a', 'true'] }, '{%true, a}', '{a, %true}'],
  [{ variant: [['ok', { list: 'u8' }], ['b', null]] }, 'ok([1, 2,])', '%ok([1, 2])'],
  [{ list: { tuple: ['u8', 'bool'] } }, '[(1, true), // one\n (2, false)]', '[(1, true), (2, false)]'],
];
/// [type, text, what is said]
const wrong = [
  ['u8', '256', /256 is no u8 \(at 1:1\)/],
  ['u8', '1.5', /wanted an integer of type u8, found "1.5" \(at 1:1\)/],
  ['s8', '-129', /-129 is no s8/],
  ['bool', 'yes', /wanted true or false/],
  ['char', "'ab'", /wanted one character, found 2/],
  ['char', "'\\u{d800}'", /wanted an escape of a character/],
  ['string', '"a\\q"', /wanted an escape of a character.*found "\\\\q\\"" \(at 1:3\)/],
  ['string', '"""\n a\n   \\q\n """', /wanted an escape.*found "\\\\q\\n \\"\\"\\"" \(at 3:4\)/],
  ['string', '"""\n\u00a0\n  """', /a line begins further left than the """ at its end \(at 2:1\)/],
  ['string', '"""\n a\nb\n """', /a line begins further left than the """ at its end \(at 3:1\)/],
  ['string', '"a', /wanted ", found the end \(at 1:3\)/],
  ['string', '"""\n  a\n b\n  """', /further left/],
  [{ list: 'u8' }, '[1,\n 2 3]', /wanted "," or "\]", found "3\]" \(at 2:4\)/],
  [{ record: [['a', 'u8']] }, '{b: 1}', /there is no field "b" \(at 1:2\)/],
  [{ record: [['a', 'u8']] }, '{:}', /the field "a" is missing/],
  [{ flags: ['a'] }, '{a, a}', /the flag "a" is given twice \(at 1:5\)/],
  [{ enum: ['a', 'b'] }, 'c', /there is no case "c"; wanted a, b \(at 1:1\)/],
  [{ tuple: ['u8', 'u8'] }, '(1)', /wanted 2 values, found 1/],
  [{ result: ['u8', null] }, 'err(1)', /wanted the end/],
];

test('what stands behind a call is not part of its name', async () => {
  const perform = (name) => echo('u8').perform({ word: '--invoke', name, args: [] });
  assert.equal(await perform('f (1) // one'), '1');
  await assert.rejects(perform('f(1)x'), { message: /the arguments of "f" \(x: u8\) cannot be read: wanted the end, found "x" \(at 1:5\)/ });
  assert.equal(await perform(' f (1)'), await perform('f(1)'));
  await assert.rejects(perform('f(1'), { message: /cannot be read: wanted "," or "\)", found the end/ });
});

/// Whether text stands for itself, which it does outside of brackets only.
const isBare = (type, text) => (type === 'string' || type === 'char') && !/["']/.test(text);

/// A session with a function that gives back what it takes.
function echo(type) {
  const entry = { name: 'f', interface: null, params: [{ name: 'x', type }], result: type };
  return new Session({ exports: [entry] }, { f: (x) => x });
}

for (const [type, text, printed] of values)
  test(`${JSON.stringify(type)}: ${text}`, async () => {
    assert.equal(await echo(type).perform({ word: '--invoke', name: 'f', args: [text] }), printed);
    if (!isBare(type, text))
      assert.equal(await echo(type).perform({ word: '--invoke', name: `f(${text})`, args: [] }), printed);
    assert.equal(await echo(type).perform({ word: '--invoke', name: 'f', args: [printed] }), printed);
  });

for (const [type, text, message] of wrong)
  test(`${JSON.stringify(type)} is not ${text}`, async () => {
    await assert.rejects(echo(type).perform({ word: '--invoke', name: 'f', args: [text] }), { message });
  });
