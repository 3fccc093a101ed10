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
import { Mismatch, inside, mismatch, scalars, visitAll } from './scalars.mjs';

/// One core type more than a function takes: with more, values go by a pointer,
/// and what the rest is does not matter. There can be exponentially many.
const maxFlat = 17;

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

/// A way to make a value of its fields, and to get them: { make, split, place };
/// `place` says where the field i is in it.
export function arrayOf(length) {
  return {
    make: (values) => values,
    split(value) {
      if (!(Array.isArray(value) || ArrayBuffer.isView(value)) || value.length !== length) throw mismatch(`tuple of ${length}`, value);
      return value;
    },
    place: (i) => `[${i}]`,
  };
}

/// Whether `part`, which `value` has for `key`, is a field of it, which its class
/// may compute. A function that it inherits is none: every object has a
/// `constructor` and a `toString`.
const isField = (value, key, part) => Object.hasOwn(value, key) || (key in value && typeof part !== 'function');

export function objectOf(names) {
  const keys = keysOf(names);
  return {
    make: (values) => Object.fromEntries(keys.map((key, i) => [key, values[i]])),
    split(value, types) {
      if (typeof value !== 'object' || value === null) throw mismatch('record', value);
      return keys.map((key, i) => {
        const part = value[key]; // once: it may be computed
        if (isField(value, key, part)) return part;
        if (!types[i].isOptional) throw new Mismatch(`the record lacks its field "${key}"`);
        return undefined;
      });
    },
    place: (i) => `.${keys[i]}`,
  };
}

export function fields(types, { make, split, place }) {
  const alignment = largest(1, types, (type) => type.alignment);
  const offsets = [];
  let end = 0;
  for (const type of types) {
    offsets.push(alignTo(end, type.alignment));
    end = offsets.at(-1) + type.size;
  }
  const forEach = (value, visit) => {
    const parts = split(value, types);
    visitAll(types.length, place, (i) => visit(types[i], parts[i], offsets[i]));
  };
  return {
    flat: flatten(types),
    size: alignTo(end, alignment),
    alignment,
    lift: (take, side) => make(types.map((type) => type.lift(take, side))),
    lower: (value, put, side) => forEach(value, (type, field) => type.lower(field, put, side)),
    load: (side, at) => make(types.map((type, i) => type.load(side, at + offsets[i]))),
    store: (side, at, value) => forEach(value, (type, field, offset) => type.store(side, at + offset, field)),
  };
}

/// `length` values of one type: whatever the length is, what is known of them is
/// small.
export function repeated(type, length) {
  const { split, place } = arrayOf(length);
  const forEach = (value, visit) => {
    const parts = split(value);
    visitAll(length, place, (i) => visit(parts[i], i * type.size));
  };
  return {
    flat: flatten(Array(Math.min(length, maxFlat)).fill(type)),
    size: length * type.size,
    alignment: type.alignment,
    lift: (take, side) => Array.from({ length }, () => type.lift(take, side)),
    lower: (value, put, side) => forEach(value, (part) => type.lower(part, put, side)),
    load: (side, at) => loadElements(side, at, length, type),
    store: (side, at, value) => forEach(value, (part, offset) => type.store(side, at + offset, part)),
  };
}

export function flags(names) {
  const keys = keysOf(names);
  const size = names.length <= 8 ? 1 : names.length <= 16 ? 2 : 4;
  const row = scalars[`u${8 * size}`];
  const make = (bits) => Object.fromEntries(keys.map((key, i) => [key, ((bits >>> i) & 1) === 1]));
  const bits = (value) => {
    if (typeof value !== 'object' || value === null) throw mismatch('flags', value);
    for (const key of Object.keys(value)) {
      if (!keys.includes(key)) throw new Mismatch(`there is no flag "${key}"`);
      if (![true, false, undefined].includes(value[key])) throw inside(`.${key}`, mismatch('bool', value[key]));
    }
    return keys.reduce((all, key, i) => (value[key] === true ? all | (1 << i) : all), 0);
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
