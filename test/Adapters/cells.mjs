//===- cells.mjs - which kinds of types were in which place --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A cell is "outer inner place bits": a kind of type inside which other (or
// `none`), as parameter or result, in which kind of memory. A way is "place
// encoding bits encoding bits": a string from and to which side.
//
//===---------------------------------------------------------------------===//

import { encodings, formers, handles, primitives } from './types.mjs';

const outers = ['none', ...formers.filter((former) => former !== 'enum' && former !== 'flags')];
const inners = [...primitives, ...handles, ...formers];
const sections = ['parameter', 'result'].flatMap((place) => [32, 64].map((bits) => `${place} ${bits}`));

const bitsOf = (side) => (side.memory64 ? 64 : 32);
const wayOf = (place, from, to) => `${place} ${from.encoding} ${bitsOf(from)} ${to.encoding} ${bitsOf(to)}`;

/// The cells and ways of one function, as often as it has them.
export function* cellsOf({ params, result, lower, lift }) {
  function* of(type, outer, place) {
    const kind = typeof type === 'string' ? type : type.length ? 'fixed' : Object.keys(type)[0];
    for (const side of [lower, lift]) yield `${outer} ${kind} ${place} ${bitsOf(side)}`;
    if (type === 'string') yield place === 'parameter' ? wayOf(place, lower, lift) : wayOf(place, lift, lower);
    if (typeof type === 'string' || kind === 'enum' || kind === 'flags') return;
    const inner = type[Object.keys(type).find((key) => key !== 'length')];
    const parts = (Array.isArray(inner) ? inner : [inner]).map((part) => (Array.isArray(part) ? part[1] : part));
    for (const part of parts) if (part) yield* of(part, kind, place);
  }
  for (const type of params) yield* of(type, 'none', 'parameter');
  if (result) yield* of(result, 'none', 'result');
}

/// How often each cell was reached, counted in functions.
export class Cells {
  counts = new Map();

  add(group) {
    for (const cell of new Set(cellsOf(group))) this.counts.set(cell, (this.counts.get(cell) ?? 0) + 1);
  }

  /// The cells and ways that no function reached.
  missing() {
    const cells = sections.flatMap((section) => outers.flatMap((outer) => inners.filter((inner) => inner !== 'borrow' || section.startsWith('parameter')).map((inner) => `${outer} ${inner} ${section}`)));
    const sides = encodings.flatMap((encoding) => [false, true].map((memory64) => ({ encoding, memory64 })));
    const ways = ['parameter', 'result'].flatMap((place) => sides.flatMap((from) => sides.map((to) => wayOf(place, from, to))));
    return [...cells, ...ways].filter((cell) => !this.counts.has(cell));
  }

  /// A table for each place and kind of memory: a row for each kind of type, a
  /// column for what it is inside of.
  toString() {
    const width = 9;
    const row = (name, parts) => [name.padEnd(8), ...parts.map((part) => String(part).padStart(width))].join('');
    const table = (section) => [section, row('', outers), ...inners.map((inner) => row(inner, outers.map((outer) => this.counts.get(`${outer} ${inner} ${section}`) ?? 0)))].join('\n');
    return sections.map(table).join('\n\n');
  }
}
