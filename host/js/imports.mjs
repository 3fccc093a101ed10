//===- imports.mjs - what the user gives for the imports of a program ----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Functions are given by name; those of an interface below its name, with or
// without its version. A name may be spelled as in WIT or in camelCase. What
// belongs to a resource may be a class:
//
//   { 'wasi:io/streams': { OutputStream: class { blockingWriteAndFlush(bytes) {} } } }
//
// Where a function has a `result`, it gives `{ tag, val }`; in an interface that
// went through `throwing` it gives the payload of `ok`, and throws that of `err`.
//
//===---------------------------------------------------------------------===//

import { camel, pascal } from './names.mjs';

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

/// The class of a resource, if the user gave one.
export const findClass = (scope, resource) => given(scope, resource) ?? given(scope, pascal(resource));

function findMember(scope, kind, resource, name) {
  const Class = findClass(scope, resource);
  if (typeof Class !== 'function') return undefined;
  if (kind === 'constructor') return (...args) => new Class(...args);
  const method = camel(name);
  if (kind === 'static') return typeof given(Class, method) === 'function' ? (...args) => Class[method](...args) : undefined;
  return typeof given(Class.prototype, method) === 'function' ? (self, ...args) => self[method](...args) : undefined;
}

function findFunction(scope, name) {
  for (const key of [name, camel(name)]) if (typeof given(scope, key) === 'function') return (...args) => scope[key](...args);
  const [, kind, resource, , member] = /^\[(constructor|method|static)\]([^.]*)(\.(.*))?$/.exec(name) ?? [];
  return kind ? findMember(scope, kind, resource, member) : undefined;
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
      return typeof value?.then === 'function' ? value.then(ok, err) : ok(value);
    } catch (error) {
      return err(error);
    }
  };
}

/// The function for an entry of `meld.abi`, or undefined.
export function findImport(imports, entry) {
  const scope = findInterface(imports, entry.interface);
  const f = findFunction(scope, entry.name);
  return f && entry.result?.result && throwers.has(scope) ? resultOf(f) : f;
}
