//===- faults.test.mjs - one fault, one kind of trap on every edge -------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// What a guest does wrong is found by an adapter where the other side is a guest,
// and by the host where that is the other side. Each guest here has one fault and
// is called both ways.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressOf } from '../../host/js/addresses.mjs';
import { valueType } from '../../host/js/values.mjs';
import { fuseText, heap, run } from './tools.mjs';

//===----------------------------------------------------------------------===//
// The guest at fault, and its partner
//===----------------------------------------------------------------------===//

const wat = (type) => {
  if (typeof type === 'string') return type;
  const [[former, of]] = Object.entries(type);
  return former === 'result' ? '(result)' : `(${former} ${[of].flat().map(wat).join(' ')})`;
};

/// A memory like that of `heap`, with `bytes` at 128, whose realloc gives the
/// place `bad` when it is called for the `nth` time.
const heapWith = (address, { bad = '0', nth = 0, bytes = '' }) => `
  (core module $Mem (memory (export "mem") ${address} 1) (data (${address}.const 128) "${bytes}")
    (global $count (mut ${address}) (${address}.const 0))
    (func (export "realloc") (param ${address} ${address} ${address} ${address}) (result ${address})
      (global.set $count (${address}.add (global.get $count) (${address}.const 1)))
      (if (${address}.eq (global.get $count) (${address}.const ${nth})) (then (return (${address}.const ${bad}))))
      (${address}.mul (global.get $count) (${address}.const 256))))
  (core instance $mem (instantiate $Mem))
  (alias core export $mem "mem" (core memory $memory))
  (alias core export $mem "realloc" (core func $realloc))`;

/// The core types of a call, as adapters of both sides see them: `params` of one
/// that takes the type, `result` of one that gives it, null where that goes by a
/// pointer.
function shapeOf(type, address) {
  const { flat } = valueType(type, 'f', addressOf(address));
  return { params: flat.length > 16 ? [address] : flat, result: flat.length > 1 ? null : flat[0] };
}

const list = (word, types) => (types.length ? `(${word} ${types.join(' ')})` : '');
const options = (encoding) => `(memory $memory) (realloc $realloc) string-encoding=${encoding}`;

/// A core module $M with the function "f", which may call `import`, and its
/// instance.
const core = (address, { params = [], results = [], body, calls }) => `
  (core module $M (import "" "mem" (memory ${address} 1)) ${calls ? `(import "" "g" (func $g ${calls}))` : ''}
    (func (export "f") ${list('param', params)} ${list('result', results)} ${body}))
  (core instance $m (instantiate $M (with "" (instance (export "mem" (memory $memory)) ${calls ? '(export "g" (func $lowered))' : ''}))))`;

const lowered = (encoding) => `(core func $lowered (canon lower (func $imported) ${options(encoding)}))`;
const exported = (type, encoding) => `(func (export "f") ${type} (canon lift (core func $m "f") ${options(encoding)}))`;
const constants = (types, values) => types.map((type, i) => `(${type}.const ${values[i] ?? 0})`).join(' ');

/// A guest that exports `f` of the type `type`, which calls no one.
const leaf = (type, address, memory, encoding, body) => `${memory} ${core(address, body)} ${exported(type, encoding)}`;

/// One that imports `g` and exports `f`, which calls it.
const caller = ({ outer = '', inner }, address, memory, encoding, body) =>
  `(import "g" (func $imported ${inner})) ${memory} ${lowered(encoding)} ${core(address, body)} ${exported(outer, encoding)}`;

/// What goes wrong: each way has the guest at fault, and a partner that does all
/// right. One of both exports "f"; the one that `isCalled` is that which the
/// other calls.
const ways = {
  // The guest is given a value.
  takes: {
    isCalled: true,
    guest({ type, address, memory, encoding }) {
      return leaf(`(param "x" ${wat(type)})`, address, memory, encoding, { params: shapeOf(type, address).params, body: '' });
    },
    partner({ type, address, encoding }) {
      const { params } = shapeOf(type, address);
      const signature = `(param "x" ${wat(type)})`;
      const body = `(call $g ${params.map((_, i) => `(local.get ${i})`).join(' ')})`;
      return caller({ outer: signature, inner: signature }, address, heap(address), encoding, { params, body, calls: list('param', params) });
    },
  },
  // The guest gives a value as a result.
  gives: {
    isCalled: true,
    guest({ type, address, memory, encoding, values, at = 64 }) {
      const { params, result } = shapeOf(type, address);
      const store = (core, i) => `(${core}.store${core === address ? '' : '8'} (${address}.const ${64 + i * (address === 'i64' ? 8 : 4)}) (${core}.const ${values[i] ?? 0}))`;
      const body = result ? constants([result], values) : `${params.map(store).join(' ')} (${address}.const ${at})`;
      return leaf(`(result ${wat(type)})`, address, memory, encoding, { results: [result ?? address], body });
    },
    partner({ type, address, encoding }) {
      const { result } = shapeOf(type, address);
      const [calls, body] = result ? [list('result', [result]), '(drop (call $g))'] : [list('param', [address]), `(call $g (${address}.const 64))`];
      return caller({ inner: `(result ${wat(type)})` }, address, heap(address), encoding, { calls, body });
    },
  },
  // The guest gives a value as an argument.
  says: {
    guest({ type, address, memory, encoding, values }) {
      const { params } = shapeOf(type, address);
      return caller({ inner: `(param "x" ${wat(type)})` }, address, memory, encoding, { calls: list('param', params), body: `(call $g ${constants(params, values)})` });
    },
    partner: ({ type, address, encoding }) =>
      leaf(`(param "x" ${wat(type)})`, address, heap(address), encoding, { params: shapeOf(type, address).params, body: '' }),
  },
  // The guest is given a result, which is empty.
  asks: {
    guest: ({ type, address, memory, encoding, at = 64 }) =>
      caller({ inner: `(result ${wat(type)})` }, address, memory, encoding, { calls: list('param', [address]), body: `(call $g (${address}.const ${at}))` }),
    partner: ({ type, address, encoding }) =>
      leaf(`(result ${wat(type)})`, address, heap(address), encoding, { results: [address], body: `(${address}.const 64)` }),
  },
};

/// Both in one component, which exports the "f" of the one that calls the other.
const pair = (called, calling) => `(component
  (component $called ${called})
  (component $calling ${calling})
  (instance $a (instantiate $called))
  (instance $b (instantiate $calling (with "g" (func $a "f"))))
  (func (export "f") (alias export $b "f")))`;

//===----------------------------------------------------------------------===//
// Faults
//===----------------------------------------------------------------------===//

const bytes = (...all) => all.map((each) => `\\${each.toString(16).padStart(2, '0')}`).join('');
const many = { tuple: Array(17).fill('u32') };
const utf16 = { encoding: 'utf16' };
const either = { encoding: 'latin1+utf16' };
/// A length of `latin1+utf16` that says UTF-16.
const tagged = (n, address) => (address === 'i64' ? `0x80000000${n.toString(16).padStart(8, '0')}` : `0x${(0x80000000 + n).toString(16)}`);

/// [way, type, what is wrong, kind]
const faults = [
  ['takes', 'string', { value: 'abc', bad: '-8', nth: 1 }, 'ReallocOutOfBounds'],
  ['takes', 'string', { value: 'abc', bad: '0xfffe', nth: 1 }, 'ReallocOutOfBounds'],
  ['takes', 'string', { value: '', bad: '-8', nth: 1 }, 'ReallocOutOfBounds'],
  ['takes', 'string', { value: 'abc', bad: '4097', nth: 1, ...utf16 }, 'ReallocUnaligned'],
  ['takes', 'string', { value: 'abc', bad: '-1', nth: 1, ...either }, 'ReallocUnaligned'],
  ['takes', { list: 'u32' }, { value: [1, 2], bad: '4098', nth: 1 }, 'ReallocUnaligned'],
  ['takes', { list: 'u32' }, { value: [], bad: '-1', nth: 1 }, 'ReallocUnaligned'],
  ['takes', { list: 'u32' }, { value: [1, 2], bad: '0xfffc', nth: 1 }, 'ReallocOutOfBounds'],
  ['takes', { list: 'u32' }, { value: [], bad: '-4', nth: 1 }, 'ReallocOutOfBounds'],
  ['takes', { list: 'string' }, { value: ['a', 'b'], bad: '-8', nth: 3 }, 'ReallocOutOfBounds'],
  ['takes', many, { value: Array(17).fill(1), bad: '4098', nth: 1 }, 'ReallocUnaligned'],
  ['takes', many, { value: Array(17).fill(1), bad: '0xffc0', nth: 1 }, 'ReallocOutOfBounds'],
  ['asks', 'string', { value: '', bad: '-8', nth: 1 }, 'ReallocOutOfBounds'],
  ['asks', 'string', { value: '', bad: '4097', nth: 1, ...utf16 }, 'ReallocUnaligned'],
  ['asks', { list: 'u64' }, { value: [], bad: '4100', nth: 1 }, 'ReallocUnaligned'],
  ['asks', 'string', { value: '', at: '66' }, 'UnalignedPointer'],
  ['asks', 'string', { value: '', at: '0xfffc' }, 'PointerOutOfBounds', 'i32'],
  ['asks', 'string', { value: '', at: '-8' }, 'PointerOutOfBounds'],
  ['gives', 'string', { values: [128, 1], at: '66' }, 'UnalignedPointer'],
  ['gives', 'string', { values: [128, 1], at: '-8' }, 'PointerOutOfBounds'],
  ['says', many, { values: ['66'] }, 'UnalignedPointer'],
  ['says', many, { values: ['0xffc0'] }, 'PointerOutOfBounds'],
];

/// [type, its core values, kind, more]: passed as an argument and as a result.
const values = [
  ['char', [0xd800], 'InvalidChar'],
  ['char', [0x110000], 'InvalidChar'],
  [{ result: [null, null] }, [2], 'InvalidDiscriminant'],
  [{ option: 'u8' }, [2], 'InvalidDiscriminant'],
  ['string', [0xfffe, 3], 'StringOutOfBounds'],
  ['string', ['-1', 0], 'StringOutOfBounds'],
  ['string', [0, 2 ** 28], 'StringTooLong'],
  ['string', [0, '-1'], 'StringTooLong'],
  ['string', [129, 1], 'UnalignedPointer', utf16],
  ['string', [129, 0], 'UnalignedPointer', either],
  ['string', [1, 2 ** 27], 'StringTooLong', utf16],
  ['string', ['-2', 1], 'StringOutOfBounds', utf16],
  ['string', [128, 2], 'InvalidUtf8', { bytes: bytes(0xc3, 0x28) }],
  ['string', [128, 3], 'InvalidUtf8', { bytes: bytes(0xed, 0xa0, 0x80) }],
  ['string', [128, 2], 'InvalidUtf8', { bytes: bytes(0xc0, 0x80) }],
  ['string', [128, 1], 'IncompleteUtf8', { bytes: bytes(0xc3) }],
  ['string', [128, 4], 'IncompleteUtf8', { bytes: bytes(0x61, 0xf0, 0x9f, 0x8d) }],
  ['string', [128, 1], 'InvalidUtf16', { bytes: bytes(0x00, 0xd8), ...utf16 }],
  ['string', [128, 2], 'InvalidUtf16', { bytes: bytes(0x00, 0xdc, 0x00, 0xd8), ...utf16 }],
  ['string', [128, 1], 'InvalidUtf16', { bytes: bytes(0x00, 0xd8), ...either, isTagged: true }],
  ['string', [0, 2 ** 27], 'StringTooLong', { ...either, isTagged: true }],
  [{ list: 'u32' }, [130, 1], 'UnalignedPointer'],
  [{ list: 'u32' }, [2, 0], 'UnalignedPointer'],
  [{ list: 'u32' }, [0xfffc, 2], 'ListOutOfBounds'],
  [{ list: 'u32' }, ['-4', 0], 'ListOutOfBounds'],
  [{ list: 'u64' }, [0, 2 ** 25], 'ListTooLong'],
  [{ list: 'u64' }, [4, '-1'], 'ListTooLong'],
  [{ list: 'char' }, [128, 2], 'InvalidChar', { bytes: bytes(0x61, 0, 0, 0, 0, 0xd8, 0, 0) }],
  [{ list: { option: 'u8' } }, [128, 2], 'InvalidDiscriminant', { bytes: bytes(1, 0, 2, 0) }],
  [{ list: 'string' }, ['0xfff8', 2], 'ListOutOfBounds'],
  [{ tuple: [{ option: 'u8' }, 'u8'] }, [2, 0, 0], 'InvalidDiscriminant'],
];
for (const [type, cores, kind, more] of values)
  for (const way of ['gives', 'says']) faults.push([way, type, { values: cores, ...more }, kind]);

const shown = (type, { value, values: cores, bad, at, nth, encoding = '' }) =>
  [encoding, JSON.stringify(type).slice(0, 40), JSON.stringify(value ?? cores), bad && `realloc ${nth} gives ${bad}`, at && `at ${at}`].filter(Boolean).join(' ');

for (const address of ['i32', 'i64'])
  for (const [way, type, { isTagged, ...fault }, kind, only] of faults) {
    if (only && only !== address) continue;
    const { guest, partner, isCalled } = ways[way];
    const cores = isTagged ? [fault.values[0], tagged(fault.values[1], address)] : fault.values;
    const all = { type, address, encoding: 'utf8', memory: heapWith(address, fault), ...fault, values: cores };
    describe(`a guest with ${address} ${way} ${shown(type, fault)}`, () => {
      test(`the host says ${kind}`, async () => {
        const { exports } = await run(await fuseText(`(component ${guest(all)})`), isCalled ? {} : { g: () => fault.value });
        assert.throws(() => exports.f(...(way === 'takes' ? [fault.value] : [])), { name: 'MeldTrap', id: kind });
      });
      test(`a guest says ${kind}`, async () => {
        const both = [guest(all), partner(all)];
        const { exports } = await run(await fuseText(pair(...(isCalled ? both : both.reverse()))), {});
        assert.throws(() => exports.f(...(way === 'takes' ? [fault.value] : [])), { name: 'MeldTrap', id: kind });
      });
    });
  }
