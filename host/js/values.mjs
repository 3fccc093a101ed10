//===- values.mjs - component values at the edge -------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Each type of `meld.abi` becomes a codec:
//
//   flat                 the core types of a value, as 'i32', 'i64', ...
//   size, alignment      of a value in memory
//   lift(take, side)     the value of core values, which `take()` gives in order
//   lower(value, put, side)  the other way round; `put(core)` takes them
//   load(side, at)       the value in memory
//   store(side, at, value)
//
// `side` is a Side (side.mjs). Throws a TypeError where a JavaScript value does
// not have the type, and a ValueTrap where a core value does not.
//
//===---------------------------------------------------------------------===//

import { camel } from './names.mjs';
import { borrowType, ownType } from './resources.mjs';
import { ValueTrap, mismatch, scalars } from './scalars.mjs';
import { liftString, lowerString } from './strings.mjs';

const alignTo = (offset, alignment) => Math.ceil(offset / alignment) * alignment;

function scalar(row) {
  return {
    flat: [row.core],
    size: row.size,
    alignment: row.size,
    lift: (take) => row.lift(take()),
    lower: (value, put) => put(row.lower(value)),
    load: (side, at) => row.load(side.view, at),
    store: (side, at, value) => row.store(side.view, at, row.lower(value)),
  };
}

/// What lies behind a pointer and a length.
function pair(liftRange, lowerRange) {
  return {
    flat: ['i32', 'i32'],
    size: 8,
    alignment: 4,
    lift(take, side) {
      const [pointer, length] = [take() >>> 0, take() >>> 0];
      return liftRange(side, pointer, length);
    },
    lower(value, put, side) {
      for (const number of lowerRange(side, value)) put(number | 0);
    },
    load: (side, at) => liftRange(side, side.view.getUint32(at, true), side.view.getUint32(at + 4, true)),
    store(side, at, value) {
      const [pointer, length] = lowerRange(side, value);
      side.view.setUint32(at, pointer, true);
      side.view.setUint32(at + 4, length, true);
    },
  };
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

const maxListBytes = 2 ** 28 - 1;
const typedArrays = {
  u8: Uint8Array, s8: Int8Array, u16: Uint16Array, s16: Int16Array, u32: Uint32Array, s32: Int32Array,
  u64: BigUint64Array, s64: BigInt64Array, f32: Float32Array, f64: Float64Array,
};

function checkList(side, pointer, length, element) {
  const bytes = length * element.size;
  if (bytes > maxListBytes) throw new ValueTrap('ListTooLong', 'list is longer than 2^28-1 bytes');
  side.checkRange(pointer, bytes, element.alignment, 'ListOutOfBounds', 'list content out-of-bounds');
  return bytes;
}

/// Numbers go in and out as typed arrays, byte for byte.
function numberList(type, element) {
  const Numbers = typedArrays[type];
  return pair(
    (side, pointer, length) => {
      const bytes = checkList(side, pointer, length, element);
      return new Numbers(side.bytes(pointer, bytes).slice().buffer);
    },
    (side, value) => {
      if (!(value instanceof Numbers)) return lowerElements(side, value, element);
      const pointer = side.allocate(value.byteLength, element.alignment);
      side.bytes(pointer, value.byteLength).set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      return [pointer, value.length];
    },
  );
}

function lowerElements(side, value, element) {
  if (typeof value?.[Symbol.iterator] !== 'function' || typeof value === 'string') throw mismatch('list', value);
  const elements = [...value];
  const pointer = side.allocate(elements.length * element.size, element.alignment);
  elements.forEach((each, i) => element.store(side, pointer + i * element.size, each));
  return [pointer, elements.length];
}

function list(type, element) {
  if (typeof type === 'string' && Object.hasOwn(typedArrays, type)) return numberList(type, element);
  return pair(
    (side, pointer, length) => {
      checkList(side, pointer, length, element);
      return Array.from({ length }, (_, i) => element.load(side, pointer + i * element.size));
    },
    (side, value) => lowerElements(side, value, element),
  );
}

/// A `map` is a list of pairs, and a Map in JavaScript.
function map(key, value) {
  const entries = list({}, fields([key, value], arrayOf(2)));
  return {
    ...entries,
    lift: (take, side) => new Map(entries.lift(take, side)),
    load: (side, at) => new Map(entries.load(side, at)),
  };
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

/// A way to make a value of its fields, and to get them: { make, split }.
function arrayOf(length) {
  return {
    make: (values) => values,
    split(value) {
      if (!Array.isArray(value) || value.length !== length) throw mismatch(`tuple of ${length}`, value);
      return value;
    },
  };
}

function objectOf(names) {
  const keys = names.map(camel);
  return {
    make: (values) => Object.fromEntries(keys.map((key, i) => [key, values[i]])),
    split(value) {
      if (typeof value !== 'object' || value === null) throw mismatch('record', value);
      return keys.map((key, i) => {
        if (!(key in value)) throw new TypeError(`the record lacks its field "${names[i]}"`);
        return value[key];
      });
    },
  };
}

function fields(types, { make, split }) {
  const alignment = Math.max(1, ...types.map((type) => type.alignment));
  const offsets = [];
  let end = 0;
  for (const type of types) {
    offsets.push(alignTo(end, type.alignment));
    end = offsets.at(-1) + type.size;
  }
  return {
    flat: types.flatMap((type) => type.flat),
    size: alignTo(end, alignment),
    alignment,
    lift: (take, side) => make(types.map((type) => type.lift(take, side))),
    lower: (value, put, side) => split(value).forEach((field, i) => types[i].lower(field, put, side)),
    load: (side, at) => make(types.map((type, i) => type.load(side, at + offsets[i]))),
    store: (side, at, value) => split(value).forEach((field, i) => types[i].store(side, at + offsets[i], field)),
  };
}

function flags(names) {
  const keys = names.map(camel);
  const size = names.length <= 8 ? 1 : names.length <= 16 ? 2 : 4;
  const row = scalars[`u${8 * size}`];
  const make = (bits) => Object.fromEntries(keys.map((key, i) => [key, ((bits >>> i) & 1) === 1]));
  const bits = (value) => {
    if (typeof value !== 'object' || value === null) throw mismatch('flags', value);
    for (const key of Object.keys(value)) if (!keys.includes(key)) throw new TypeError(`there is no flag "${key}"`);
    return keys.reduce((all, key, i) => (value[key] ? all | (1 << i) : all), 0);
  };
  return {
    flat: ['i32'],
    size,
    alignment: size,
    lift: (take) => make(take()),
    lower: (value, put) => put(bits(value)),
    load: (side, at) => make(row.load(side.view, at)),
    store: (side, at, value) => row.store(side.view, at, bits(value)),
  };
}

//===----------------------------------------------------------------------===//
// Cases
//===----------------------------------------------------------------------===//

const join = (a, b) => (a === b ? a : [a, b].every((type) => /32$/.test(type)) ? 'i32' : 'i64');
const scratch = new DataView(new ArrayBuffer(8));

/// A core value of type `from` with its bits as one of type `to`.
function reinterpret(core, from, to) {
  if (from === to) return core;
  scratch.setBigInt64(0, 0n, true);
  const put = { i32: 'setInt32', i64: 'setBigInt64', f32: 'setFloat32', f64: 'setFloat64' };
  const get = { i32: 'getInt32', i64: 'getBigInt64', f32: 'getFloat32', f64: 'getFloat64' };
  scratch[put[from]](0, core, true);
  return scratch[get[to]](0, true);
}

function joinFlat(types) {
  const flat = [];
  for (const type of types)
    type?.flat.forEach((core, i) => (flat[i] = i in flat ? join(flat[i], core) : core));
  return flat;
}

/// `make(index)` or `make(index, payload)`, and `split(value)` -> [index,
/// payload], are the JavaScript side.
function cases(types, { make, split }) {
  const width = types.length <= 256 ? 1 : types.length <= 65536 ? 2 : 4;
  const discriminant = scalars[`u${8 * width}`];
  const payloadAlignment = Math.max(1, ...types.map((type) => type?.alignment ?? 1));
  const offset = alignTo(width, payloadAlignment);
  const alignment = Math.max(width, payloadAlignment);
  const joined = joinFlat(types);
  const zero = (core) => (core === 'i64' ? 0n : 0);
  const check = (index) => {
    if (index >= types.length) throw new ValueTrap('InvalidDiscriminant', 'invalid variant discriminant');
    return index;
  };
  return {
    flat: ['i32', ...joined],
    size: alignTo(offset + Math.max(0, ...types.map((type) => type?.size ?? 0)), alignment),
    alignment,
    lift(take, side) {
      const index = check(take() >>> 0);
      const type = types[index];
      const cores = joined.map((core, i) => reinterpretIf(take(), core, type?.flat[i]));
      return type ? make(index, type.lift(() => cores.shift(), side)) : make(index);
    },
    lower(value, put, side) {
      const [index, payload] = split(value);
      const cores = [];
      types[index]?.lower(payload, (core) => cores.push(core), side);
      put(index);
      joined.forEach((core, i) => put(i < cores.length ? reinterpret(cores[i], types[index].flat[i], core) : zero(core)));
    },
    load(side, at) {
      const index = check(discriminant.load(side.view, at));
      return types[index] ? make(index, types[index].load(side, at + offset)) : make(index);
    },
    store(side, at, value) {
      const [index, payload] = split(value);
      discriminant.store(side.view, at, index);
      types[index]?.store(side, at + offset, payload);
    },
  };
}

const reinterpretIf = (core, from, to) => (to === undefined ? core : reinterpret(core, from, to));

/// `{ tag, val }`.
function tagged(names) {
  return {
    make: (index, ...payload) => (payload.length ? { tag: names[index], val: payload[0] } : { tag: names[index] }),
    split(value) {
      const index = names.indexOf(value?.tag);
      if (index < 0) throw mismatch(`variant of ${names.join(', ')}`, value?.tag ?? value);
      return [index, value.val];
    },
  };
}

function named(names) {
  return {
    make: (index) => names[index],
    split(value) {
      const index = names.indexOf(value);
      if (index < 0) throw mismatch(`enum of ${names.join(', ')}`, value);
      return [index];
    },
  };
}

/// The payload itself, or `undefined`.
const optional = {
  make: (index, val) => (index ? val : undefined),
  split: (value) => (value === undefined || value === null ? [0] : [1, value]),
};

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The name of a type of `meld.abi`: of the member that says what it is, which
/// need not be the first one.
export function typeName(type) {
  if (typeof type !== 'object' || !type) return String(type);
  const names = Object.keys(type);
  return names.find((name) => Object.hasOwn(formers, name)) ?? names[0] ?? 'nothing';
}

const holdsNothing = (type) => type === null || type === undefined;

const formers = {
  list: (type, of) => (type.length ? fields(Array(type.length).fill(of(type.list)), arrayOf(type.length)) : list(type.list, of(type.list))),
  map: ({ map: [key, value] }, of) => map(of(key), of(value)),
  record: ({ record }, of) => fields(record.map(([, type]) => of(type)), objectOf(record.map(([name]) => name))),
  tuple: ({ tuple }, of) => fields(tuple.map(of), arrayOf(tuple.length)),
  flags: ({ flags: names }) => flags(names),
  enum: ({ enum: names }) => cases(names.map(() => undefined), named(names)),
  variant: ({ variant }, of) => cases(variant.map(([, type]) => of(type)), tagged(variant.map(([name]) => name))),
  // An option of an option would not be told from its payload.
  option: ({ option }, of) => cases([undefined, of(option)], option?.option !== undefined ? tagged(['none', 'some']) : optional),
  own: ({ own }) => ownType(own),
  borrow: ({ borrow }) => borrowType(borrow),
  result: ({ result }, of) => cases(result.map(of), tagged(['ok', 'err'])),
};

/// The codec of a type of `meld.abi`. Throws an Error that names `where` and
/// the type if this host does not take it yet.
export function valueType(type, where) {
  const of = (inner) => (holdsNothing(inner) ? undefined : valueType(inner, where));
  if (type === 'string') return pair(liftString, lowerString);
  if (typeof type === 'string' && Object.hasOwn(scalars, type)) return scalar(scalars[type]);
  const former = typeof type === 'object' && type ? formers[typeName(type)] : undefined;
  if (!former) throw new Error(`${where}: this host does not take values of type \`${typeName(type)}\` yet`);
  return former(type, of);
}

/// A codec for several values at once: an array.
export const tupleType = (types) => fields(types, arrayOf(types.length));
