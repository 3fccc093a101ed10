//===- values.mjs - component values at the edge -------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Each type of `meld.abi` becomes a codec:
//
//   flat                 the core types of a value, as 'i32', 'i64', ...; of
//                        more than a function takes, the first few (fields.mjs)
//   size, alignment      of a value in memory
//   lift(take, side)     the value of core values, which `take()` gives in order
//   load(side, at)       the value in memory
//   read(value, side)    what there is to know of a JavaScript value, as `lower`
//                        and `store` take it
//   lower(known, put, side)  as core values, which `put(core)` takes in order
//   store(side, at, known)   in memory
//   isOptional           whether `undefined` is a value
//
// `side` is a Side (side.mjs). A value that goes in may have getters, iterators
// and proxies in it, whose code may do anything, also call the program. So it is
// read first, as a whole: every part once, in the order of its type. What follows
// runs no code of the user's until the program has been called.
//
// `read` throws a TypeError where a JavaScript value does not have the type, a
// Mismatch; its `path` says which part of the value that is, `.a[2]`. `lift` and
// `load` throw a ValueTrap where a core value does not have it.
//
//===---------------------------------------------------------------------===//

import { addressOf } from './addresses.mjs';
import { cases, named, optional, tagged } from './cases.mjs';
import { arrayOf, fields, flags, objectOf, repeated } from './fields.mjs';
import { list, pair } from './lists.mjs';
import { borrowType, ownType } from './resources.mjs';
import { scalars } from './scalars.mjs';
import { innermostFirst } from './shared.mjs';
import { futureType, streamType } from './streams.mjs';
import { liftString, lowerString, readString } from './strings.mjs';

function scalar(row) {
  return {
    flat: [row.core],
    size: row.size,
    alignment: row.size,
    lift: (take) => row.lift(take()),
    load: (side, at) => row.load(side.view, at),
    read: row.lower,
    lower: (core, put) => put(core),
    store: (side, at, core) => row.store(side.view, at, core),
  };
}

/// A `map` is a list of pairs, and a Map in JavaScript.
function map(key, value, address) {
  const entries = list({}, fields([key, value], arrayOf(2)), address);
  return {
    ...entries,
    lift: (take, side) => new Map(entries.lift(take, side)),
    load: (side, at) => new Map(entries.load(side, at)),
  };
}

/// The name of a type of `meld.abi`: of the member that says what it is, which
/// need not be the first one.
export function typeName(type) {
  if (typeof type !== 'object' || !type) return String(type);
  const names = Object.keys(type);
  return names.find((name) => Object.hasOwn(formers, name)) ?? names[0] ?? 'nothing';
}

/// Whether a case, a stream or a future of that type carries no value.
export const isNothing = (type) => type === null || type === undefined;

/// Whether the values of an option of that type say by a tag what they are: an
/// option of an option would not be told from its payload.
export const isTaggedOption = (type) => type?.option !== undefined;

const formers = {
  list: (type, of, address) =>
    type.length ? repeated(of(type.list), type.length) : list(type.list, of(type.list), address),
  map: ({ map: [key, value] }, of, address) => map(of(key), of(value), address),
  record: ({ record }, of) => fields(record.map(([, type]) => of(type)), objectOf(record.map(([name]) => name))),
  tuple: ({ tuple }, of) => fields(tuple.map(of), arrayOf(tuple.length)),
  flags: ({ flags: names }) => flags(names),
  enum: ({ enum: names }) => cases(names.map(() => undefined), named(names)),
  variant: ({ variant }, of) => cases(variant.map(([, type]) => of(type)), tagged(variant.map(([name]) => name))),
  option: ({ option }, of) =>
    isTaggedOption(option)
      ? cases([undefined, of(option)], tagged(['none', 'some'], 'option'))
      : { ...cases([undefined, of(option)], optional), isOptional: true },
  own: ({ own }) => ownType(own),
  borrow: ({ borrow }) => borrowType(borrow),
  result: ({ result }, of) => cases(result.map(of), tagged(['ok', 'err'], 'result')),
  stream: ({ stream }, of) => streamType(isNothing(stream) ? undefined : { type: stream, codec: of(stream) }),
  future: ({ future }, of) => futureType(isNothing(future) ? undefined : { type: future, codec: of(future) }),
};

/// Codecs of types that are objects, by the row of addresses and the type: one
/// that stands in many places has one (shared.mjs).
const codecs = new WeakMap();

/// The codec of a type of `meld.abi`, in a memory with such addresses
/// (addresses.mjs). Throws an Error that names `where` and the type if this host
/// does not take it yet.
export function valueType(type, where, address = addressOf()) {
  if (typeof type !== 'object' || type === null) return makeCodec(type, where, address);
  if (!codecs.has(address)) codecs.set(address, new WeakMap());
  const known = codecs.get(address);
  for (const each of innermostFirst(type, (part) => known.has(part))) known.set(each, makeCodec(each, where, address));
  return known.get(type);
}

function makeCodec(type, where, address) {
  const of = (inner) => (isNothing(inner) ? undefined : valueType(inner, where, address));
  if (type === 'string') return pair(liftString, readString, lowerString, address);
  if (typeof type === 'string' && Object.hasOwn(scalars, type)) return scalar(scalars[type]);
  const former = typeof type === 'object' && type ? formers[typeName(type)] : undefined;
  if (!former) throw new Error(`${where}: this host does not take values of type \`${typeName(type)}\` yet`);
  return former(type, of, address);
}

/// A codec for several values at once: an array.
export const tupleType = (types) => fields(types, arrayOf(types.length));
