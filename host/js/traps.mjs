//===- traps.mjs - why a program trapped ---------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The kinds of traps are rows of include/meld/Support/Traps.def, which this file
// can read; a host has them in trap-kinds.mjs.
//
//===---------------------------------------------------------------------===//

/// A trap of a fused program, or one that the host had to make.
///   kind      number of the kind; 0: the guest's own, `cause` is the engine's
///             error
///   id        name of the kind, as far as it is known; "Guest" for kind 0
///   argument  the number that the kind speaks of, for example a handle
///   places    where the program was, innermost first, as OffsetMap.locate
///             (offset-map.mjs) tells it; empty without a map
export class MeldTrap extends Error {
  name = 'MeldTrap';
  constructor({ kind, id, argument = 0, message, cause, map }) {
    super(message, { cause });
    this.kind = kind;
    this.id = id;
    this.argument = argument;
    this.places = map?.locateStack(stackOf(cause)) ?? [];
  }
}

/// What was thrown may be anything, and its `stack` too.
function stackOf(thrown) {
  try {
    const { stack } = thrown;
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  }
}

const literal = String.raw`"(?:[^"\\]|\\.)*"`;
const rowPattern = new RegExp(String.raw`\bMELD_TRAP(_SUITE)?\(\s*(\w+)\s*,(?:\s*(\d+)\s*,)?\s*((?:${literal}\s*)+)\)`, 'g');

/// Neighbouring literals are one string, as in C.
const joined = (literals) => [...literals.matchAll(new RegExp(literal, 'g'))].map((match) => JSON.parse(match[0])).join('');

/// Reads the text of Traps.def. Returns `{ number, id, text, suite: [text] }`,
/// a row per kind, in the order of the file. Throws an Error if it has no row.
export function parseTrapTable(source) {
  const rows = new Map();
  for (const [, isSuite, id, number, literals] of source.replace(/\/\/.*$/gm, '').matchAll(rowPattern)) {
    if (!isSuite) rows.set(id, { number: Number(number), id, text: joined(literals), suite: [] });
    else if (rows.has(id)) rows.get(id).suite.push(joined(literals));
    else throw new Error(`table of traps: a suite text for the unknown kind "${id}"`);
  }
  if (rows.size === 0) throw new Error('table of traps: it has no rows');
  return [...rows.values()];
}

/// The text of a kind, with the argument in the place of `%`.
export function trapText(row, argument) {
  return row.text.replace('%', String(argument >>> 0));
}
