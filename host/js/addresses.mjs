//===- addresses.mjs - pointers and lengths at the edge ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Pointers and lengths are numbers of JavaScript in the host. A row for each
// type of address that a memory may have says how they become core values and
// back, and how they lie in memory; `utf16Mark` is the highest bit of a length.
//
//===---------------------------------------------------------------------===//

import { scalars } from './scalars.mjs';

const { u32, u64 } = scalars;
const highest = 1n << 63n;
const utf16Mark = 2 ** 52;
const largest = BigInt(utf16Mark - 8);

/// A number of 64 bits as one of JavaScript, which has 53: the highest bit
/// becomes `utf16Mark`, and what is too large for the rest is still larger than
/// every memory, and aligned as it was.
function fold(core) {
  const low = BigInt.asUintN(63, core);
  const kept = Number(low < largest ? low : largest | (low & 7n));
  return BigInt.asUintN(64, core) < highest ? kept : kept + utf16Mark;
}

const unfold = (number) => BigInt.asIntN(64, number < utf16Mark ? BigInt(number) : BigInt(number - utf16Mark) | highest);

const rows = {
  i32: { core: 'i32', size: 4, utf16Mark: 2 ** 31, lift: u32.lift, lower: (number) => number | 0, load: u32.load, store: u32.store },
  i64: {
    core: 'i64',
    size: 8,
    utf16Mark,
    lift: fold,
    lower: unfold,
    load: (view, at) => fold(u64.load(view, at)),
    store: (view, at, number) => u64.store(view, at, unfold(number)),
  },
};

/// The row of the memory that an entry of `meld.abi` names. Throws an Error that
/// names `where` if this host does not know its type of address.
export function addressOf(type = 'i32', where = '`meld.abi`') {
  if (!Object.hasOwn(rows, type)) throw new Error(`${where}: this host does not know memories with addresses of type \`${type}\``);
  return rows[type];
}
