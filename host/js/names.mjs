//===- names.mjs - names of WIT in JavaScript ----------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

export const camel = (name) => name.replace(/-([a-z0-9])/gi, (_, letter) => letter.toUpperCase());
export const pascal = (name) => camel(name).replace(/^./, (letter) => letter.toUpperCase());

/// Names that the language gives a meaning of its own have a `_` behind them,
/// which no label of WIT can have: `await` calls whatever function is called
/// `then`, an object's `constructor` is its class, and a class has one `prototype`.
const spelling = (...taken) => (label) => (taken.includes(label) ? `${label}_` : camel(label));
export const functionKey = spelling('then');
export const methodKey = spelling('then', 'constructor');
export const staticKey = spelling('then', 'prototype');

/// The key under which a function is always found: its name as WIT has it.
export const exportKey = (name) => (name === 'then' ? functionKey(name) : name);

/// The keys of labels that stand side by side, such as the fields of a record:
/// in camelCase, or as `spell` spells them. Labels that would have one key are
/// their own: `a1` and `a-1`.
export function keysOf(labels, spell = camel) {
  const counts = new Map();
  const spelled = labels.map(spell);
  for (const key of spelled) counts.set(key, (counts.get(key) ?? 0) + 1);
  return labels.map((label, i) => (counts.get(spelled[i]) > 1 ? label : spelled[i]));
}

/// `[method]r.f` as { kind: 'method', resource: 'r', member: 'f' }; undefined for
/// the name of a function that belongs to no resource.
export const memberOf = (name) => /^\[(?<kind>constructor|method|static)\](?<resource>[^.]*)(\.(?<member>.*))?$/.exec(name)?.groups;
