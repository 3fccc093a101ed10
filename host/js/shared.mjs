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

function find(shared, position) {
  if (!Object.hasOwn(shared, position)) throw new Error(`custom section \`meld.abi\`: there is no shared type ${position} here`);
  return shared[position];
}
