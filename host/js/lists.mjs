//===- lists.mjs - lists and strings at the edge -------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Codecs as in values.mjs of what lies behind a pointer and a length.
//
//===---------------------------------------------------------------------===//

import { Mismatch, ValueTrap, inside, mismatch } from './scalars.mjs';

/// What lies behind a pointer and a length, which pass as `address` says
/// (addresses.mjs).
export function pair(liftRange, read, lowerRange, address) {
  const { core, size } = address;
  return {
    flat: [core, core],
    size: 2 * size,
    alignment: size,
    lift(take, side) {
      const [pointer, length] = [address.lift(take()), address.lift(take())];
      return liftRange(side, pointer, length);
    },
    load: (side, at) => liftRange(side, address.load(side.view, at), address.load(side.view, at + size)),
    read,
    lower(known, put, side) {
      for (const number of lowerRange(side, known)) put(address.lower(number));
    },
    store(side, at, known) {
      const [pointer, length] = lowerRange(side, known);
      address.store(side.view, at, pointer);
      address.store(side.view, at + size, length);
    },
  };
}

const maxListBytes = 2 ** 28 - 1;
export const typedArrays = {
  u8: Uint8Array, s8: Int8Array, u16: Uint16Array, s16: Int16Array, u32: Uint32Array, s32: Int32Array,
  u64: BigUint64Array, s64: BigInt64Array, f32: Float32Array, f64: Float64Array,
};

function checkList(side, pointer, length, element) {
  const bytes = length * element.size;
  if (bytes > maxListBytes) throw new ValueTrap('ListTooLong', 'list is longer than 2^28-1 bytes');
  side.checkRange(pointer, bytes, element.alignment, 'ListOutOfBounds', 'list content out-of-bounds');
  return bytes;
}

/// Throws a Mismatch if `length` elements are more than a list may have.
function limitList(length, { size }) {
  if (length * size > maxListBytes) throw new Mismatch('the list is longer than 2^28-1 bytes');
}

/// `length` elements from `pointer` on.
export const loadElements = (side, pointer, length, element) =>
  Array.from({ length }, (_, i) => element.load(side, pointer + i * element.size));

/// `bytes` of numbers.
export const loadNumbers = (side, pointer, bytes, Numbers) => new Numbers(side.bytes(pointer, bytes).slice().buffer);

/// The bytes of a typed array, until its buffer is detached or resized. It is
/// asked once: its class may compute what it says.
export function bytesOf({ buffer, byteOffset, byteLength }) {
  if (buffer.detached) throw new Mismatch('the buffer of the typed array is detached');
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/// The bytes from `begin` to `end` of those.
export function partOf(bytes, begin, end) {
  if (bytes.length < end) throw new Mismatch('the buffer of a typed array was detached or resized before its elements were copied');
  return bytes.subarray(begin, end);
}

/// Numbers go in and out as typed arrays, byte for byte. One that goes in is
/// copied when all of the values of a call have been read.
function numberList(type, element, address) {
  const Numbers = typedArrays[type];
  return pair(
    (side, pointer, length) => loadNumbers(side, pointer, checkList(side, pointer, length, element), Numbers),
    (value, side) => (value instanceof Numbers ? readNumbers(value, element) : readElements(value, side, element)),
    (side, known) => (Array.isArray(known) ? lowerElements(side, known, element) : lowerNumbers(side, known, element)),
    address,
  );
}

function readNumbers(value, { size }) {
  const bytes = bytesOf(value);
  limitList(bytes.length, { size: 1 });
  return { bytes, length: Math.floor(bytes.length / size) };
}

function lowerNumbers(side, { bytes, length }, { size, alignment }) {
  const pointer = side.allocate(length * size, alignment);
  side.bytes(pointer, length * size).set(partOf(bytes, 0, length * size));
  return [pointer, length];
}

/// Of what is iterated. Engines have arrays of little more.
const mostElements = 1e8;

/// An array of what there is to know of each element.
function readElements(value, side, element) {
  const known = [];
  const add = (each) => {
    if (known.length === mostElements) throw new Mismatch('the list has more than 100,000,000 elements, and is no typed array');
    known.push(element.read(each, side));
  };
  const iterate = value?.[Symbol.iterator];
  if (typeof iterate !== 'function' || typeof value === 'string') throw mismatch('list', value);
  try {
    if (iterate === Array.prototype.values && Array.isArray(value)) // which does just this
      for (let i = 0; i < value.length; i++) add(value[i]);
    else
      for (const each of { [Symbol.iterator]: () => Reflect.apply(iterate, value, []) }) add(each);
  } catch (error) {
    throw inside(`[${known.length}]`, error);
  }
  limitList(known.length, element);
  return known;
}

function lowerElements(side, known, element) {
  const pointer = side.allocate(known.length * element.size, element.alignment);
  known.forEach((each, i) => element.store(side, pointer + i * element.size, each));
  return [pointer, known.length];
}

/// The codec of `list<type>` in a memory with such addresses.
export function list(type, element, address) {
  if (typeof type === 'string' && Object.hasOwn(typedArrays, type)) return numberList(type, element, address);
  return pair(
    (side, pointer, length) => {
      checkList(side, pointer, length, element);
      return loadElements(side, pointer, length, element);
    },
    (value, side) => readElements(value, side, element),
    (side, known) => lowerElements(side, known, element),
    address,
  );
}
