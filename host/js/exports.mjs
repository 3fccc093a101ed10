//===- exports.mjs - what the user gets of a program ---------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Functions by name, those of an interface below its name. A name is spelled as
// in WIT, and also, where no other has that spelling, in camelCase, which is not
// listed. Beside them stand resources, as classes in PascalCase.
//
//===---------------------------------------------------------------------===//

import { exportKey, functionKey, keysOf, memberOf, pascal } from './names.mjs';

const emptyScope = () => ({ functions: [], classes: [] });

/// What stands side by side, by interface: { functions, classes } of `meld.abi`.
function scopesOf(abi) {
  const scopes = new Map([[null, emptyScope()]]);
  for (const entry of abi.exports) {
    if (!scopes.has(entry.interface)) scopes.set(entry.interface, emptyScope());
    scopes.get(entry.interface).functions.push(entry);
  }
  for (const row of abi.resources ?? [])
    if (row.resource && !row.host) scopes.get(row.interface)?.classes.push(row);
  return scopes;
}

/// Puts the members of a scope into `object`.
function fill(object, { functions, classes }, makeFunction, makeClass) {
  for (const entry of functions) object[exportKey(entry.name)] = makeFunction(entry);
  const plain = functions.map(({ name }) => name).filter((name) => !memberOf(name));
  const labels = [...plain, ...classes.map(({ resource }) => resource)];
  const keys = keysOf(labels, (label, i) => (i < plain.length ? functionKey(label) : pascal(label)));
  plain.forEach((name, i) => {
    if (!(keys[i] in object)) Object.defineProperty(object, keys[i], { value: object[exportKey(name)], writable: true, configurable: true });
  });
  classes.forEach((row, i) => (object[keys[plain.length + i]] ??= makeClass(row, object)));
}

/// The object with the exports of a program: `makeFunction(entry)` makes one of
/// an entry of `meld.abi`, `makeClass(row, functions)` one of a resource with the
/// functions beside it.
export function makeExports(abi, makeFunction, makeClass) {
  const exports = Object.create(null);
  for (const [name, scope] of scopesOf(abi))
    fill(name ? (exports[name] ??= Object.create(null)) : exports, scope, makeFunction, makeClass);
  return exports;
}
