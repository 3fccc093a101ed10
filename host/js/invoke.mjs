//===- invoke.mjs - call exports with values in text ---------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     --invoke NAME [VALUE...]     --invoke 'NAME(VALUE, ...)'     --drop HANDLE
//
// calls the export NAME: `f`, `ns:p/i#f`, or what no other has of that: `f` of
// an interface, `counter` for `[constructor]counter`, `counter.step` for
// `[method]counter.step` or `[static]counter.step`. A resource that a call gives
// is printed as `counter#1`; later steps name it so, or `#1`.
//
//===---------------------------------------------------------------------===//

import { gather } from './gather.mjs';
import { exportKey } from './names.mjs';
import { Resource, end } from './resources.mjs';
import { shownName } from './signature.mjs';
import { beginsWith, parseArguments, parseWave, printWave } from './wave.mjs';
import { witText } from './wit-text.mjs';

export const stepWords = ['--invoke', '--drop'];

/// The steps of a command line that begins with one: [{ word, name, args }].
export function parseSteps(words) {
  const steps = [];
  while (words.length) {
    const word = words.shift();
    const name = words.shift();
    if (name === undefined) throw new Error(`${word} wants ${word === '--drop' ? 'a handle' : 'the name of an export'}`);
    const end = words.findIndex((each) => stepWords.includes(each));
    const args = words.splice(0, end < 0 ? words.length : end);
    if (word === '--drop' && args.length) throw new Error(`unexpected "${args[0]}" behind --drop ${name}`);
    steps.push({ word, name, args });
  }
  return steps;
}

/// The names of all exports, for a message.
export const listed = (abi) => abi.exports.map(shownName).join(', ') || 'nothing';

/// `ns:p/i#[method]counter.step` -> `ns:p/i#counter.step`.
const plain = (name) => name.replace(/\[(constructor|method|static)\]/, '');

function findExport(abi, wanted) {
  const spellings = [shownName, (e) => plain(shownName(e)), (e) => e.name, (e) => plain(e.name)];
  for (const spelling of spellings) {
    const found = abi.exports.filter((e) => spelling(e) === wanted);
    if (found.length === 1) return found[0];
    if (found.length > 1) throw new Error(`"${wanted}" may be any of ${found.map(shownName).join(', ')}`);
  }
  throw new Error(`no export "${wanted}"; the program exports: ${listed(abi)}`);
}

/// Resources by the numbers under which they were printed.
class Handles {
  #all = [undefined];
  #names = [undefined];
  #shown;

  constructor(abi) {
    this.#shown = new Map((abi.resources ?? []).map(({ name, resource }) => [name, resource ?? name]));
  }

  show(value, resource) {
    const known = this.#all.indexOf(value, 1);
    const number = known > 0 ? known : this.#all.push(value) - 1;
    this.#names[number] ??= this.nameOf(resource);
    return `${this.#names[number]}#${number}`;
  }

  /// The name that WIT has for a resource of `meld.abi`.
  nameOf(resource) {
    return this.#shown.get(resource) ?? resource;
  }

  /// The resource with that number, if `name` is its name or empty.
  get(number, name) {
    return name === '' || name === this.#names[number] ? this.#all[number] : undefined;
  }
}

/// A program, and what was done with it so far.
export class Session {
  #abi;
  #exports;
  #handles;

  /// `abi` and `exports` as `instantiate` of meld-host.mjs gives them.
  constructor(abi, exports) {
    this.#abi = abi;
    this.#exports = exports;
    this.#handles = new Handles(abi);
  }

  /// Does a step of `parseSteps`: what is to be printed, or undefined.
  async perform({ word, name, args }) {
    if (word === '--drop') return this.#drop(name);
    const { entry, values } = this.#call(name, args);
    const scope = entry.interface ? this.#exports[entry.interface] : this.#exports;
    const result = await scope[exportKey(entry.name)](...values);
    return entry.result == null ? undefined : printWave(await gather(result, entry.result), entry.result, this.#handles);
  }

  #drop(text) {
    const resource = parseWave(text, { own: '' }, this.#handles);
    if (!(resource instanceof Resource)) throw new Error(`${text} is a resource of the host, which is not dropped so`);
    if (!end(resource)) throw new Error(`${text} was given away or dropped`);
  }

  #call(name, args) {
    const [, called, list] = /^\s*([^(]*?)\s*(\(.*)$/s.exec(name) ?? [];
    const entry = findExport(this.#abi, called ?? name);
    if (list !== undefined && args.length) throw new Error(`"${called}" has its arguments in brackets; unexpected "${args[0]}"`);
    if (list !== undefined) return { entry, values: this.#parsed(entry, () => parseArguments(name, name.length - list.length, entry.params.map(({ type }) => type), this.#handles)) };
    if (args.length !== entry.params.length) throw new Error(`"${name}" takes ${this.#wantedText(entry)}`);
    return { entry, values: args.map((text, i) => this.#argument(text, entry.params[i])) };
  }

  #typeText(type) {
    return witText(type, (resource) => this.#handles.nameOf(resource));
  }

  /// `ARG0: u32, ARG1: list<string>`, of a function.
  #wantedText({ params }) {
    return params.map(({ name, type }) => `${name}: ${this.#typeText(type)}`).join(', ') || 'no arguments';
  }

  #parsed(entry, parse) {
    try {
      return parse();
    } catch (error) {
      throw new Error(`the arguments of "${shownName(entry)}" (${this.#wantedText(entry)}) cannot be read: ${error.message}`);
    }
  }

  /// A `char` or a `string` may stand without its quotes, where that is what the
  /// shell leaves of them.
  #argument(text, { name, type }) {
    const bare = (type === 'string' && !beginsWith(text, '"')) || (type === 'char' && !beginsWith(text, "'"));
    if (bare) return text;
    try {
      return parseWave(text, type, this.#handles);
    } catch (error) {
      throw new Error(`argument "${name}" cannot be read as ${this.#typeText(type)}: ${error.message}`);
    }
  }
}
