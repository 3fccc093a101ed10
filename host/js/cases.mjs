//===- cases.mjs - variants, enums and options at the edge ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Codecs as in values.mjs.
//
//===---------------------------------------------------------------------===//

import { alignTo, largest, maxFlat } from './fields.mjs';
import { ValueTrap, inside, listed, mismatch, scalars } from './scalars.mjs';

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

/// `make(index)` or `make(index, payload)`, and `indexOf(value)` and
/// `payloadOf(value)` are the JavaScript side; `place` says where the payload is
/// in it. What is known of a value is its index and what is known of its payload.
export function cases(types, { make, indexOf, payloadOf, place = '' }) {
  const width = types.length <= 256 ? 1 : types.length <= 65536 ? 2 : 4;
  const discriminant = scalars[`u${8 * width}`];
  const payloadAlignment = largest(1, types, (type) => type?.alignment ?? 1);
  const offset = alignTo(width, payloadAlignment);
  const alignment = Math.max(width, payloadAlignment);
  const joined = joinFlat(types);
  const zero = (core) => (core === 'i64' ? 0n : 0);
  const check = (index) => {
    if (index >= types.length) throw new ValueTrap('InvalidDiscriminant', 'invalid variant discriminant');
    return index;
  };
  return {
    flat: ['i32', ...joined].slice(0, maxFlat),
    size: alignTo(offset + largest(0, types, (type) => type?.size ?? 0), alignment),
    alignment,
    lift(take, side) {
      const index = check(take() >>> 0);
      const type = types[index];
      const cores = joined.map((core, i) => reinterpretIf(take(), core, type?.flat[i]));
      return type ? make(index, type.lift(() => cores.shift(), side)) : make(index);
    },
    lower([index, payload], put, side) {
      const cores = [];
      types[index]?.lower(payload, (core) => cores.push(core), side);
      put(index);
      joined.forEach((core, i) => put(i < cores.length ? reinterpret(cores[i], types[index].flat[i], core) : zero(core)));
    },
    load(side, at) {
      const index = check(discriminant.load(side.view, at));
      return types[index] ? make(index, types[index].load(side, at + offset)) : make(index);
    },
    read(value, side) {
      const index = indexOf(value);
      if (!types[index]) return [index];
      try {
        return [index, types[index].read(payloadOf(value), side)];
      } catch (error) {
        throw inside(place, error);
      }
    },
    store(side, at, [index, payload]) {
      discriminant.store(side.view, at, index);
      types[index]?.store(side, at + offset, payload);
    },
  };
}

const reinterpretIf = (core, from, to) => (to === undefined ? core : reinterpret(core, from, to));

/// `{ tag, val }`, a `former`.
export function tagged(names, former = 'variant') {
  return {
    make: (index, ...payload) => (payload.length ? { tag: names[index], val: payload[0] } : { tag: names[index] }),
    indexOf(value) {
      const tag = value?.tag; // once: it may be computed
      const index = names.indexOf(tag);
      if (index < 0) throw mismatch(`${former} of ${listed(names)} (an object { tag, val })`, tag ?? value);
      return index;
    },
    payloadOf: (value) => value.val,
    place: '.val',
  };
}

export function named(names) {
  return {
    make: (index) => names[index],
    indexOf(value) {
      const index = names.indexOf(value);
      if (index < 0) throw mismatch(`enum of ${listed(names)}`, value);
      return index;
    },
  };
}

/// The payload itself, or `undefined`.
export const optional = {
  make: (index, val) => (index ? val : undefined),
  indexOf: (value) => (value === undefined || value === null ? 0 : 1),
  payloadOf: (value) => value,
};
