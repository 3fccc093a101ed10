//===- reading.test.mjs - values that run code when they are read --------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instantiate } from '../../host/js/meld-host.mjs';
import { Side } from '../../host/js/side.mjs';
import { valueType } from '../../host/js/values.mjs';
import { program, signature } from './program.mjs';

/// `value`, and each part of it that is asked for by name, in `log`.
function watched(value, log, path = '') {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      if (typeof key !== 'symbol') log.push(`${path}.${key}`);
      return watched(target[key], log, `${path}.${String(key)}`);
    },
  });
}

const type = {
  record: [
    ['p', { record: [['x', 'u8'], ['y', 's64']] }],
    ['t', { tuple: ['f32', 'char'] }],
    ['v', { variant: [['n', null], ['s', 'string']] }],
    ['n', { variant: [['n', null]] }],
    ['r', { result: ['bool', null] }],
    ['o', { option: { option: 'u8' } }],
    ['f', { flags: ['a', 'b', 'c'] }],
    ['l', { list: { record: [['x', 'u8']] } }],
    ['e', { enum: ['a', 'b'] }],
    ['q', { list: 'u8', length: 2 }],
  ],
};
const value = {
  q: [1, 2], e: 'b', l: [{ x: 7 }, { x: 8 }], f: { c: true, a: false, b: true }, o: { tag: 'some', val: undefined }, r: { tag: 'ok', val: true },
  n: { tag: 'n' }, v: { val: 'text', tag: 's' }, t: [1.5, 'c'], p: { y: -1n, x: 3 },
};
const order = [
  '.p', '.p.x', '.p.y', '.t', '.t.length', '.t.0', '.t.1', '.v', '.v.tag', '.v.val', '.n', '.n.tag', '.r', '.r.tag', '.r.val', '.o', '.o.tag', '.o.val',
  '.f', '.f.a', '.f.b', '.f.c', '.l', '.l.length', '.l.0', '.l.0.x', '.l.length', '.l.1', '.l.1.x', '.l.length', '.e', '.q', '.q.length', '.q.0', '.q.1',
];

test('every part is read once, in the order of the type', () => {
  const log = [];
  const codec = valueType(type, 'f');
  const memory = new WebAssembly.Memory({ initial: 1 });
  let next = 1024;
  const side = new Side(memory, () => (next += 64), 'utf8');
  codec.store(side, 0, codec.read(watched(value, log), side));
  assert.deepEqual(log, order);
  const { l, ...others } = codec.load(side, 0);
  const { l: _, ...expected } = { ...value, f: { a: false, b: true, c: true }, q: Uint8Array.of(1, 2), v: { tag: 's', val: 'text' } };
  assert.deepEqual({ ...others, q: Uint8Array.from(others.q) }, expected);
  assert.equal(l.length, 2);
});

/// A getter that gives each of `values` in turn.
const changing = (key, ...values) => Object.defineProperty({}, key, { get: () => values.shift(), enumerable: true });

for (const [what, type, make, expected] of [
  ['a flag', { flags: ['a', 'b'] }, () => changing('a', true, false), { a: true, b: false }],
  ['a flag of a class', { flags: ['a', 'b'] }, () => Object.create(changing('a', true, false)), { a: true, b: false }],
  ['a tag', { variant: [['x', 'u8'], ['y', null]] }, () => changing('tag', 'y', 'x'), { tag: 'y' }],
  ['a field', { record: [['a', 'u8']] }, () => changing('a', 5, 'text'), { a: 5 }],
])
  test(`${what} that is another when it is asked again is not asked again`, () => {
    const codec = valueType(type, 'f');
    const side = new Side(new WebAssembly.Memory({ initial: 1 }));
    codec.store(side, 0, codec.read(make(), side));
    assert.deepEqual(codec.load(side, 0), expected);
  });

test('a flag that a class computes has to be one', () => {
  const codec = valueType({ flags: ['a', 'to-string'] }, 'f');
  class Flags {
    get a() { return 'yes'; }
  }
  assert.throws(() => codec.read(new Flags()), { name: 'TypeError', path: '.a', message: 'expected a value of type bool, got string "yes"' });
  assert.equal(codec.read({ __proto__: { a: true } }), 1);
});

/// Room is given by counting; `f` is the sum of the bytes of both lists, `next`
/// counts and uses some of the same room.
const bytes = program(
  `(module (memory (export "__memory0") 1) (global $next (mut i32) (i32.const 1024)) (global $n (mut i32) (i32.const 0))
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
      (if (i32.gt_u (local.get 3) (i32.const 60000)) (then (drop (memory.grow (i32.const 4)))))
      (global.get $next) (global.set $next (i32.add (global.get $next) (local.get 3))))
    (func $sum (param $at i32) (param $n i32) (result i32) (local $sum i32)
      (loop $more (if (local.get $n) (then
        (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 1))) (local.set $n (i32.sub (local.get $n) (i32.const 1))) (br $more))))
      (local.get $sum))
    (func (export "f") (param i32 i32 i32 i32) (result i32)
      (global.set $next (i32.const 1024)) ;; what was staged goes with the call
      (i32.add (call $sum (local.get 0) (local.get 1)) (call $sum (local.get 2) (local.get 3))))
    (func (export "next") (result i32)
      (global.set $next (i32.const 1024)) (memory.fill (i32.const 1024) (i32.const 99) (i32.const 64))
      (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n))
    (func (export "boom") unreachable))`,
  {
    exports: [
      signature('f', { a: { list: 'u8' }, b: { list: 'u8' } }, 'u32', { memory: 0, realloc: 'cabi_realloc' }),
      signature('next', {}, 'u32'), signature('boom'),
    ],
  },
);

describe('an argument that calls the program while it is read', () => {
  test('spoils nothing of what was read before', async () => {
    const { exports } = await instantiate(bytes);
    assert.equal(exports.f([10, 20], (function* () { yield exports.next(); yield exports.next(); })()), 33);
    assert.equal(exports.next(), 3);
  });

  test('and ends it, ends the call', async () => {
    const { exports } = await instantiate(bytes);
    const argument = { *[Symbol.iterator]() { try { exports.boom(); } catch { yield 1; } } };
    assert.throws(() => exports.f([], argument), { id: 'CannotEnter' });
  });

  test('its iterator is closed where an element does not fit', async () => {
    const { exports } = await instantiate(bytes);
    let closed = false;
    const argument = (function* () { try { yield 300; } finally { closed = true; } })();
    assert.throws(() => exports.f([], argument), { name: 'TypeError', message: /^argument "b"\[0\] of "f": expected a value of type u8/ });
    assert.ok(closed);
  });
});

describe('a typed array', () => {
  test('is what its buffer holds, whatever its class says', async () => {
    const { exports } = await instantiate(bytes);
    class Liar extends Uint8Array {
      get length() { return 1000; }
      slice() { return [1]; }
      *[Symbol.iterator]() {}
    }
    assert.equal(exports.f(Liar.of(1, 2), new Uint8Array([3, 4, 5]).subarray(1)), 12);
  });

  test('that is resized or detached before it is copied is refused', async () => {
    const { exports, core } = await instantiate(bytes);
    const lost = { name: 'TypeError', message: 'an argument of "f": the buffer of a typed array was detached or resized before its elements were copied' };
    const array = new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 })).fill(1);
    assert.throws(() => exports.f(array, (function* () { array.buffer.resize(2); yield 5; })()), lost);
    assert.equal(exports.f(array, [5]), 7);
    const gone = Uint8Array.of(1, 2);
    assert.throws(() => exports.f(gone, (function* () { gone.buffer.transfer(); yield 5; })()), lost);
    assert.throws(() => exports.f([1], gone), { name: 'TypeError', message: 'argument "b" of "f": the buffer of the typed array is detached' });
    const own = new Uint8Array(core.__memory0.buffer, 0, 61000); // the memory grows when room is made for it
    assert.throws(() => exports.f(own, []), lost);
    assert.equal(exports.f([1], [2]), 3);
  });
});
