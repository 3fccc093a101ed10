//===- wave.mjs - values as text -----------------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// WAVE, the WebAssembly Value Encoding: `[1, 2]`, `{name: "x", age: 3}`,
// `some("x")`, `err(none)`, `{read, write}`, `'c'`. Text is read (wave-read.mjs)
// and written by the types of `meld.abi`; values are those of values.mjs.
//
// Read, not written: comments from `//` on, commas behind the last of several,
// strings of several lines between `"""`, `x` for `some(x)` and `ok(x)`, and
// records without their options, `{:}` without any.
//
// A `map` is a list of pairs, a `stream` the list of its elements, or their number
// where it has none, a `future` its value (gather.mjs), and a resource is `counter#1`, by a number that
// whoever reads and writes has given it.
//
//===---------------------------------------------------------------------===//

import { keysOf } from './names.mjs';
import { isNothing, isTaggedOption, typeName } from './values.mjs';

export { beginsWith, parseArguments, parseWave } from './wave-read.mjs';

const escapes = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\\': '\\\\' };
const words = ['true', 'false', 'inf', 'nan', 'some', 'none', 'ok', 'err'];

/// A name; what is a word of the language is marked.
const label = (name) => (words.includes(name) ? `%${name}` : name);

function quote(text, mark) {
  const escaped = text.replace(/[\\\p{Cc}]/gu, (char) => escapes[char] ?? `\\u{${char.codePointAt(0).toString(16)}}`);
  return mark + escaped.replaceAll(mark, `\\${mark}`) + mark;
}

function printFloat(value) {
  if (Number.isNaN(value)) return 'nan';
  if (Object.is(value, -0)) return '-0';
  return String(value).replace('Infinity', 'inf');
}

/// The fewest digits that are still the same f32.
function printSingle(value) {
  for (let digits = 1; Number.isFinite(value) && value !== 0 && digits < 10; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === Math.fround(value)) return printFloat(shorter);
  }
  return printFloat(value);
}

const printCase = (tag, val, type, handles) => (isNothing(type) ? tag : `${tag}(${printWave(val, type, handles)})`);
const printAll = (values, types, handles) => types.map((type, i) => printWave(values[i], type, handles)).join(', ');

function printRecord(value, fields, handles) {
  const keys = keysOf(fields.map(([name]) => name));
  const shown = fields.map(([name, type], i) => `${label(name)}: ${printWave(value[keys[i]], type, handles)}`);
  return `{${shown.join(', ')}}`;
}

function printOption(value, type, handles) {
  const isNested = isTaggedOption(type);
  const isSome = isNested ? value.tag === 'some' : value !== undefined && value !== null;
  return isSome ? `some(${printWave(isNested ? value.val : value, type, handles)})` : 'none';
}

function printVariant({ tag, val }, cases, handles) {
  return printCase(label(tag), val, cases.find(([key]) => key === tag)?.[1], handles);
}

function printFlags(value, names) {
  const keys = keysOf(names);
  return `{${names.filter((_, i) => value[keys[i]]).map(label).join(', ')}}`;
}

const printHandle = (value, resource, handles) => handles?.show(value, resource) ?? `${resource}#?`;

const printers = {
  f32: printSingle,
  f64: printFloat,
  char: (value) => quote(value, "'"),
  string: (value) => quote(value, '"'),
  list: (value, { list }, handles) => `[${Array.from(value, (each) => printWave(each, list, handles)).join(', ')}]`,
  map: (value, { map }, handles) => `[${Array.from(value, (each) => `(${printAll(each, map, handles)})`).join(', ')}]`,
  record: (value, { record }, handles) => printRecord(value, record, handles),
  tuple: (value, { tuple }, handles) => `(${printAll(value, tuple, handles)})`,
  flags: (value, { flags }) => printFlags(value, flags),
  enum: label,
  variant: (value, { variant }, handles) => printVariant(value, variant, handles),
  option: (value, { option }, handles) => printOption(value, option, handles),
  result: ({ tag, val }, { result: [ok, err] }, handles) => printCase(tag, val, tag === 'ok' ? ok : err, handles),
  stream: (value, { stream }, handles) => (isNothing(stream) ? String(value) : printers.list(value, { list: stream }, handles)),
  future: (value, { future }, handles) => (isNothing(future) ? '()' : printWave(value, future, handles)),
  own: (value, { own }, handles) => printHandle(value, own, handles),
  borrow: (value, { borrow }, handles) => printHandle(value, borrow, handles),
};

/// The text of a value of `type`. `handles` is asked for that of resources:
/// `show(value, resource)`.
export function printWave(value, type, handles) {
  return printers[typeName(type)]?.(value, type, handles) ?? String(value);
}
