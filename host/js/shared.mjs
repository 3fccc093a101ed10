//===- shared.mjs - types that stand in several places -------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// Puts the types of `shared` in place of the references to them. As trees they
/// can be exponentially large, so nothing here walks into one twice. Throws an
/// Error where a reference does not lead to an earlier type.
export function linkTypes(abi) {
  const shared = [];
  const linked = (part) => {
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(linked);
    if (Object.hasOwn(part, 'shared')) return find(shared, part.shared);
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, linked(value)]));
  };
  for (const type of abi.shared ?? []) shared.push(linked(type));
  for (const entry of [...(abi.exports ?? []), ...(abi.imports ?? [])]) {
    for (const param of entry.params ?? []) param.type = linked(param.type);
    entry.result = linked(entry.result);
  }
  for (const row of abi.types ?? []) row.type = linked(row.type);
}

/// The parts of a type that are types, but for primitives.
export const parts = (type) => Object.values(type).flat(2).filter((part) => typeof part === 'object' && part !== null);

/// `type` and what is in it, each behind its parts, without what `isKnown`: for
/// who makes something of each from what was made of its parts. That takes no
/// stack as deep as types are nested, and one step for each place of a type.
export function* innermostFirst(type, isKnown) {
  const waiting = [type];
  while (waiting.length) {
    const last = waiting.at(-1);
    const missing = isKnown(last) ? [] : parts(last).filter((part) => !isKnown(part));
    if (missing.length) {
      waiting.push(...missing.reverse());
      continue;
    }
    waiting.pop();
    if (!isKnown(last)) yield last;
  }
}

function find(shared, position) {
  if (!Object.hasOwn(shared, position)) throw new Error(`custom section \`meld.abi\`: there is no shared type ${position} here`);
  return shared[position];
}
