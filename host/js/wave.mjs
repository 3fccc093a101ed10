//===- wave.mjs - values as text -----------------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// WAVE, the WebAssembly Value Encoding: `[1, 2]`, `{name: "x", age: 3}`,
// `some("x")`, `err(none)`, `{read, write}`, `'c'`. Text is read and written by
// the types of `meld.abi`; values are those of values.mjs. A `map` is written as
// a list of pairs.
//
//===---------------------------------------------------------------------===//

import { camel } from './names.mjs';
import { typeName } from './values.mjs';

const escapes = { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' };

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

class Reader {
  #at = 0;
  constructor(text) {
    this.text = text;
  }

  fail(wanted) {
    const found = this.text.slice(this.#at, this.#at + 20);
    throw new Error(`wanted ${wanted}, found ${found ? JSON.stringify(found) : 'the end'}`);
  }

  /// The text that `pattern`, a sticky expression, matches here, or undefined.
  match(pattern) {
    this.#at += /^\s*/.exec(this.text.slice(this.#at))[0].length;
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (found) this.#at += found[0].length;
    return found?.[0];
  }

  word(pattern, wanted) {
    return this.match(pattern) ?? this.fail(wanted);
  }

  take(punctuation) {
    if (!this.text.startsWith(punctuation, this.#skip())) return false;
    this.#at += punctuation.length;
    return true;
  }

  expect(punctuation) {
    if (!this.take(punctuation)) this.fail(`"${punctuation}"`);
  }

  #skip() {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at++;
    return this.#at;
  }

  end() {
    if (this.#skip() < this.text.length) this.fail('the end');
  }

  /// Values between brackets, separated by commas.
  sequence(open, close, element) {
    const values = [];
    this.expect(open);
    while (!this.take(close)) {
      values.push(element(values.length));
      if (!this.take(',')) {
        this.expect(close);
        break;
      }
    }
    return values;
  }

  quoted(quote) {
    this.expect(quote);
    let text = '';
    for (;;) {
      const char = String.fromCodePoint(this.text.codePointAt(this.#at) ?? this.fail(quote));
      this.#at += char.length;
      if (char === quote) return text;
      text += char === '\\' ? this.#escape() : char;
    }
  }

  #escape() {
    const [whole, hex] = /^u\{([0-9a-f]{1,6})\}|^./i.exec(this.text.slice(this.#at)) ?? this.fail('an escape');
    this.#at += whole.length;
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    return escapes[whole] ?? this.fail('an escape');
  }
}

const label = /%?[a-zA-Z][a-zA-Z0-9-]*/y;
const name = (reader) => reader.word(label, 'a name').replace(/^%/, '');
const integer = (reader) => reader.word(/-?\d+/y, 'an integer');

function payload(reader, type) {
  if (type === null || type === undefined) return undefined;
  reader.expect('(');
  const value = read(reader, type);
  reader.expect(')');
  return value;
}

/// One of `cases`, which maps names to payload types.
function readCase(reader, cases) {
  const tag = name(reader);
  if (!cases.some(([key]) => key === tag)) throw new Error(`there is no case "${tag}"`);
  const type = cases.find(([key]) => key === tag)[1];
  const val = payload(reader, type);
  return val === undefined && !type ? { tag } : { tag, val };
}

function readRecord(reader, fields) {
  const found = new Map();
  reader.sequence('{', '}', () => {
    const key = name(reader);
    const field = fields.find(([each]) => each === key);
    if (!field || found.has(key)) throw new Error(field ? `the field "${key}" is given twice` : `there is no field "${key}"`);
    reader.expect(':');
    found.set(key, read(reader, field[1]));
  });
  const value = {};
  for (const [key, type] of fields) {
    if (!found.has(key) && type?.option === undefined) throw new Error(`the field "${key}" is missing`);
    value[camel(key)] = found.get(key);
  }
  return value;
}

function readFlags(reader, names) {
  const value = Object.fromEntries(names.map((each) => [camel(each), false]));
  reader.sequence('{', '}', () => {
    const flag = name(reader);
    if (!names.includes(flag)) throw new Error(`there is no flag "${flag}"`);
    value[camel(flag)] = true;
  });
  return value;
}

function readTuple(reader, types) {
  const values = reader.sequence('(', ')', (i) => read(reader, types[i] ?? reader.fail('")"')));
  if (values.length !== types.length) throw new Error(`wanted ${types.length} values, found ${values.length}`);
  return values;
}

/// `some(x)`, `none`, or the payload itself where that cannot be mistaken.
function readOption(reader, type) {
  if (reader.match(/none\b/y)) return type?.option !== undefined ? { tag: 'none' } : undefined;
  const value = reader.match(/some(?=\s*\()/y) ? payload(reader, type) : read(reader, type);
  return type?.option !== undefined ? { tag: 'some', val: value } : value;
}

function readFloat(reader) {
  const text = reader.word(/-?(inf|nan|\d+(\.\d+)?(e[-+]?\d+)?)/iy, 'a number');
  return text === 'nan' ? NaN : Number(text.replace('inf', 'Infinity'));
}

const readers = {
  bool: (reader) => reader.word(/(true|false)\b/y, 'true or false') === 'true',
  s64: (reader) => BigInt(integer(reader)),
  u64: (reader) => BigInt(integer(reader)),
  f32: readFloat,
  f64: readFloat,
  char: (reader) => reader.quoted("'"),
  string: (reader) => reader.quoted('"'),
  list: (reader, { list }) => reader.sequence('[', ']', () => read(reader, list)),
  map: (reader, { map }) => new Map(reader.sequence('[', ']', () => readTuple(reader, map))),
  record: (reader, { record }) => readRecord(reader, record),
  tuple: (reader, { tuple }) => readTuple(reader, tuple),
  flags: (reader, { flags }) => readFlags(reader, flags),
  enum: (reader, type) => readCase(reader, type.enum.map((each) => [each, null])).tag,
  variant: (reader, { variant }) => readCase(reader, variant),
  option: (reader, { option }) => readOption(reader, option),
  result: (reader, { result: [ok, err] }) => readCase(reader, [['ok', ok], ['err', err]]),
};
for (const bits of [8, 16, 32]) for (const sign of ['s', 'u']) readers[sign + bits] = (reader) => Number(integer(reader));

function read(reader, type) {
  const row = readers[typeName(type)];
  if (!row) throw new Error(`values of type \`${typeName(type)}\` cannot be written as text`);
  return row(reader, type);
}

/// The value of `type` that `text` stands for. Throws an Error that says what
/// was wanted and found.
export function parseWave(text, type) {
  const reader = new Reader(text);
  const value = read(reader, type);
  reader.end();
  return value;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

const quote = (text, mark) =>
  mark + text.replace(/[\\\n\t\r]/g, (char) => `\\${{ '\n': 'n', '\t': 't', '\r': 'r', '\\': '\\' }[char]}`).replaceAll(mark, `\\${mark}`) + mark;

function printFloat(value) {
  if (Number.isNaN(value)) return 'nan';
  if (Object.is(value, -0)) return '-0';
  return String(value).replace('Infinity', 'inf');
}

const printCase = (tag, val, type) => (type === null || type === undefined ? tag : `${tag}(${printWave(val, type)})`);
const caseType = (cases, tag) => cases.find(([key]) => key === tag)?.[1];

function printRecord(value, fields) {
  const shown = fields.map(([key, type]) => `${key}: ${printWave(value[camel(key)], type)}`);
  return `{${shown.join(', ')}}`;
}

function printOption(value, type) {
  const [tag, val] = type?.option !== undefined ? [value.tag, value.val] : value === undefined ? ['none'] : ['some', value];
  return tag === 'none' ? tag : printCase(tag, val, type);
}

const printTuple = (value, types) => `(${types.map((type, i) => printWave(value[i], type)).join(', ')})`;

const printers = {
  f32: printFloat,
  f64: printFloat,
  char: (value) => quote(value, "'"),
  string: (value) => quote(value, '"'),
  list: (value, { list }) => `[${Array.from(value, (each) => printWave(each, list)).join(', ')}]`,
  map: (value, { map }) => `[${[...value].map((each) => printTuple(each, map)).join(', ')}]`,
  record: (value, { record }) => printRecord(value, record),
  tuple: (value, { tuple }) => printTuple(value, tuple),
  flags: (value, { flags }) => `{${flags.filter((each) => value[camel(each)]).join(', ')}}`,
  enum: (value) => value,
  variant: ({ tag, val }, { variant }) => printCase(tag, val, caseType(variant, tag)),
  option: (value, { option }) => printOption(value, option),
  result: ({ tag, val }, { result: [ok, err] }) => printCase(tag, val, tag === 'ok' ? ok : err),
};

/// The text of a value of `type`.
export function printWave(value, type) {
  return printers[typeName(type)]?.(value, type) ?? String(value);
}
