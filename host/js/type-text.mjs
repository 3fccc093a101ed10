//===- type-text.mjs - types of a program in TypeScript ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Each type of `meld.abi` as TypeScript says it, in two ways: `out` for what the
// program gives, `in` for what it is given, which may be more. What the program
// has a name for is said by that name, `Point`, and `PointIn` where the two
// differ; so is, by a number, what would be long. Equal types are one.
//
//===---------------------------------------------------------------------===//

import { typedArrays } from './lists.mjs';
import { keysOf, pascal } from './names.mjs';
import { scalars } from './scalars.mjs';
import { innermostFirst, parts } from './shared.mjs';
import { isNothing, isTaggedOption, typeName } from './values.mjs';

const primitives = { bool: 'boolean', char: 'string', string: 'string', u64: 'bigint', s64: 'bigint' };
const primitive = (type) => primitives[type] ?? (Object.hasOwn(scalars, type) ? 'number' : 'never');
const numbers = (type) => (typeof type === 'string' ? typedArrays[type] : undefined);
const longest = 300;

/// `words` with `|` between them, fit to stand in front of `[]`.
const oneOf = (words) => (words.length > 1 ? `(${words.join(' | ')})` : (words[0] ?? 'never'));
/// The same where nothing follows.
export const bare = (text) => text.replace(/^\((.*)\)$/s, '$1');
const quoted = (name) => JSON.stringify(name);
/// A key of an object type.
export const keyText = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key));
const caseText = (tag, val) => (val === undefined ? `{ tag: ${quoted(tag)} }` : `{ tag: ${quoted(tag)}; val: ${bare(val)} }`);
const cases = (rows, of) => oneOf(rows.map(([tag, type]) => caseText(tag, isNothing(type) ? undefined : of(type))));

/// What an element of a stream may be in a chunk.
const chunkText = (type, of) => (isNothing(type) ? 'number' : (numbers(type)?.name ?? `${of(type)}[]`));

/// The text of a type: `of(part)` is that of a part of it, `isIn` the way.
const formers = {
  list({ list, length }, of, isIn) {
    const Numbers = numbers(list);
    if (length !== undefined) {
      const all = length <= 8 ? `[${Array(length).fill(of(list)).join(', ')}]` : `${of(list)}[]`;
      return isIn ? oneOf([`readonly ${all}`, ...(Numbers ? [Numbers.name] : [])]) : all;
    }
    return isIn ? `Iterable<${bare(of(list))}>` : (Numbers?.name ?? `${of(list)}[]`);
  },
  map: ({ map: [key, value] }, of, isIn) => (isIn ? `Iterable<readonly [${of(key)}, ${of(value)}]>` : `Map<${of(key)}, ${of(value)}>`),
  tuple: ({ tuple }, of, isIn) => `${isIn ? 'readonly ' : ''}[${tuple.map(of).join(', ')}]`,
  record({ record }, of, isIn) {
    const keys = keysOf(record.map(([label]) => label));
    const isOptional = (type) => isIn && type?.option !== undefined && !isTaggedOption(type.option);
    return `{ ${record.map(([, type], i) => `${keyText(keys[i])}${isOptional(type) ? '?' : ''}: ${bare(of(type))}`).join('; ')} }`;
  },
  flags: ({ flags }, of, isIn) => `{ ${keysOf(flags).map((key) => `${keyText(key)}${isIn ? '?' : ''}: boolean`).join('; ')} }`,
  enum: ({ enum: names }) => oneOf(names.map(quoted)),
  variant: ({ variant }, of) => cases(variant, of),
  result: ({ result: [ok, err] }, of) => cases([['ok', ok], ['err', err]], of),
  option({ option }, of, isIn) {
    if (isTaggedOption(option)) return cases([['none', null], ['some', option]], of);
    return oneOf([of(option), ...(isIn ? ['null'] : []), 'undefined']);
  },
  stream({ stream }, of, isIn) {
    const chunk = chunkText(stream, of);
    if (!isIn) return `ReadableStream<${chunk}>`;
    const each = bare(oneOf([isNothing(stream) ? 'number | undefined' : of(stream), ...(numbers(stream) ? [chunk] : [])]));
    return oneOf([`ReadableStream<${each}>`, `AsyncIterable<${each}>`, `Iterable<${each}>`]);
  },
  future({ future }, of, isIn) {
    const value = isNothing(future) ? 'void' : of(future);
    return isIn ? oneOf([`PromiseLike<${bare(value)}>`, value]) : `Promise<${bare(value)}>`;
  },
};

/// What is no different in the two ways, where its parts are not.
const isSame = (name) => ['record', 'enum', 'variant', 'result', 'own', 'borrow'].includes(name);

export class TypeTexts {
  #names = new Set(['Exports', 'Imports', 'Resource']);
  #resources = new Map(); // name in `meld.abi` -> its class or interface
  #labels = new Map(); // identity of a type -> its name
  #identities = new WeakMap(); // type -> number
  #numbers = new Map(); // text with the identities of parts -> number
  #differs = new Map();
  #texts = new Map(); // identity and way -> text
  #said = { in: new WeakMap(), out: new WeakMap() }; // type -> text
  /// Lines that define the names that were used.
  definitions = [];

  /// A name that no other type has.
  unique(wanted) {
    let name = wanted;
    for (let i = 2; this.#names.has(name); i++) name = `${wanted}${i}`;
    this.#names.add(name);
    return name;
  }

  /// Names a resource of `meld.abi`.
  nameResource({ name, resource }) {
    this.#resources.set(name, this.unique(pascal(resource)));
  }

  /// The name of one.
  resource(name) {
    return this.#resources.get(name) ?? 'Resource';
  }

  /// Names types as `rows`, the `types` of `meld.abi`, do.
  label(rows) {
    for (const { name, type } of rows)
      if (Object(type) === type && ['record', 'enum', 'variant', 'flags', 'tuple'].includes(typeName(type)) && !this.#labels.has(this.#identity(type)))
        this.#labels.set(this.#identity(type), this.unique(pascal(name)));
  }

  #identity(type) {
    if (typeof type !== 'object' || type === null) return quoted(type ?? null);
    for (const each of innermostFirst(type, (part) => this.#identities.has(part))) this.#identities.set(each, this.#number(each));
    return this.#identities.get(type);
  }

  #number(type) {
    const shallow = (part) => (Array.isArray(part) ? part.map(shallow) : Object(part) === part ? this.#identity(part) : part);
    const key = JSON.stringify(Object.entries(type).map(([name, part]) => [name, shallow(part)]));
    if (!this.#numbers.has(key)) this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.get(key);
  }

  #differsIn(type) {
    const identity = this.#identity(type);
    if (!this.#differs.has(identity)) this.#differs.set(identity, !isSame(typeName(type)) || parts(type).some((part) => this.#differsIn(part)));
    return this.#differs.get(identity);
  }

  /// The text of a type.
  of(type, isIn) {
    if (typeof type !== 'object' || type === null) return primitive(type);
    const said = this.#said[isIn ? 'in' : 'out'];
    for (const each of innermostFirst(type, (part) => said.has(part))) said.set(each, this.#say(each, isIn));
    return said.get(type);
  }

  #say(type, isIn) {
    const former = typeName(type);
    if (former === 'own' || former === 'borrow') return this.resource(type[former]);
    const way = isIn && this.#differsIn(type);
    const key = `${this.#identity(type)}${way}`;
    if (!this.#texts.has(key)) this.#texts.set(key, this.#make(type, way));
    return this.#texts.get(key);
  }

  #make(type, isIn) {
    const label = this.#labels.get(this.#identity(type));
    const text = formers[typeName(type)]?.(type, (part) => this.of(part, isIn), isIn) ?? 'never';
    if (!label && text.length <= longest) return text;
    const name = label && !isIn ? label : this.unique(label ? `${label}In` : 'Type');
    this.definitions.push(`export type ${name} = ${bare(text)};`);
    return name;
  }
}
