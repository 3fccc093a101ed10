//===- wave-read.mjs - text of the WebAssembly Value Encoding, read ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A type says how its text is read; wave.mjs says what the text looks like.
//
//===---------------------------------------------------------------------===//

import { keysOf } from './names.mjs';
import { nearestSingle } from './singles.mjs';
import { isNothing, isTaggedOption, typeName } from './values.mjs';

const escapes = { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' };

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

class Reader {
  #at;
  constructor(text, handles, at = 0) {
    this.#at = at;
    this.text = text;
    this.handles = handles;
  }

  get position() {
    return this.#at;
  }

  /// Throws an Error that says what was wanted at `at`, by line and column.
  fail(wanted, at = this.#at) {
    const found = this.text.slice(at, at + 20);
    this.refuse(`wanted ${wanted}, found ${found ? JSON.stringify(found) : 'the end'}`, at);
  }

  refuse(why, at = this.#at) {
    const lines = this.text.slice(0, at).split('\n');
    throw new Error(`${why} (at ${lines.length}:${lines.at(-1).length + 1})`);
  }

  /// Goes to the next word: past white space, and comments up to the end of a line.
  skip() {
    const space = /(\s|\/\/[^\n]*)*/y;
    space.lastIndex = this.#at;
    this.#at += space.exec(this.text)[0].length;
    return this.#at;
  }

  /// The text that `pattern`, a sticky expression, matches here, or undefined.
  match(pattern) {
    pattern.lastIndex = this.skip();
    const found = pattern.exec(this.text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  word(pattern, wanted) {
    return this.match(pattern) ?? this.fail(wanted);
  }

  take(punctuation) {
    if (!this.text.startsWith(punctuation, this.skip())) return false;
    this.#at += punctuation.length;
    return true;
  }

  expect(punctuation) {
    if (!this.take(punctuation)) this.fail(`"${punctuation}"`);
  }

  end() {
    if (this.skip() < this.text.length) this.fail('the end');
  }

  /// Values between brackets, separated by commas, of which one may be the last.
  sequence(open, close, element) {
    const values = [];
    this.expect(open);
    while (!this.take(close)) {
      values.push(element(values.length));
      if (this.take(',')) continue;
      if (!this.take(close)) this.fail(`"," or "${close}"`);
      break;
    }
    return values;
  }

  quoted(quote) {
    this.expect(quote);
    let text = '';
    while (!this.text.startsWith(quote, this.#at)) text += this.#character(quote);
    this.#at += quote.length;
    return text;
  }

  /// The next one of a text, or the escape of one; `wanted` is what ends the text.
  #character(wanted) {
    const point = this.text.codePointAt(this.#at) ?? this.fail(wanted);
    const char = String.fromCodePoint(point);
    this.#at += char.length;
    return char === '\\' ? this.#escape() : char;
  }

  #escape() {
    const rest = this.text.slice(this.#at, this.#at + 12);
    const [whole, hex] = /^u\{([0-9a-f]{1,6})\}|^./i.exec(rest) ?? this.fail('an escape');
    const point = parseInt(hex, 16);
    const known = hex ? point < 0x110000 && (point < 0xd800 || point > 0xdfff) : Object.hasOwn(escapes, whole);
    if (!known) this.fail('an escape of a character: \\n \\t \\r \\" \\\' \\\\ \\u{...}', this.#at - 1);
    this.#at += whole.length;
    return hex ? String.fromCodePoint(point) : escapes[whole];
  }

  /// The lines between two lines of `"""`; the white space in front of the last
  /// one goes from all.
  lines() {
    this.expect('"""');
    const begin = this.#at;
    const [first] = /^[ \t]*\r?\n/.exec(this.text.slice(begin)) ?? this.fail('the end of the line behind """');
    const close = /\n([ \t]*)"""/g;
    close.lastIndex = begin + first.length - 1;
    const end = close.exec(this.text) ?? this.fail('a line that begins with """', this.text.length);
    const lines = [];
    for (this.#at = begin + first.length; this.#at <= end.index; this.#at++) lines.push(this.#line(end[1]));
    this.#at = end.index + end[0].length;
    return lines.join('\n');
  }

  /// One line of them, up to its end.
  #line(indent) {
    const end = this.text.indexOf('\n', this.#at);
    const last = this.text[end - 1] === '\r' ? end - 1 : end;
    const line = this.text.slice(this.#at, last);
    if (!line.startsWith(indent) && !/^[ \t]*$/.test(line)) this.refuse('a line begins further left than the """ at its end');
    this.#at += Math.min(indent.length, line.length);
    let text = '';
    while (this.#at < last) text += this.#character('the end of the line');
    this.#at = end;
    return text;
  }
}

const label = /%?[a-zA-Z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*/y;
const name = (reader) => reader.word(label, 'a name').replace(/^%/, '');

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

function payload(reader, type) {
  if (isNothing(type)) return undefined;
  reader.expect('(');
  const value = read(reader, type);
  reader.expect(')');
  return value;
}

/// One of `cases`, which maps names to payload types.
function readCase(reader, cases) {
  const at = reader.skip();
  const tag = name(reader);
  const found = cases.find(([key]) => key === tag) ?? reader.refuse(`there is no case "${tag}"; wanted ${cases.map(([key]) => key).join(', ')}`, at);
  return isNothing(found[1]) ? { tag } : { tag, val: payload(reader, found[1]) };
}

function readRecord(reader, fields) {
  const found = new Map();
  const field = () => {
    const at = reader.skip();
    const key = name(reader);
    const type = fields.find(([each]) => each === key) ?? reader.refuse(`there is no field "${key}"`, at);
    if (found.has(key)) reader.refuse(`the field "${key}" is given twice`, at);
    reader.expect(':');
    found.set(key, read(reader, type[1]));
  };
  // `{:}` is a record without fields: flags are `{}`.
  if (reader.match(/\{\s*:\s*\}/y) === undefined) reader.sequence('{', '}', field);
  const value = {};
  const keys = keysOf(fields.map(([label]) => label));
  for (const [i, [key, type]] of fields.entries()) {
    const isOptional = type?.option !== undefined;
    if (!found.has(key) && !isOptional) reader.refuse(`the field "${key}" is missing`);
    value[keys[i]] = found.has(key) || !isOptional ? found.get(key) : none(type.option);
  }
  return value;
}

function readFlags(reader, names) {
  const keys = keysOf(names);
  const value = Object.fromEntries(keys.map((key) => [key, false]));
  reader.sequence('{', '}', () => {
    const at = reader.skip();
    const flag = name(reader);
    const key = keys[names.indexOf(flag)] ?? reader.refuse(`there is no flag "${flag}"`, at);
    if (value[key]) reader.refuse(`the flag "${flag}" is given twice`, at);
    value[key] = true;
  });
  return value;
}

function readTuple(reader, types) {
  const values = reader.sequence('(', ')', (i) => read(reader, types[i] ?? reader.fail('")"')));
  if (values.length !== types.length) reader.refuse(`wanted ${types.length} values, found ${values.length}`);
  return values;
}

function readList(reader, { list, length }) {
  const values = reader.sequence('[', ']', () => read(reader, list));
  if (length && values.length !== length) reader.refuse(`wanted ${length} values, found ${values.length}`);
  return values;
}

const none = (type) => (isTaggedOption(type) ? { tag: 'none' } : undefined);

/// `some(x)`, `none`, or the payload itself where that cannot be mistaken.
function readOption(reader, type) {
  if (reader.match(/none(?![\w-])/y)) return none(type);
  const value = reader.match(/some(?=\s*\()/y) ? payload(reader, type) : read(reader, type);
  return isTaggedOption(type) ? { tag: 'some', val: value } : value;
}

/// `ok(x)`, `err(x)`, or the payload of `ok` itself.
function readResult(reader, ok, err) {
  const begin = /(ok|err)(?![\w-])/y;
  begin.lastIndex = reader.skip();
  const isBare = !isNothing(ok) && ok.result === undefined && !begin.test(reader.text);
  if (isBare) return { tag: 'ok', val: read(reader, ok) };
  return readCase(reader, [['ok', ok], ['err', err]]);
}

function readInteger(reader, bits, signed) {
  const at = reader.skip();
  const value = BigInt(reader.word(/-?(0|[1-9]\d*)(?![\w.])/y, `an integer of type ${signed ? 's' : 'u'}${bits}`));
  const cut = signed ? BigInt.asIntN : BigInt.asUintN;
  if (cut(bits, value) !== value) reader.refuse(`${value} is no ${signed ? 's' : 'u'}${bits}`, at);
  return bits === 64 ? value : Number(value);
}

/// The value of a number, by `nearest`, which takes the text of a finite one.
function readFloat(reader, nearest) {
  const text = reader.word(/nan(?![\w-])|-?(inf(?![\w-])|(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?(?![\w.]))/y, 'a number');
  if (text === 'nan') return NaN;
  return text.endsWith('inf') ? Number(text.replace('inf', 'Infinity')) : nearest(text);
}

function readChar(reader) {
  const at = reader.skip();
  const text = reader.quoted("'");
  if ([...text].length !== 1) reader.refuse(`wanted one character, found ${[...text].length}`, at);
  return text;
}

const readString = (reader) => (reader.text.startsWith('"""', reader.skip()) ? reader.lines() : reader.quoted('"'));

/// `counter#1`, or `#1`: what `handles` knows by the number and the name.
function readHandle(reader) {
  const at = reader.skip();
  const text = reader.word(/(%?[a-zA-Z][\w-]*)?#\d+/y, 'a handle as it was printed, #1');
  const [name, number] = text.replace('%', '').split('#');
  return reader.handles?.get(Number(number), name) ?? reader.refuse(`there is no handle ${text}`, at);
}

const readers = {
  bool: (reader) => reader.word(/(true|false)(?![\w-])/y, 'true or false') === 'true',
  f32: (reader) => readFloat(reader, nearestSingle),
  f64: (reader) => readFloat(reader, Number),
  char: readChar,
  string: readString,
  list: readList,
  map: (reader, { map }) => new Map(reader.sequence('[', ']', () => readTuple(reader, map))),
  record: (reader, { record }) => readRecord(reader, record),
  tuple: (reader, { tuple }) => readTuple(reader, tuple),
  flags: (reader, { flags }) => readFlags(reader, flags),
  enum: (reader, type) => readCase(reader, type.enum.map((each) => [each, null])).tag,
  variant: (reader, { variant }) => readCase(reader, variant),
  option: (reader, { option }) => readOption(reader, option),
  result: (reader, { result: [ok, err] }) => readResult(reader, ok, err),
  stream: (reader, { stream }) => (isNothing(stream) ? [readInteger(reader, 32, false)] : readList(reader, { list: stream })),
  future: (reader, { future }) => (isNothing(future) ? void readTuple(reader, []) : read(reader, future)),
  own: readHandle,
  borrow: readHandle,
};
for (const bits of [8, 16, 32, 64])
  for (const sign of ['s', 'u']) readers[sign + bits] = (reader) => readInteger(reader, bits, sign === 's');

function read(reader, type) {
  const row = readers[typeName(type)];
  if (!row) throw new Error(`values of type \`${typeName(type)}\` cannot be written as text`);
  return row(reader, type);
}

/// The value of `type` that `text` stands for. Throws an Error that says what
/// was wanted and found, and where. `handles` is asked for resources:
/// `get(number, resource)`.
export function parseWave(text, type, handles) {
  const reader = new Reader(text, handles);
  const value = read(reader, type);
  reader.end();
  return value;
}

/// Whether the value that `text` writes begins with `mark`.
export const beginsWith = (text, mark) => new Reader(text).take(mark);

/// The values of `types` in `(a, b)`, which begins at `at`.
export function parseArguments(text, at, types, handles) {
  const reader = new Reader(text, handles, at);
  const values = readTuple(reader, types);
  reader.end();
  return values;
}
