//===- values.test.mjs - values of every type, in memory and as text -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { addressOf } from '../../host/js/addresses.mjs';
import { instantiate } from '../../host/js/meld-host.mjs';
import { Side } from '../../host/js/side.mjs';
import { valueType } from '../../host/js/values.mjs';
import { parseWave, printWave } from '../../host/js/wave.mjs';
import { program, signature } from './program.mjs';

/// A memory with a realloc that gives room one behind the other.
function side(encoding = 'utf8', address = 'i32') {
  const [size, number] = address === 'i64' ? [1n, BigInt] : [1, Number];
  const memory = new WebAssembly.Memory({ initial: size, address });
  let next = 1024;
  const realloc = (old, oldBytes, alignment, bytes) => {
    assert.ok([old, oldBytes, alignment, bytes].every((each) => each === number(each)));
    const at = Math.ceil(next / Number(alignment)) * Number(alignment);
    next = at + Number(bytes);
    return number(at);
  };
  return new Side(memory, realloc, encoding, undefined, addressOf(address));
}

// A type, its size, its core types, a value, and the value as text.
const rows = [
  ['string', 8, ['i32', 'i32'], 'x\u00e9\u2603\u{1f370}"', '"x\u00e9\u2603\u{1f370}\\""'],
  [{ list: 'u8' }, 8, ['i32', 'i32'], new Uint8Array([1, 2]), '[1, 2]'],
  [{ list: 's64' }, 8, ['i32', 'i32'], new BigInt64Array([-1n]), '[-1]'],
  [{ list: 'string' }, 8, ['i32', 'i32'], ['a', ''], '["a", ""]'],
  [{ length: 2, list: 'string' }, 16, ['i32', 'i32', 'i32', 'i32'], ['a', 'b'], '["a", "b"]'],
  [{ length: 3, list: 'u8' }, 3, ['i32', 'i32', 'i32'], [1, 2, 3], '[1, 2, 3]'],
  [{ map: ['string', 'u8'] }, 8, ['i32', 'i32'], new Map([['a', 1], ['b', 2]]), '[("a", 1), ("b", 2)]'],
  [{ record: [['a', 'u8'], ['long-name', 'u32'], ['c', 'u8']] }, 12, ['i32', 'i32', 'i32'], { a: 1, longName: 2, c: 3 }, '{a: 1, long-name: 2, c: 3}'],
  [{ tuple: ['u8', 'f64'] }, 16, ['i32', 'f64'], [1, -0], '(1, -0)'],
  [{ flags: ['r', 'w-x'] }, 1, ['i32'], { r: false, wX: true }, '{w-x}'],
  [{ record: [['a1', 'u8'], ['a-1', 'u8'], ['b-c', 'u8']] }, 3, ['i32', 'i32', 'i32'], { a1: 1, 'a-1': 2, bC: 3 }, '{a1: 1, a-1: 2, b-c: 3}'],
  [{ flags: ['a-BC', 'a-b-c', 'd-e'] }, 1, ['i32'], { 'a-BC': false, 'a-b-c': true, dE: true }, '{a-b-c, d-e}'],
  [{ enum: ['a', 'b'] }, 1, ['i32'], 'b', 'b'],
  [{ variant: [['i', 'u32'], ['f', 'f32'], ['w', 'u64'], ['n', null]] }, 16, ['i32', 'i64'], { tag: 'f', val: 1.5 }, 'f(1.5)'],
  [{ variant: [['i', 'u32'], ['n', null]] }, 8, ['i32', 'i32'], { tag: 'n' }, 'n'],
  [{ option: 'char' }, 8, ['i32', 'i32'], 'x', "some('x')"],
  [{ option: 'char' }, 8, ['i32', 'i32'], undefined, 'none'],
  [{ option: { option: 'u8' } }, 3, ['i32', 'i32', 'i32'], { tag: 'some', val: undefined }, 'some(none)'],
  [{ result: ['f64', 'u8'] }, 16, ['i32', 'i64'], { tag: 'err', val: 7 }, 'err(7)'],
  [{ result: [null, null] }, 1, ['i32'], { tag: 'ok' }, 'ok'],
];

function checkCodec(codec, size, flat, value, address) {
  assert.equal(codec.size, size);
  assert.deepEqual(codec.flat, flat);
  for (const encoding of ['utf8', 'utf16', 'latin1+utf16']) {
    const memory = side(encoding, address);
    codec.store(memory, 64, codec.read(value, memory));
    assert.deepEqual(codec.load(memory, 64), value);
    const cores = [];
    codec.lower(codec.read(value, memory), (core) => cores.push(core), memory);
    assert.deepEqual(cores.map((core) => typeof core), flat.map((core) => (core === 'i64' ? 'bigint' : 'number')));
    assert.deepEqual(codec.lift(() => cores.shift(), memory), value);
  }
}

for (const [type, size, flat, value, text] of rows) {
  const shown = JSON.stringify(type);
  test(`${shown} in memory and in core values`, () => checkCodec(valueType(type, 'f'), size, flat, value));
  test(`${shown} as text`, () => {
    assert.equal(printWave(value, type), text);
    assert.equal(printWave(parseWave(text, type), type), text);
  });
}

test('what every object inherits is no field and no flag; what its class computes is', () => {
  const given = (type, value) => {
    const cores = [];
    const codec = valueType(type, 'f');
    codec.lower(codec.read(value, side()), (core) => cores.push(core), side());
    return cores;
  };
  const options = { record: [['constructor', { option: 'u8' }], ['value-of', { option: 'u8' }]] };
  assert.deepEqual(given(options, {}), [0, 0, 0, 0]);
  assert.deepEqual(given(options, { constructor: 1, valueOf: 2 }), [1, 1, 1, 2]);
  class Point {
    get x() { return 5; }
    toString() { return 'point'; }
  }
  assert.deepEqual(given({ record: [['x', 'u8'], ['to-string', { option: 'u8' }]] }, new Point()), [5, 0, 0]);
  assert.deepEqual(given({ flags: ['constructor', 'b'] }, { b: true }), [2]);
  let reads = 0;
  class Counter {
    get x() { return ++reads; }
  }
  assert.deepEqual(given({ record: [['x', 'u8']] }, new Counter()), [1]);
});

test('a list of fixed length may be long', () => {
  const codec = valueType({ list: 'u8', length: 200000 }, 'f');
  assert.deepEqual([codec.size, codec.alignment, codec.flat.length], [200000, 1, 17]);
  const cores = [];
  codec.lower(codec.read(new Uint8Array(200000).fill(7)), (core) => cores.push(core), side());
  assert.equal(cores[199999], 7);
});

// The same in a memory with 64-bit addresses.
const wideRows = [
  ['string', 16, ['i64', 'i64'], 'x\u2603'],
  [{ list: { tuple: ['u8', 'string'] } }, 16, ['i64', 'i64'], [[1, 'a'], [2, '']]],
  [{ map: ['u8', 'string'] }, 16, ['i64', 'i64'], new Map([[1, 'a'], [2, '']])],
  [{ record: [['a', 'u8'], ['b', 'string'], ['c', 'u8']] }, 32, ['i32', 'i64', 'i64', 'i32'], { a: 1, b: 'x', c: 3 }],
  [{ variant: [['n', 'u32'], ['s', 'string'], ['f', 'f32']] }, 24, ['i32', 'i64', 'i64'], { tag: 'f', val: -1.5 }],
  [{ variant: [['n', 's32'], ['s', 'string']] }, 24, ['i32', 'i64', 'i64'], { tag: 'n', val: -1 }],
  [{ result: ['f64', { list: 'u8' }] }, 24, ['i32', 'i64', 'i64'], { tag: 'err', val: new Uint8Array([1]) }],
  [{ option: 'u32' }, 8, ['i32', 'i32'], 7],
];

for (const [type, size, flat, value] of wideRows)
  test(`${JSON.stringify(type)} with 64-bit addresses`, () => checkCodec(valueType(type, 'f', addressOf('i64')), size, flat, value, 'i64'));

test('a list of fixed length costs what its values do', () => {
  const codec = valueType({ list: 'string', length: 2 ** 28 }, 'f');
  assert.deepEqual([codec.size, codec.alignment, codec.flat], [2 ** 31, 4, Array(17).fill('i32')]);
  assert.throws(() => codec.read(['a']), { name: 'TypeError', message: /list of 268435456/ });
  const pair = valueType({ list: { tuple: ['u8', 'u16'] }, length: 2 }, 'f');
  assert.deepEqual([pair.size, pair.alignment, pair.flat.length], [8, 2, 4]);
  assert.throws(() => pair.read([[1, 2], [3, -1]]), { path: '[1][1]' });
});

test('an unknown type of addresses is refused', () => {
  assert.throws(() => addressOf('i128', 'function "f"'), /function "f": this host does not know memories with addresses of type `i128`/);
});

test('a long text in each encoding', () => {
  for (const encoding of ['utf8', 'utf16', 'latin1+utf16'])
    for (const text of ['h\u00e9'.repeat(5000), 'h\u2603'.repeat(5000)]) {
      const codec = valueType('string', 'f');
      const memory = side(encoding);
      codec.store(memory, 64, codec.read(text, memory));
      assert.equal(codec.load(memory, 64), text);
    }
});

test('a text is encoded in little more room than it takes', () => {
  const strings = new URL('../../host/js/strings.mjs', import.meta.url);
  for (const [encoding, units] of [['utf8', 'h'], ['utf16', 'h'], ['latin1+utf16', '\u00e9']]) {
    const side = `{ encoding: '${encoding}', address: { utf16Mark: 2 ** 31 }, allocate: () => 0, bytes: (at, length) => new Uint8Array(length) }`;
    const code = `import { lowerString } from '${strings}'; console.log(lowerString(${side}, '${units}'.repeat(8e6))[1]);`;
    const { stdout } = spawnSync(process.execPath, ['--max-old-space-size=40', '--input-type=module', '--eval', code]);
    assert.equal(`${stdout}`, '8000000\n', encoding);
  }
});

test('latin1 is used where it does', () => {
  const codec = valueType('string', 'f');
  const lowered = (text) => {
    const cores = [];
    codec.lower(text, (core) => cores.push(core >>> 0), side('latin1+utf16'));
    return cores[1];
  };
  assert.equal(lowered('h\u00e9'), 2);
  assert.equal(lowered('\u2603'), 0x80000001);
});

const trapping = [
  ['string', [64, 2], [0xc3, 0x28], 'InvalidUtf8'],
  ['string', [64, 1], [0xc3], 'IncompleteUtf8'],
  ['string', [0xfffe, 3], [], 'StringOutOfBounds'],
  [{ list: 'u32' }, [2, 1], [], 'UnalignedPointer'],
  [{ list: 'u32' }, [0xfffc, 2], [], 'ListOutOfBounds'],
  [{ list: 'u64' }, [0, 0x4000000], [], 'ListTooLong'],
  [{ enum: ['a', 'b'] }, [2], [], 'InvalidDiscriminant'],
  ['char', [0xd800], [], 'InvalidChar'],
];
for (const [type, cores, bytes, id] of trapping)
  test(`${JSON.stringify(type)} traps with ${id}`, () => {
    const memory = side();
    memory.bytes(64, bytes.length).set(bytes);
    const rest = [...cores];
    assert.throws(() => valueType(type, 'f').lift(() => rest.shift(), memory), { id });
  });

const refused = [
  [{ record: [['a', 'u8']] }, {}, /lacks its field "a"/],
  [{ enum: ['a'] }, 'b', /enum of a/],
  [{ variant: [['a', null]] }, { tag: 'b' }, 'expected a value of type variant of a (an object { tag, val }), got string "b"'],
  [{ variant: [['a', null]] }, 'a', 'expected a value of type variant of a (an object { tag, val }), got string "a"'],
  [{ result: [null, null] }, undefined, 'expected a value of type result of ok, err (an object { tag, val }), got undefined'],
  [{ option: { option: 'u8' } }, 1, 'expected a value of type option of none, some (an object { tag, val }), got number 1'],
  ['u64', 5, 'expected a value of type u64 (a BigInt), got number 5'],
  ['u64', -5n, 'expected a value of type u64, got bigint -5n'],
  ['u8', null, 'expected a value of type u8, got null'],
  ['u8', Promise.resolve(5), 'expected a value of type u8, got a promise'],
  ['bool', 'x'.repeat(100), `expected a value of type bool, got string "${'x'.repeat(79)}...`],
  [{ enum: Array.from({ length: 100 }, (_, i) => `case-${i}`) }, 'x', /^expected a value of type enum of case-0, case-1, .{1,190}\.\.\., got string "x"$/],
  [{ tuple: ['u8'] }, [1, 2], /tuple of 1/],
  [{ flags: ['a'] }, { b: true }, /no flag "b"/],
  [{ flags: ['a'] }, new Set(['a']), /expected a value of type flags \(an object with a boolean for each\), got an object/],
  [{ flags: ['a'] }, new Map([['a', true]]), /type flags/],
  [{ flags: ['a'] }, [], /type flags.*got an array of 0/],
  [{ flags: ['a'] }, new Date(), /type flags/],
  [{ flags: ['a', 'keys'] }, new Set(['a']), /type flags/],
  [{ list: 'u8' }, [256], /type u8/],
  ['string', '\ud800', /type string/],
  [{ record: [['to-string', 'u8']] }, {}, /lacks its field "toString"/],
  [{ record: [['constructor', 'u8']] }, new (class Point {})(), /lacks its field "constructor"/],
];
for (const [type, value, message] of refused)
  test(`${JSON.stringify(type)} refuses another value`, () => {
    assert.throws(() => valueType(type, 'f').read(value, side()), { name: 'TypeError', message });
  });

for (const [text, type, message] of [
  ['[1', { list: 'u8' }, /wanted "," or "]", found the end \(at 1:3\)/],
  ['{a: 1, a: 2}', { record: [['a', 'u8']] }, /given twice/],
  ['{}', { record: [['a', 'u8']] }, /"a" is missing/],
  ['x(1)', { variant: [['y', 'u8']] }, /no case "x"/],
  ['1 2', 'u8', /wanted the end, found "2"/],
  ['01', 'u8', /wanted an integer of type u8/],
  ['-01', 's8', /wanted an integer of type s8/],
  ['01.5', 'f64', /wanted a number/],
  ['NaN', 'f64', /wanted a number/],
  ['Inf', 'f32', /wanted a number/],
])
  test(`text that is wrong: ${text}`, () => assert.throws(() => parseWave(text, type), { message }));

const echo = `(module (memory (export "__memory0") 1) (global $next (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $next) (global.set $next (i32.and (i32.add (global.get $next) (i32.add (local.get 3) (i32.const 7))) (i32.const -8))))
  (func (export "f") (param i32 i32) (result i32)
    (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16))
  (func (export "g") (param i32) (result i64) (i64.load offset=64 (local.get 0))))`;

test('strings and spilled parameters go through the memory of a program', async () => {
  const more = { memory: 0, realloc: 'cabi_realloc', string_encoding: 'utf8' };
  const many = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`p${i}`, i === 16 ? 'u64' : 'u32']));
  const exports = [signature('f', { s: 'string' }, 'string', more), signature('g', many, 'u64', more)];
  const { exports: functions } = await instantiate(program(echo, { exports }));
  assert.equal(functions.f('h\u00e9llo \u2603'), 'h\u00e9llo \u2603');
  assert.equal(functions.g(...Array(16).fill(0), 7n), 7n);
});
