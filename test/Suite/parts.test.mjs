//===- parts.test.mjs - values, traps, skips and outcomes ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flip } from '../../utils/suite/flip.mjs';
import { judge } from '../../utils/suite/fuser.mjs';
import { reasonDiffers } from '../../utils/suite/reasons.mjs';
import { applySkips, parseSkips } from '../../utils/suite/skips.mjs';
import { trapDiffers } from '../../utils/suite/traps.mjs';
import { differs, parseFloatText, toValue } from '../../utils/suite/values.mjs';

const form = (type, ...args) => ({ type, args });
const constant = (type, word) => ({ type: `${type}.const`, args: [word] });

test('numbers of the text format', () => {
  const numbers = { '0x1p-2': 0.25, '-0x1.8': -1.5, '1_0.5e1': 105, inf: Infinity, '-inf': -Infinity, 'nan:0x1': NaN, '-0': -0 };
  for (const [word, value] of Object.entries(numbers)) assert.ok(Object.is(parseFloatText(word), value), word);
  assert.throws(() => parseFloatText('1x'), { message: '"1x" is not a number' });
  assert.equal(toValue(constant('u64', '0xffff_ffff_ffff_ffff'), 'u64'), 2n ** 64n - 1n);
  assert.equal(toValue(constant('s64', '-0x10'), 's64'), -16n);
  assert.equal(toValue(constant('f32', '0.1'), 'f32'), Math.fround(0.1));
});

test('values are compared exactly, and with their types', () => {
  const point = { record: [['x', 'u8'], ['to-do', { list: 'u8' }]] };
  const fields = [form('field', 'x', 'u8.const', '1'), form('field', 'to-do', 'list.const', constant('u8', '2'))];
  assert.deepEqual(toValue(form('record.const', ...fields), point), { x: 1, toDo: [2] });
  assert.equal(differs(3, 'u32', [constant('u32', '3')]), null);
  assert.equal(differs(NaN, 'f32', [constant('f32', 'nan:canonical')]), null);
  assert.equal(differs(undefined, null, []), null);
  assert.match(differs(-0, 'f64', [constant('f64', '0')]), /expected 0, got -0/);
  assert.match(differs(3, 's32', [constant('u32', '3')]), /expected a result of type u32/);
  assert.match(differs(3, 'u32', []), /expected no result, got 3/);
  assert.match(differs(undefined, null, [constant('u32', '3')]), /expected a result of type u32/);
  assert.throws(() => toValue({ type: 'str.const', args: ['x'] }, 'u8'), { message: '`str.const` is no value of the type "u8"' });
});

const compound = [
  ['string', form('str.const', 'x')],
  [{ list: 'u8' }, form('list.const', constant('u8', '1'))],
  [{ list: 'u8' }, form('list.const')],
  [{ map: ['u8', 'bool'] }, form('list.const', form('tuple.const', constant('u8', '1'), constant('bool', 'true')))],
  [{ tuple: ['u8', 'string'] }, form('tuple.const', constant('u8', '1'), form('str.const', 'x'))],
  [{ record: [['a-b', 'u8']] }, form('record.const', form('field', 'a-b', 'u8.const', '1')), { aB: 1 }],
  [{ flags: ['a', 'b'] }, form('flags.const', 'b')],
  [{ enum: ['a', 'b'] }, form('enum.const', 'b')],
  [{ variant: [['a', 'u8'], ['b', null]] }, form('variant.const', 'a', constant('u8', '1'))],
  [{ option: 'u8' }, form('option.some', constant('u8', '1'))],
  [{ option: { option: 'u8' } }, form('option.some', form('option.none'))],
  [{ result: ['u8', null] }, form('result.ok', constant('u8', '1'))],
];

test('every flipped expectation is a wrong one', () => {
  const words = { bool: 'true', u8: '0', s8: '-128', u64: '0', s64: '-9223372036854775808', f32: 'nan', f64: '-0', char: 'a', u32: '4294967295' };
  for (const [type, word] of Object.entries(words)) {
    const value = toValue(constant(type, word), type);
    const { expected } = flip({ kind: 'assert_return', expected: [constant(type, word)] });
    assert.ok(differs(value, type, expected), type);
  }
  assert.ok(differs(undefined, null, flip({ kind: 'assert_return', expected: [] }).expected));
  for (const [type, form, wanted] of compound) {
    const value = toValue(form, type);
    if (wanted) assert.deepEqual(value, wanted);
    assert.equal(differs(value, type, [form]), null, form.type);
    const { expected } = flip({ kind: 'assert_return', expected: [form] });
    assert.ok(differs(value, type, expected), form.type);
  }
  assert.equal(flip({ kind: 'invoke' }), null);
});

test('traps are compared by kind', () => {
  const kinds = [{ number: 3, id: 'A', text: 'index %', suite: ['wasm trap: other words'] }];
  const trap = { kind: 3, id: 'A', argument: 4, message: 'index 4' };
  for (const text of ['index 4', 'other words', 'wasm trap: other words']) assert.equal(trapDiffers(trap, text, kinds), null);
  assert.match(trapDiffers(trap, 'index 5', kinds), /expected the trap "index 5", got "index 4"/);
  assert.match(trapDiffers(trap, 'unreachable', kinds), /kind 3, A/);
  const own = { kind: 0, id: 'Guest', message: 'unreachable' };
  assert.equal(trapDiffers(own, 'wasm trap: wasm `unreachable` instruction executed', kinds), null);
  assert.match(trapDiffers(own, 'index 4', kinds), /expected the trap/);
  assert.match(trapDiffers({ kind: 99, message: 'unreachable' }, 'unreachable', kinds), /expected the trap/);
});

const result = (line, outcome) => ({ file: 'a/b.wast', line, kind: 'invoke', outcome, message: 'm' });

test('an entry of the skip list makes a skip of a failure, and must not be idle', () => {
  const skips = parseSkips('# note\n\nb.wast:2 too hard\na/b.wast:3 not so\nother.wast all\n');
  const applied = applySkips([result(1, 'fail'), result(2, 'fail'), result(3, 'pass')], skips, 'a/b.wast');
  assert.deepEqual(applied.map(({ line, outcome }) => [line, outcome]), [[1, 'fail'], [2, 'skip'], [3, 'pass'], [3, 'fail']]);
  assert.equal(applied[1].message, 'too hard (m)');
  assert.equal(applied[3].message, 'nothing fails here, but the skip list says: not so');
});

test('an entry for a file holds for its failures only', () => {
  const skips = parseSkips('a/b.wast later');
  assert.deepEqual(applySkips([result(1, 'fail'), result(2, 'pass')], skips, 'a/b.wast').map((r) => r.outcome), ['skip', 'pass']);
  assert.deepEqual(applySkips([result(2, 'pass')], skips, 'a/b.wast').map((r) => r.outcome), ['pass', 'fail']);
  assert.deepEqual(applySkips([result(2, 'fail')], skips, 'aa/b.wast').map((r) => r.outcome), ['fail']);
});

test('an entry for a component holds for those that find no instance of it', () => {
  const skips = parseSkips('a/b.wast:1 later');
  const made = (line, outcome) => ({ ...result(line, outcome), kind: 'component' });
  const undefinedInstance = (line) => ({ ...result(line, 'fail'), kind: 'instance', message: 'no definition $D that was fused' });
  const lost = (line) => ({ ...result(line, 'fail'), message: 'no instance: its directive failed' });
  const outcomes = (results) => applySkips(results, skips, 'a/b.wast').map((r) => r.outcome).join(' ');
  assert.equal(outcomes([made(1, 'fail'), lost(2), result(3, 'fail')]), 'skip skip fail');
  assert.equal(outcomes([made(1, 'fail'), made(2, 'fail'), lost(3)]), 'skip fail fail');
  assert.equal(outcomes([made(1, 'pass'), lost(2)]), 'pass fail fail');
  assert.equal(outcomes([made(1, 'fail'), undefinedInstance(2), lost(3), undefinedInstance(4)]), 'skip skip skip skip');
});

test('an entry needs a reason', () => {
  assert.throws(() => parseSkips('a.wast:1'), { message: /line 1: expected/ });
});

test('only a refusal with a level is a refusal', () => {
  const json = JSON.stringify({ severity: 'error', level: 'invalid', rule: 'r', message: 'm' });
  const end = { code: 1, signal: null, stderr: `warning\n${json}\n`, wroteOutput: false };
  assert.deepEqual(judge(end), { ok: false, level: 'invalid', rule: 'r', message: 'm [r]' });
  assert.equal(judge({ ...end, stderr: json.replace('"m"', '"m [r]"') }).message, 'm [r]');
  assert.deepEqual(judge({ ...end, code: 0, wroteOutput: true }), { ok: true });
  assert.deepEqual(judge({ code: 0, signal: null, stderr: '' }), { ok: true });
  const crashes = [{ code: 0 }, { code: 2 }, { signal: 'SIGSEGV' }, { wroteOutput: true }, { stderr: 'error: no' }, { stderr: '{"severity":"warning","level":"invalid"}' }];
  for (const crash of crashes) assert.equal(judge({ ...end, ...crash }).level, 'crash', JSON.stringify(crash));
});

test('a refusal has the reason that the suite means', () => {
  assert.equal(reasonDiffers('argument-type', 'resource types are not the same'), null);
  assert.equal(reasonDiffers('anything', ''), null);
  assert.match(reasonDiffers('duplicate-name', 'resource types are not the same'), /expected the rule argument-type/);
  assert.match(reasonDiffers('argument-type', 'not: resource types are not the same'), /not in reasons.mjs/);
});
