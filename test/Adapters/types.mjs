//===- types.mjs - random function types ---------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A group is { params, result, lower, lift, seed, cases }: types as in
// `meld.abi`, and for each side { memory64, encoding }.
//
//===---------------------------------------------------------------------===//

/// Numbers from a seed: mulberry32.
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { below: (n) => next() % n, pick: (list) => list[next() % list.length], seed: next };
}

export const primitives = ['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64', 'char', 'string'];
/// Borrows are parameters only.
export const handles = ['own', 'borrow'];
export const formers = ['list', 'fixed', 'map', 'record', 'tuple', 'variant', 'enum', 'flags', 'option', 'result'];
export const encodings = ['utf8', 'utf16', 'latin1+utf16'];

const names = (prefix, count) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/// A type made by `former`, of parts that `part` makes.
export function make(former, random, part) {
  const some = (most) => 1 + random.below(most);
  const maybe = () => (random.below(3) ? part() : null);
  switch (former) {
    case 'list': return { list: part() };
    case 'fixed': return { list: part(), length: some(random.below(8) ? 3 : 12) };
    case 'map': return { map: [part(), part()] };
    case 'record': return { record: names('f', some(5)).map((name) => [name, part()]) };
    case 'tuple': return { tuple: names('', some(4)).map(part) };
    case 'variant': return { variant: names('c', some(5)).map((name) => [name, maybe()]) };
    case 'enum': return { enum: names('e', random.below(6) ? some(8) : random.pick([256, 300])) };
    case 'flags': return { flags: names('b', random.below(3) ? some(32) : random.pick([8, 16, 32])) };
    case 'option': return { option: part() };
    case 'result': return { result: [maybe(), maybe()] };
    default: return former;
  }
}

const parameterLeaves = [...primitives, ...handles];
const resultLeaves = [...primitives, 'own'];

function randomType(random, depth, leaves) {
  const part = () => randomType(random, depth - 1, leaves);
  return depth === 0 || random.below(5) === 0 ? random.pick(leaves) : make(random.pick(formers), random, part);
}

const side = (random) => ({ memory64: random.below(4) === 0, encoding: random.pick(encodings) });
const around = (random, types) => ({ ...types, lower: side(random), lift: side(random), seed: random.seed() });

/// Whether the memories of the two sides are 64-bit ones.
export const memories = [0, 1, 2, 3].map((bits) => [(bits & 1) === 1, (bits & 2) === 2]);

/// Each former around each other kind of type, as a parameter and as a result,
/// from and to both kinds of memory; a string between all of these and all pairs
/// of encodings. Each says which `inner` inside of which `outer` it is for.
export function everyCell(random) {
  const groups = [];
  for (const outer of ['none', ...formers])
    for (const inner of [...primitives, ...handles, ...formers]) {
      const leaf = () => make(inner, random, () => random.pick(primitives));
      const type = () => make(outer === 'none' ? inner : outer, random, outer === 'none' ? () => random.pick(primitives) : leaf);
      if (outer === 'enum' || outer === 'flags') continue;
      for (const [from64, to64] of memories) {
        const group = around(random, { outer, inner, params: [type()], result: inner === 'borrow' ? null : type() });
        group.lower.memory64 = from64;
        group.lift.memory64 = to64;
        groups.push(group);
      }
    }
  for (const [from64, to64] of memories)
    for (const from of encodings)
      for (const to of encodings)
        groups.push({ ...around(random, { outer: 'none', inner: 'string', params: ['string'], result: 'string' }), lower: { memory64: from64, encoding: from }, lift: { memory64: to64, encoding: to } });
  return groups;
}

export function randomGroup(random) {
  const types = Array.from({ length: random.below(random.below(8) ? 4 : 20) }, () => randomType(random, random.below(4), parameterLeaves));
  return around(random, { params: types, result: random.below(4) ? randomType(random, random.below(4), resultLeaves) : null });
}

/// Smaller types than `type`: its parts, and itself with fewer or smaller ones.
function* smaller(type) {
  if (typeof type === 'string') {
    if (type !== 'u8') yield 'u8';
    return;
  }
  const kind = Object.keys(type).find((key) => key !== 'length');
  const inner = type[kind];
  const list = Array.isArray(inner) ? inner : [inner];
  const typeOf = (part) => (Array.isArray(part) ? part[1] : part);
  if (kind !== 'enum' && kind !== 'flags') {
    for (const part of list) if (typeOf(part)) yield typeOf(part);
    for (const [i, part] of list.entries())
      if (typeOf(part))
        for (const less of smaller(typeOf(part))) {
          const parts = list.with(i, Array.isArray(part) ? [part[0], less] : less);
          yield { ...type, [kind]: Array.isArray(inner) ? parts : parts[0] };
        }
  }
  if (list.length > 1 && kind !== 'result' && kind !== 'map')
    for (const i of list.keys()) yield { ...type, [kind]: list.toSpliced(i, 1) };
  if (type.length > 1) yield { ...type, length: 1 };
}

/// Groups that are smaller than `group` by one step.
export function* shrink(group) {
  for (const i of group.params.keys()) yield { ...group, params: group.params.toSpliced(i, 1) };
  if (group.result) yield { ...group, result: null };
  for (const [i, type] of group.params.entries())
    for (const less of smaller(type)) yield { ...group, params: group.params.with(i, less) };
  if (group.result) for (const less of smaller(group.result)) yield { ...group, result: less };
}
