//===- fields.mjs - records, tuples and flags at the edge ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Codecs as in values.mjs.
//
//===---------------------------------------------------------------------===//

import { keysOf } from './names.mjs';
import { loadElements } from './lists.mjs';
import { Mismatch, inside, mismatch, readAll, scalars } from './scalars.mjs';

/// One core type more than a function takes: with more, values go by a pointer,
/// and what the rest is does not matter. There can be exponentially many.
export const maxFlat = 17;

function flatten(types) {
  const flat = [];
  for (const type of types) {
    if (flat.length >= maxFlat) break;
    flat.push(...type.flat);
  }
  return flat.slice(0, maxFlat);
}

export const alignTo = (offset, alignment) => Math.ceil(offset / alignment) * alignment;
/// `least`, or the largest `of` a type: there may be too many to be arguments.
export const largest = (least, types, of) => types.reduce((most, type) => Math.max(most, of(type)), least);

/// A way to make a value of its fields, and to get them: { make, check, part,
/// place }. `check(value)` throws a Mismatch if it has none, `part(value, i, type)`
/// is the field i, `place(i)` says where that is in it.
export function arrayOf(length, what = 'tuple') {
  return {
    make: (values) => values,
    check(value) {
      if (!(Array.isArray(value) || ArrayBuffer.isView(value)) || value.length !== length) throw mismatch(`${what} of ${length}`, value);
    },
    part: (value, i) => value[i],
    place: (i) => `[${i}]`,
  };
}

/// Whether `part`, which `value` has for `key`, is a field of it, which its class
/// may compute. A function that it inherits is none: every object has a
/// `constructor` and a `toString`.
const isField = (value, key, part) => Object.hasOwn(value, key) || (key in value && typeof part !== 'function');

function checkObject(value, what) {
  if (typeof value !== 'object' || value === null) throw mismatch(what, value);
}

/// Whether an object is of no class, in whatever realm it was made.
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export function objectOf(names) {
  const keys = keysOf(names);
  return {
    make: (values) => Object.fromEntries(keys.map((key, i) => [key, values[i]])),
    check: (value) => checkObject(value, 'record'),
    part(value, i, type) {
      const part = value[keys[i]]; // once: it may be computed
      if (isField(value, keys[i], part)) return part;
      if (!type.isOptional) throw new Mismatch(`the record lacks its field "${keys[i]}"`);
      return undefined;
    },
    place: (i) => `.${keys[i]}`,
  };
}

export function fields(types, { make, check, part, place }) {
  const alignment = largest(1, types, (type) => type.alignment);
  const offsets = [];
  let end = 0;
  for (const type of types) {
    offsets.push(alignTo(end, type.alignment));
    end = offsets.at(-1) + type.size;
  }
  return {
    flat: flatten(types),
    size: alignTo(end, alignment),
    alignment,
    lift: (take, side) => make(types.map((type) => type.lift(take, side))),
    load: (side, at) => make(types.map((type, i) => type.load(side, at + offsets[i]))),
    read(value, side) {
      check(value);
      return readAll(types.length, { part: (i) => part(value, i, types[i]), place }, (each, i) => types[i].read(each, side));
    },
    lower: (known, put, side) => types.forEach((type, i) => type.lower(known[i], put, side)),
    store: (side, at, known) => types.forEach((type, i) => type.store(side, at + offsets[i], known[i])),
  };
}

/// `length` values of one type: whatever the length is, what is known of them is
/// small.
export function repeated(type, length) {
  const { check, part, place } = arrayOf(length, 'list');
  return {
    flat: flatten(Array(Math.min(length, maxFlat)).fill(type)),
    size: length * type.size,
    alignment: type.alignment,
    lift: (take, side) => Array.from({ length }, () => type.lift(take, side)),
    load: (side, at) => loadElements(side, at, length, type),
    read(value, side) {
      check(value);
      return readAll(length, { part: (i) => part(value, i), place }, (each) => type.read(each, side));
    },
    lower: (known, put, side) => known.forEach((each) => type.lower(each, put, side)),
    store: (side, at, known) => known.forEach((each, i) => type.store(side, at + i * type.size, each)),
  };
}

export function flags(names) {
  const keys = keysOf(names);
  const size = names.length <= 8 ? 1 : names.length <= 16 ? 2 : 4;
  const row = scalars[`u${8 * size}`];
  const wanted = 'flags (an object with a boolean for each)';
  const make = (bits) => Object.fromEntries(keys.map((key, i) => [key, ((bits >>> i) & 1) === 1]));
  const partOf = (value, key) => {
    const part = value[key]; // once: it may be computed
    return isField(value, key, part) ? part : undefined;
  };
  const bit = (part, key) => {
    if (part === undefined) return 0;
    if (typeof part !== 'boolean') throw inside(`.${key}`, mismatch('bool', part));
    return part ? 1 : 0;
  };
  return {
    flat: ['i32'],
    size,
    alignment: size,
    lift: (take) => make(take()),
    load: (side, at) => make(row.load(side.view, at)),
    read(value) {
      checkObject(value, wanted);
      const parts = keys.map((key) => partOf(value, key));
      if (!isPlain(value) && parts.every((part) => part === undefined)) throw mismatch(wanted, value); // such as a Set
      const unknown = Object.keys(value).find((key) => !keys.includes(key));
      if (unknown !== undefined) throw new Mismatch(`there is no flag "${unknown}"`);
      return parts.reduce((bits, part, i) => bits | (bit(part, keys[i]) << i), 0);
    },
    lower: (bits, put) => put(bits),
    store: (side, at, bits) => row.store(side.view, at, bits),
  };
}
