//===- cells.mjs - which kinds of types were in which place --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A cell is "outer inner place from to": a kind of value inside of which other
// (or `none`), as parameter or result, from which kind of memory to which. A way
// is "place encoding bits encoding bits": a string from and to which side. What
// counts is the values that came out of a call, not the types of functions.
//
//===---------------------------------------------------------------------===//

import { encodings, formers, handles, memories, primitives } from './types.mjs';

const outers = ['none', ...formers.filter((former) => former !== 'enum' && former !== 'flags')];
const inners = [...primitives, ...handles, ...formers];
const bits = (memory64) => (memory64 ? 64 : 32);
const sections = ['parameter', 'result'].flatMap((place) => memories.map(([from, to]) => `${place} ${bits(from)} ${bits(to)}`));

const wayOf = (place, from, to) => `${place} ${from.encoding} ${bits(from.memory64)} ${to.encoding} ${bits(to.memory64)}`;

/// The sides that values come from and go to.
const sidesOf = (place, { lower, lift }) => (place === 'parameter' ? [lower, lift] : [lift, lower]);
const cellOf = (kinds, place, from, to) => `${kinds} ${place} ${bits(from.memory64)} ${bits(to.memory64)}`;

/// The cells and ways of one trace of the reference, as often as it has them.
export function* cellsOf(trace) {
  for (const kinds of trace.passed) {
    const [outer, inner, place] = kinds.split(' ');
    const [from, to] = sidesOf(place, trace);
    yield cellOf(`${outer} ${inner}`, place, from, to);
    if (inner === 'string') yield wayOf(place, from, to);
  }
}

/// Whether a group was made for one of `cells`; see everyCell.
export function isFor(group, cells) {
  const { outer, inner } = group;
  return ['parameter', 'result'].some((place) => {
    const [from, to] = sidesOf(place, group);
    return cells.has(cellOf(`${outer} ${inner}`, place, from, to)) || (inner === 'string' && cells.has(wayOf(place, from, to)));
  });
}

/// How often each cell was reached, counted in functions.
export class Cells {
  counts = new Map();

  add(trace) {
    for (const cell of new Set(cellsOf(trace))) this.counts.set(cell, (this.counts.get(cell) ?? 0) + 1);
  }

  /// The cells and ways that no value reached.
  missing() {
    const cells = sections.flatMap((section) => outers.flatMap((outer) => inners.filter((inner) => inner !== 'borrow' || section.startsWith('parameter')).map((inner) => `${outer} ${inner} ${section}`)));
    const sides = encodings.flatMap((encoding) => [false, true].map((memory64) => ({ encoding, memory64 })));
    const ways = ['parameter', 'result'].flatMap((place) => sides.flatMap((from) => sides.map((to) => wayOf(place, from, to))));
    return [...cells, ...ways].filter((cell) => !this.counts.has(cell));
  }

  /// A table for each place and pair of memories: a row for each kind of type, a
  /// column for what it is inside of.
  toString() {
    const width = 9;
    const row = (name, parts) => [name.padEnd(8), ...parts.map((part) => String(part).padStart(width))].join('');
    const table = (section) => [section, row('', outers), ...inners.map((inner) => row(inner, outers.map((outer) => this.counts.get(`${outer} ${inner} ${section}`) ?? 0)))].join('\n');
    return sections.map(table).join('\n\n');
  }
}
