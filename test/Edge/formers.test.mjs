//===- formers.test.mjs - every kind of type over the edge ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressOf } from '../../host/js/addresses.mjs';
import { valueType } from '../../host/js/values.mjs';
import { parseWave, printWave } from '../../host/js/wave.mjs';
import { echoText, everyType, randomFrom, randomValue } from './formers.mjs';
import { fuseText, run } from './tools.mjs';

const types = everyType();
const flatOf = (type, address) => valueType(type, 'x', addressOf(address)).flat;

describe('a value of every type goes in, out, in and out', () => {
  const encodings = ['utf8', 'utf16', 'latin1+utf16'];
  // A lower of asynchronous type has its values in 32-bit memories only.
  const asyncs = { i32: ['async', 'async'], i64: ['', 'async'] };
  const ways = ['i32', 'i64'].flatMap((address) => [
    ...encodings.flatMap((encoding) => [['', ''], asyncs[address]].map((async) => [async, address, encoding])),
    [['', ''], address, 'utf8', '--edge=component'],
  ]);
  for (const [async, address, encoding, ...words] of ways)
    test(`${async} ${address} ${encoding} ${words}`, async () => {
      const random = randomFrom(7);
      let seen;
      const imports = Object.fromEntries(types.map((_, i) => [`f${i}`, (x) => (seen = x)]));
      const { exports } = await run(await fuseText(echoText(types, flatOf, encoding, address, async), ...words), imports);
      assert.equal(exports.through0(true) instanceof Promise, Boolean(async[1]));
      for (const [i, type] of types.entries()) {
        for (let k = 0; k < 2; k++) {
          const value = randomValue(type, random);
          for (const way of async[0] ? ['through'] : ['echo', 'through']) {
            const back = await exports[`${way}${i}`](value);
            assert.deepEqual(seen, value, `${way} ${JSON.stringify(type)}`);
            assert.deepEqual(back, value, `${way} ${JSON.stringify(type)}`);
          }
        }
      }
    });
});

/// A value with arrays in place of typed arrays: text does not tell them apart.
function plain(value) {
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value, plain);
  if (value instanceof Map) return new Map(Array.from(value, ([key, each]) => [key, plain(each)]));
  if (Object(value) !== value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

test('a value of every type goes into text and out', () => {
  const random = randomFrom(11);
  for (const type of types)
    for (let k = 0; k < 20; k++) {
      const value = randomValue(type, random);
      const text = printWave(value, type);
      assert.deepEqual(plain(parseWave(text, type)), plain(value), text);
      assert.deepEqual(plain(parseWave(` // a comment\n${text.replaceAll(', ', '\t,\n// and\n ')} `, type)), plain(value), text);
    }
});

/// [type, what is no value of it, where the fault is, what is said]
const faults = [
  [{ list: 'u8' }, [1, 256], '[1]', /type u8, got number 256/],
  [{ list: 'string' }, 'abc', '', /type list, got string "abc"/],
  [{ list: 'u16', length: 2 }, [1, 2, 3], '', /list of 2/],
  [{ map: ['string', 'u8'] }, [['a', 1], ['b', '2']], '[1][1]', /type u8, got string "2"/],
  [{ record: [['long-name', { list: { option: 'char' } }]] }, { longName: ['a', undefined, 'bc'] }, '.longName[2]', /type char/],
  [{ record: [['a', 'u8']] }, { b: 1 }, '', /lacks its field "a"/],
  [{ tuple: ['u8', { tuple: ['bool'] }] }, [1, [0]], '[1][0]', /type bool, got number 0/],
  [{ variant: [['a', { list: 's64' }]] }, { tag: 'a', val: [1n, 2] }, '.val[1]', /type s64 \(a BigInt\), got number 2/],
  [{ variant: [['a', null]] }, { tag: 'b' }, '', /variant of a/],
  [{ result: ['u32', null] }, { tag: 'ok', val: -1 }, '.val', /type u32/],
  [{ result: ['u32', null] }, 5, '', /result of ok, err/],
  [{ option: { option: 'u8' } }, { tag: 'some', val: 'x' }, '.val', /type u8/],
  [{ enum: ['a', 'b'] }, 'c', '', /enum of a, b/],
  [{ flags: ['a-b'] }, { aB: 1 }, '.aB', /type bool, got number 1/],
  [{ flags: ['a-b'] }, { c: true }, '', /no flag "c"/],
  ['char', '\ud800', '', /type char/],
  ['string', 5, '', /type string, got number 5/],
  ['u64', 5, '', /type u64 \(a BigInt\), got number 5/],
  ['f32', '1', '', /type f32/],
];

test('what is no value is refused, and the part is named', async () => {
  const wrong = faults.map(([type]) => type);
  const give = faults.map(() => undefined);
  const imports = Object.fromEntries(wrong.map((_, i) => [`f${i}`, (x) => give[i] ?? x]));
  const module = await fuseText(echoText(wrong, flatOf, 'utf8'));
  const { exports } = await run(module, imports);
  const random = randomFrom(3);
  for (const [i, [type, value, place, message]] of faults.entries()) {
    const said = (error) => error.message.includes(`argument "x"${place} of "through${i}": `) && message.test(error.message);
    assert.throws(() => exports[`through${i}`](value), (error) => error.name === 'TypeError' && said(error), JSON.stringify(type));
    const right = randomValue(type, random);
    assert.deepEqual(exports[`through${i}`](right), right); // no harm was done
  }
  for (const [i, [type, value, place, message]] of faults.entries()) {
    give[i] = value;
    const { exports: other } = await run(module, imports);
    const said = (error) => error.id === 'HostThrew' && error.message.includes(`the result${place} of "f${i}": `) && message.test(error.message);
    assert.throws(() => other[`through${i}`](randomValue(type, random)), said, JSON.stringify(type));
  }
});

test('what a value throws while it is read goes to the caller, and the program goes on', async () => {
  const some = [{ record: [['a', 'u8'], ['b', 'string']] }, { flags: ['a', 'b'] }, { list: 'u8' }, { result: ['u8', 'u8'] }, { list: { tuple: ['string', 'u8'] } }];
  const { exports } = await run(await fuseText(echoText(some, flatOf, 'utf8')), Object.fromEntries(some.map((_, i) => [`f${i}`, (x) => x])));
  const fault = new RangeError('read');
  const throws = () => { throw fault; };
  const thrower = Object.defineProperties({}, Object.fromEntries(['a', 'tag', 'length', Symbol.iterator].map((name) => [name, { get: throws }])));
  for (const i of some.keys()) assert.throws(() => exports[`through${i}`](thrower), (error) => error === fault);
  assert.throws(() => exports.through4([['a', 1], { get 0() { return throws(); }, length: 2 }]), TypeError);
  assert.throws(() => exports.through4((function* () { yield ['a', 1]; throws(); })()), (error) => error === fault);
  assert.deepEqual(exports.through4([['a', 1]]), [['a', 1]]);
});
