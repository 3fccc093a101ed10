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

import { ValueTrap, mismatch, visitAll } from './scalars.mjs';

/// What lies behind a pointer and a length, which pass as `address` says
/// (addresses.mjs).
export function pair(liftRange, lowerRange, address) {
  const { core, size } = address;
  return {
    flat: [core, core],
    size: 2 * size,
    alignment: size,
    lift(take, side) {
      const [pointer, length] = [address.lift(take()), address.lift(take())];
      return liftRange(side, pointer, length);
    },
    lower(value, put, side) {
      for (const number of lowerRange(side, value)) put(address.lower(number));
    },
    load: (side, at) => liftRange(side, address.load(side.view, at), address.load(side.view, at + size)),
    store(side, at, value) {
      const [pointer, length] = lowerRange(side, value);
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

/// `length` elements from `pointer` on.
export const loadElements = (side, pointer, length, element) =>
  Array.from({ length }, (_, i) => element.load(side, pointer + i * element.size));

/// `bytes` of numbers, and back.
export const loadNumbers = (side, pointer, bytes, Numbers) => new Numbers(side.bytes(pointer, bytes).slice().buffer);
export const storeNumbers = (side, pointer, numbers) =>
  side.bytes(pointer, numbers.byteLength).set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));

/// Numbers go in and out as typed arrays, byte for byte.
function numberList(type, element, address) {
  const Numbers = typedArrays[type];
  return pair(
    (side, pointer, length) => loadNumbers(side, pointer, checkList(side, pointer, length, element), Numbers),
    (side, value) => {
      if (!(value instanceof Numbers)) return lowerElements(side, value, element);
      const pointer = side.allocate(value.byteLength, element.alignment);
      storeNumbers(side, pointer, value);
      return [pointer, value.length];
    },
    address,
  );
}

function lowerElements(side, value, element) {
  if (typeof value?.[Symbol.iterator] !== 'function' || typeof value === 'string') throw mismatch('list', value);
  const elements = [...value];
  const pointer = side.allocate(elements.length * element.size, element.alignment);
  visitAll(elements.length, (i) => `[${i}]`, (i) => element.store(side, pointer + i * element.size, elements[i]));
  return [pointer, elements.length];
}

/// The codec of `list<type>` in a memory with such addresses.
export function list(type, element, address) {
  if (typeof type === 'string' && Object.hasOwn(typedArrays, type)) return numberList(type, element, address);
  return pair(
    (side, pointer, length) => {
      checkList(side, pointer, length, element);
      return loadElements(side, pointer, length, element);
    },
    (side, value) => lowerElements(side, value, element),
    address,
  );
}
