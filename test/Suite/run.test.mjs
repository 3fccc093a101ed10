//===- run.test.mjs - the suite runner as a whole ------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { program, signature } from '../Host/program.mjs';

const directory = mkdtempSync(join(tmpdir(), 'meld-suite-test-'));
after(() => rmSync(directory, { recursive: true }));

const escaped = (bytes) => [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');

/// A fused program with `seven: func() -> u32`, `boom` (unreachable), `poison`
/// (a trap with the kind of "cannot enter"), and `stuck`, which has no end.
const bytes = escaped(program(`(module
  (global $k (export "__trap_kind") (mut i32) (i32.const 0)) (global (export "__trap_argument") (mut i32) (i32.const 0))
  (func (export "seven") (result i32) (i32.const 7)) (func (export "boom") unreachable)
  (func (export "poison") (global.set $k (i32.const 1)) unreachable) (func (export "stuck") (loop (br 0))))`,
{ exports: [signature('seven', {}, 'u32'), signature('boom'), signature('poison'), signature('stuck')] }));
const component = `(component binary "${bytes}")\n`;

/// Runs the runner over one file that holds `wast`.
function suite(wast, ...words) {
  const folder = mkdtempSync(join(directory, 'run-'));
  mkdirSync(join(folder, 'area'));
  writeFileSync(join(folder, 'area/case.wast'), wast);
  const root = join(import.meta.dirname, '../..');
  const fuser = `${process.execPath} ${join(import.meta.dirname, 'fake-fuser.mjs')}`;
  const json = join(folder, 'out.json');
  const { status, stdout, stderr } = spawnSync(process.execPath,
    [join(root, 'utils/suite/run.mjs'), folder, '--fuser', fuser, '--json', json, ...words], { encoding: 'utf8' });
  const rows = words.includes('--self-test') ? [] : readFileSync(json, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  return { status, stderr, last: stdout.trim().split('\n').at(-1), stdout, rows, outcomes: rows.map(({ outcome }) => outcome).join(' ') };
}

const good = `${component}(assert_return (invoke "seven") (u32.const 7))
(assert_trap (invoke "boom") "unreachable")
(assert_trap (invoke "poison") "cannot enter component instance")
(component definition $D binary "${bytes}")
(component instance $i $D)
(invoke $i "seven")
(assert_invalid (component binary "invalid") "")
(assert_malformed (component binary "malformed") "")`;

test('a suite that passes', () => {
  const run = suite(good);
  assert.equal(run.last, '9 passed, 0 failed, 0 skipped', run.stdout);
  assert.equal(run.status, 0);
  assert.deepEqual(run.rows[1], { file: 'area/case.wast', line: 2, kind: 'assert_return', outcome: 'pass', message: '' });
  assert.match(run.stdout, /^area +9 +0 +0$/m);
});

const wrong = {
  'another value': [`${component}(assert_return (invoke "seven") (u32.const 8))`, /expected 8, got 7/],
  'another type': [`${component}(assert_return (invoke "seven") (s32.const 7))`, /type s32/],
  'a trap for a value': [`${component}(assert_return (invoke "boom"))`, /trap: unreachable/],
  'a value for a trap': [`${component}(assert_trap (invoke "seven") "unreachable")`, /there was none/],
  'another trap': [`${component}(assert_trap (invoke "boom") "cannot enter component instance")`, /got "unreachable"/],
  'a guest trap for a kind': [`${component}(assert_trap (invoke "poison") "unreachable")`, /CannotEnter/],
  'no such export': [`${component}(invoke "eight")`, /no export "eight"/],
  'no instance': ['(component instance $i $D)(invoke $i "seven")', /no instance/],
  'accepted': [`(component)(assert_invalid (component binary "${bytes}") "x")`, /accepted, but it is invalid/],
  'the other level': ['(assert_malformed (component binary "invalid") "x")', /expected the level malformed/],
  'unsupported is not invalid': ['(assert_invalid (component binary "unsupported") "x")', /got unsupported/],
  'a crash is not a refusal': ['(assert_invalid (component binary "crash") "x")', /exit status 134/],
  'an abort is not a refusal': ['(assert_invalid (component binary "abort") "x")', /SIGABRT/],
  'no output': ['(component binary "silent")', /wrote no output/],
  'a file that is left': ['(component binary "leave")', /left an output file/],
  'text that is refused for another reason': ['(assert_malformed (component quote "(oops)") "zebra")', /expected "zebra", the text is refused for another reason/],
  'another reason': ['(assert_invalid (component binary "invalid") "type mismatch")', /expected the rule operand-type \("type mismatch"\), got r1/],
  'an unknown reason': ['(assert_invalid (component binary "invalid") "zebra")', /"zebra" is not in reasons.mjs/],
  'an unknown form': ['(thread $t)', /unknown form/],
  'register': ['(register "x" $i)', /no instance \$i to register/],
  'a broken file': ['(component', /not closed/],
};
for (const [what, [wast, message]] of Object.entries(wrong))
  test(`fails: ${what}`, () => {
    const run = suite(wast);
    assert.equal(run.status, 1, run.stdout + run.stderr);
    assert.equal(run.rows.at(-1).outcome, 'fail');
    assert.match(run.rows.at(-1).message, message);
  });

test('a component that fails leaves no older instance behind', () => {
  assert.equal(suite(`${component}(component binary "unsupported")(invoke "seven")`).outcomes, 'pass fail fail');
});

test('a list of skips is applied', () => {
  const skips = join(directory, 'skips.txt');
  writeFileSync(skips, 'area/case.wast:1 not yet\n');
  assert.equal(suite('(component binary "unsupported")', '--skips', skips).last, '0 passed, 0 failed, 1 skipped');
  const idle = suite(component, '--skips', skips);
  assert.deepEqual([idle.last, idle.status], ['1 passed, 1 failed, 0 skipped', 1]);
});

test('--print-skips prints a list that fits', () => {
  const wast = '(component binary "unsupported")\n(invoke "f")';
  const printed = suite(wast, '--print-skips').stdout.split('\n').filter((line) => /^area\/case.wast:/.test(line));
  assert.deepEqual(printed, ['area/case.wast:1 unsupported: it is unsupported [r1]', 'area/case.wast:2 no instance: its directive failed']);
  const skips = join(directory, 'printed.txt');
  writeFileSync(skips, printed.join('\n'));
  assert.equal(suite(wast, '--skips', skips).last, '0 passed, 0 failed, 2 skipped');
});

test('the self-test passes where every wrong expectation fails', () => {
  const run = suite(good, '--self-test');
  assert.equal(run.last, '3 passed, 0 failed, 0 skipped', run.stdout);
  assert.match(run.stdout, /3 wrong expectations, 3 of them of directives that pass as they are/);
});

test('the self-test proves nothing where nothing passes', () => {
  assert.equal(suite('(component binary "unsupported")(assert_trap (invoke "f") "x")', '--self-test').status, 1);
});

test('a program without an end fails after the limit, and the rest with it', () => {
  const run = suite(`${component}(invoke "seven")(invoke "stuck")(invoke "seven")`, '--limit', '1');
  assert.equal(run.outcomes, 'pass pass fail fail');
  assert.match(run.rows[2].message, /no end within 1 s/);
});

test('a wrong call of the runner says what is wrong', () => {
  const root = join(import.meta.dirname, '../..');
  const call = (...words) => spawnSync(process.execPath, [join(root, 'utils/suite/run.mjs'), ...words], { encoding: 'utf8' });
  assert.match(call().stderr, /^usage: suite/);
  assert.match(call('nowhere', '--fuser', 'x').stderr, /no such file or folder: nowhere/);
  assert.match(call(directory, '--engine', 'v9').stderr, /unknown engine "v9"/);
  assert.equal(call(directory, '--spec', '2020').status, 2);
});
