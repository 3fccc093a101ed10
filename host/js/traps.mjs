//===- traps.mjs - why a program trapped ---------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The kinds of traps are rows of include/meld/Support/Traps.def. This file
// reads that table; it holds no copy.
//
//===---------------------------------------------------------------------===//

/// A trap of a fused program, or one that the host had to make.
///   kind      number of the kind; 0: the guest's own, `cause` is the engine's
///             error; undefined: made by the host
///   id        name of the kind, as far as it is known
///   argument  the number that the kind speaks of, for example a handle
export class MeldTrap extends Error {
  name = 'MeldTrap';
  constructor({ kind, id, argument = 0, message, cause }) {
    super(message, { cause });
    this.kind = kind;
    this.id = id;
    this.argument = argument;
  }
}

const stringPattern = /"((?:[^"\\]|\\.)*)"/g;

/// Reads the text of Traps.def: one row `MACRO(number, id, "text", suite texts...)`
/// each. Returns `{ number, id, text, suite: [text] }` in the order of the file.
export function parseTrapTable(source) {
  const rows = [];
  const bare = source.replace(/^\s*\/\/.*$/gm, '').replace(/^\s*#(?:.*\\\n)*.*$/gm, '');
  const row = /\b[A-Z][A-Z_]*\(\s*(\d+)\s*,\s*"?([\w-]+)"?\s*,\s*((?:"(?:[^"\\]|\\.)*"|[^")])*)\)/g;
  for (const [, number, id, rest] of bare.matchAll(row)) {
    // Neighbouring literals are one string, as in C.
    const joined = rest.replace(/"\s*\n?\s*"/g, '');
    const [text, ...suite] = [...joined.matchAll(stringPattern)].map((match) => JSON.parse(match[0]));
    rows.push({ number: Number(number), id, text, suite: suite.flatMap((t) => t.split('|')).filter(Boolean) });
  }
  return rows;
}
