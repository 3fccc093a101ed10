//===- imports.mjs - what the user gives for the imports of a program ----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Functions are given by name; those of an interface below its name, with or
// without its version. A name may be spelled as in WIT or in camelCase, where no other has
// that spelling. What belongs to a resource may be a class:
//
//   { 'wasi:io/streams': { OutputStream: class { blockingWriteAndFlush(bytes) {} } } }
//
// Where a function has a `result`, it gives `{ tag, val }`; in an interface that
// went through `throwing` it gives the payload of `ok`, and throws that of `err`.
//
//===---------------------------------------------------------------------===//

import { functionKey, keysOf, memberOf, methodKey, pascal, staticKey } from './names.mjs';
import { promiseOf } from './promises.mjs';
import { shownName } from './signature.mjs';

const throwers = new WeakSet();

/// Marks an interface, which is returned: its functions give what is `ok`, and
/// throw what is `err`, or an Error whose `payload` that is.
export function throwing(scope) {
  throwers.add(scope);
  return scope;
}

/// `0.2.3` and `0.2.0` are compatible, `0.2` and `0.3` are not.
function track(version) {
  const [major, minor, patch] = version.split(/[-+]/)[0].split('.');
  return major !== '0' ? major : minor !== '0' ? `0.${minor}` : `0.0.${patch}`;
}

function sameInterface(given, wanted) {
  const [name, version] = given.split('@'), [wantedName, wantedVersion] = wanted.split('@');
  return name === wantedName && (!version || !wantedVersion || track(version) === track(wantedVersion));
}

/// What `imports` has for an interface; for null, itself.
export function findInterface(imports, name) {
  if (!name) return imports;
  const key = Object.hasOwn(imports, name) ? name : Object.keys(imports).find((given) => sameInterface(given, name));
  return imports[key];
}

/// A member that the user gave: what every object or function has, as `toString`
/// and `call`, is none.
function given(scope, key) {
  const member = scope?.[key];
  const isEverywhere = [Object.prototype, Function.prototype].some((all) => key in all && member === all[key]);
  return isEverywhere ? undefined : member;
}

/// What a program imports, [place, id, label, spell]: a function or a resource,
/// where it stands, and what spells its label.
function* importsOf(abi) {
  for (const entry of abi.imports) {
    const { kind, resource, member } = memberOf(entry.name) ?? {};
    if (!kind) yield [`${entry.interface}`, shownName(entry), entry.name, functionKey];
    else if (member) yield [`${entry.interface}#[${kind}]${resource}`, shownName(entry), member, kind === 'method' ? methodKey : staticKey];
  }
  for (const { interface: from, resource, host } of abi.resources ?? [])
    if (host) yield [`${from}`, shownName({ interface: from, name: resource }), resource, pascal];
}

/// The keys that the imports of a program have in JavaScript, by their shown
/// names: only what has a spelling for itself may have it.
export function importKeys(abi) {
  const places = new Map();
  for (const [place, id, label, spell] of importsOf(abi)) {
    if (!places.has(place)) places.set(place, new Map());
    places.get(place).set(id, { label, spell });
  }
  const keys = new Map();
  for (const place of places.values()) {
    const rows = [...place.values()];
    const spelled = keysOf(rows.map(({ label }) => label), (label, i) => rows[i].spell(label));
    [...place.keys()].forEach((id, i) => keys.set(id, spelled[i]));
  }
  return keys;
}

/// The class of a resource, if the user gave one; `keys` are those of `importKeys`.
export const findClass = (scope, from, resource, keys) =>
  given(scope, resource) ?? given(scope, keys.get(shownName({ interface: from, name: resource })) ?? pascal(resource));

function findMember(scope, { kind, resource }, entry, keys) {
  const Class = findClass(scope, entry.interface, resource, keys);
  if (typeof Class !== 'function') return undefined;
  if (kind === 'constructor') return (...args) => new Class(...args);
  const method = keys.get(shownName(entry));
  if (kind === 'static') return typeof given(Class, method) === 'function' ? (...args) => Class[method](...args) : undefined;
  return typeof given(Class.prototype, method) === 'function' ? (self, ...args) => self[method](...args) : undefined;
}

function findFunction(scope, entry, keys) {
  const { name } = entry;
  const member = memberOf(name);
  for (const key of member ? [name] : [name, keys.get(shownName(entry))])
    if (typeof given(scope, key) === 'function') return (...args) => scope[key](...args);
  return member ? findMember(scope, member, entry, keys) : undefined;
}

/// What was thrown as the value of `err`; an error that is none goes on.
function payloadOf(error) {
  if (Object(error) === error && Object.hasOwn(error, 'payload')) return error.payload;
  if (error instanceof Error) throw error;
  return error;
}

function resultOf(f) {
  const ok = (val) => ({ tag: 'ok', val });
  const err = (error) => ({ tag: 'err', val: payloadOf(error) });
  return (...args) => {
    try {
      const value = f(...args);
      return promiseOf(value)?.then(ok, err) ?? ok(value);
    } catch (error) {
      return err(error);
    }
  };
}

/// The function for an entry of `meld.abi`, or undefined; `keys` are those of
/// `importKeys`.
export function findImport(imports, entry, keys) {
  const scope = findInterface(imports, entry.interface);
  const f = findFunction(scope, entry, keys);
  return f && entry.result?.result && throwers.has(scope) ? resultOf(f) : f;
}
