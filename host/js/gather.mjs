//===- gather.mjs - all that streams and futures give --------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// For values as text: a stream counts as the list of its elements, or as their
// number if it has none, a future as its value.
//
//===---------------------------------------------------------------------===//

import { keysOf } from './names.mjs';
import { isNothing, isTaggedOption, typeName } from './values.mjs';

async function gatherStream(stream, element) {
  const all = [];
  let count = 0;
  for await (const chunk of stream) {
    if (isNothing(element)) count += chunk;
    else for (const value of chunk) all.push(await gather(value, element));
  }
  return isNothing(element) ? count : all;
}

/// Values of `types` one after the other: a stream has ended before the future
/// behind it is waited for.
async function gatherAll(values, types) {
  const all = [];
  for (const [i, type] of types.entries()) all.push(await gather(values[i], type));
  return all;
}

async function gatherRecord(value, fields) {
  const keys = keysOf(fields.map(([label]) => label));
  const all = await gatherAll(keys.map((key) => value[key]), fields.map(([, type]) => type));
  return Object.fromEntries(keys.map((key, i) => [key, all[i]]));
}

const gatherCase = async ({ tag, val }, type) => (isNothing(type) ? { tag } : { tag, val: await gather(val, type) });

const formers = {
  stream: (value, { stream }) => gatherStream(value, stream),
  future: async (value, { future }) => gather(await value, future),
  list: (value, { list }) => gatherAll([...value], Array(value.length).fill(list)),
  tuple: (value, { tuple }) => gatherAll(value, tuple),
  record: (value, { record }) => gatherRecord(value, record),
  option: (value, { option }) => (value === undefined ? undefined : isTaggedOption(option) ? gatherCase(value, option) : gather(value, option)),
  result: (value, { result: [ok, err] }) => gatherCase(value, value.tag === 'ok' ? ok : err),
  variant: (value, { variant }) => gatherCase(value, variant.find(([key]) => key === value.tag)?.[1]),
};

const holders = new WeakMap();

/// Whether there may be a stream or future in values of a type.
function holdsEnds(type) {
  if (typeof type !== 'object' || type === null) return false;
  if (Object.hasOwn(type, 'stream') || Object.hasOwn(type, 'future')) return true;
  if (!holders.has(type)) holders.set(type, Object.values(type).some(holdsEnds));
  return holders.get(type);
}

/// `value`, of `type`, with what its streams and futures give in their place.
export async function gather(value, type) {
  return holdsEnds(type) ? formers[typeName(type)](value, type) : value;
}
