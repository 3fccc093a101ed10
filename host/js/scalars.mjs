//===- scalars.mjs - numbers, bool and char at the edge ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The value types of the Component Model that are one core value, a row each:
// how a JavaScript value becomes a core value and back, and how it lies in
// memory.
//
//===---------------------------------------------------------------------===//

/// That a value does not have its type: what the host says, not a getter of the
/// value.
export class Mismatch extends TypeError {
  #isOurs = true;

  /// Whether it is one; as ValueTrap.is.
  static is(thrown) {
    return Object(thrown) === thrown && #isOurs in thrown;
  }
}

const cut = (text, most = 80) => (text.length > most ? `${text.slice(0, most)}...` : text);

/// Calls no method of the value, which may be the guest's: a `toString` is a call
/// where a resource has a method of that name.
function shownValue(value) {
  if (value === undefined || value === null) return `${value}`;
  if (typeof value === 'bigint') return `bigint ${value}n`;
  if (typeof value === 'string') return `string ${cut(JSON.stringify(value))}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object') return `${typeof value} ${cut(String(value))}`;
  try {
    if (value instanceof Promise) return 'a promise';
    return Array.isArray(value) ? `an array of ${value.length}` : 'an object';
  } catch {
    return 'an object'; // such as a proxy that was revoked
  }
}

/// A list of names for a message.
export const listed = (names) => cut(names.join(', '), 200);

export const mismatch = (type, value) => new Mismatch(`expected a value of type ${type}, got ${shownValue(value)}`);

/// `error`, and where in the value around it is: `.field`, `[2]`.
export function inside(place, error) {
  if (Mismatch.is(error)) error.path = place + (error.path ?? '');
  return error;
}

/// An array of what `read(part(i), i)` gives for the parts 0 to `count` of a
/// value; `place(i)` says where each is in it.
export function readAll(count, { part, place }, read) {
  const all = [];
  let isInside;
  try {
    for (let i = 0; i < count; i++) {
      isInside = false;
      const value = part(i);
      isInside = true;
      all.push(read(value, i));
    }
  } catch (error) {
    throw isInside ? inside(place(all.length), error) : error;
  }
  return all;
}

/// An integer of up to 32 bits. Core values are i32; a value that comes out is
/// cut to its width, as the Canonical ABI does.
function narrow(type, bits, signed, getter, setter) {
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const high = signed ? 2 ** (bits - 1) : 2 ** bits;
  const lift = signed ? (core) => (core << (32 - bits)) >> (32 - bits) : (core) => (core << (32 - bits)) >>> (32 - bits);
  return {
    core: 'i32',
    size: bits / 8,
    lift,
    lower(value) {
      if (!Number.isInteger(value) || value < low || value >= high) throw mismatch(type, value);
      return value | 0;
    },
    load: (view, at) => view[getter](at, true),
    store: (view, at, value) => view[setter](at, value, true),
  };
}

function wide(type, signed) {
  const wrap = signed ? BigInt.asIntN : BigInt.asUintN;
  return {
    core: 'i64',
    size: 8,
    lift: (core) => wrap(64, core),
    lower(value) {
      if (typeof value !== 'bigint') throw mismatch(`${type} (a BigInt)`, value);
      if (wrap(64, value) !== value) throw mismatch(type, value);
      return BigInt.asIntN(64, value);
    },
    load: (view, at) => wrap(64, view.getBigInt64(at, true)),
    store: (view, at, value) => view.setBigInt64(at, value, true),
  };
}

function float(type, core, size, getter, setter) {
  return {
    core,
    size,
    lift: (value) => value,
    lower(value) {
      if (typeof value !== 'number') throw mismatch(type, value);
      return value;
    },
    load: (view, at) => view[getter](at, true),
    store: (view, at, value) => view[setter](at, value, true),
  };
}

/// What the Canonical ABI does not take: `id` is a kind of Traps.def. The host
/// turns it into a trap.
export class ValueTrap extends Error {
  #isOurs = true;

  constructor(id, message) {
    super(message);
    this.id = id;
  }

  /// Whether it is one, of anything that was thrown: to ask it for its class may
  /// run code of others.
  static is(thrown) {
    return Object(thrown) === thrown && #isOurs in thrown;
  }
}

function liftChar(code) {
  const point = code >>> 0;
  if (point >= 0x110000 || (point >= 0xd800 && point <= 0xdfff))
    throw new ValueTrap('InvalidChar', `invalid \`char\` bit pattern 0x${point.toString(16)}`);
  return String.fromCodePoint(point);
}

function lowerChar(value) {
  const point = typeof value === 'string' ? value.codePointAt(0) : undefined;
  if (point === undefined || String.fromCodePoint(point) !== value || (point >= 0xd800 && point <= 0xdfff))
    throw mismatch('char', value);
  return point;
}

const bool = {
  core: 'i32',
  size: 1,
  lift: (core) => core !== 0,
  lower(value) {
    if (typeof value !== 'boolean') throw mismatch('bool', value);
    return value ? 1 : 0;
  },
  load: (view, at) => view.getUint8(at) !== 0,
  store: (view, at, core) => view.setUint8(at, core),
};

const char = {
  core: 'i32',
  size: 4,
  lift: liftChar,
  lower: lowerChar,
  load: (view, at) => liftChar(view.getUint32(at, true)),
  store: (view, at, core) => view.setUint32(at, core, true),
};

export const scalars = {
  bool,
  s8: narrow('s8', 8, true, 'getInt8', 'setInt8'),
  u8: narrow('u8', 8, false, 'getUint8', 'setUint8'),
  s16: narrow('s16', 16, true, 'getInt16', 'setInt16'),
  u16: narrow('u16', 16, false, 'getUint16', 'setUint16'),
  s32: narrow('s32', 32, true, 'getInt32', 'setInt32'),
  u32: narrow('u32', 32, false, 'getUint32', 'setUint32'),
  s64: wide('s64', true),
  u64: wide('u64', false),
  f32: float('f32', 'f32', 4, 'getFloat32', 'setFloat32'),
  f64: float('f64', 'f64', 8, 'getFloat64', 'setFloat64'),
  char,
};
