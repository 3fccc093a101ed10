//===- values.mjs - values in .wast files --------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// A number of the text format: decimal or hexadecimal, `_` between digits,
/// fraction and exponent, `inf`, `nan` in all its forms.
export function parseFloatText(literal) {
  const sign = literal.startsWith('-') ? -1 : 1;
  const text = literal.replace(/^[+-]/, '').replaceAll('_', '');
  if (text === 'inf') return sign * Infinity;
  if (/^nan(:(canonical|arithmetic|0x[0-9a-f]+))?$/i.test(text)) return NaN;
  const hex = /^0x([0-9a-f]+)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i.exec(text);
  if (!hex) {
    if (!/^\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text)) throw new Error(`"${literal}" is not a number`);
    return sign * Number(text);
  }
  const [, whole, fraction = '', exponent = '0'] = hex;
  const digits = BigInt(`0x${whole}${fraction}`);
  return sign * Number(digits) * 2 ** (Number(exponent) - 4 * fraction.length);
}

function parseInteger(literal) {
  const text = literal.replaceAll('_', '');
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text.replace(/^\+/, ''));
}

const single = {
  bool: (word) => ({ true: true, false: false })[word],
  char: (string) => string,
  f32: (word) => Math.fround(parseFloatText(word)),
  f64: parseFloatText,
};
for (const bits of [8, 16, 32, 64])
  for (const sign of ['s', 'u'])
    single[sign + bits] = bits === 64 ? parseInteger : (word) => Number(parseInteger(word));

const camel = (name) => name.replace(/-([a-z0-9])/gi, (_, letter) => letter.toUpperCase());
const kindOf = (type) => (typeof type === 'string' ? type : Object.keys(type ?? {})[0]);
const nested = (type) => type?.option !== undefined;

/// The values of forms with parts, by the kind of their type in `meld.abi`.
const compound = {
  string: ([text]) => text,
  list: (args, { list }) => args.map((arg) => toValue(arg, list)),
  map: (args, { map }) => new Map(args.map((arg) => toValue(arg, { tuple: map }))),
  tuple: (args, { tuple }) => args.map((arg, i) => toValue(arg, tuple[i])),
  record: (args, { record }) => Object.fromEntries(args.map((field) => [camel(field.args[0]), fieldOf(field, record)])),
  flags: (args, { flags }) => Object.fromEntries(flags.map((flag) => [camel(flag), args.includes(flag)])),
  enum: ([name]) => name,
  variant: ([tag, val], { variant }) => caseOf(tag, val, variant.find(([name]) => name === tag)?.[1]),
};

const caseOf = (tag, val, type) => (val === undefined ? { tag } : { tag, val: toValue(val, type) });

/// `(field "name" u32.const 1)`: the value stands without parentheses.
function fieldOf({ args: [name, type, ...args] }, record) {
  return toValue({ type, args }, record.find(([each]) => each === name)?.[1]);
}

/// `option.some` and its like: the word behind the dot is the case.
function namedCase(word, [val], type) {
  if (type?.result) return caseOf(word, val, type.result[word === 'ok' ? 0 : 1]);
  if (word === 'none') return nested(type.option) ? { tag: 'none' } : undefined;
  const value = toValue(val, type.option);
  return nested(type.option) ? { tag: 'some', val: value } : value;
}

const formOf = { str: 'string' };

/// The JavaScript value of a form such as `(u32.const 1)`, which has to be of
/// `type`, as in `meld.abi`. Throws an Error that says what is wrong.
export function toValue({ type: form, args }, type) {
  const [kind, word] = form.split('.');
  const wanted = kindOf(type);
  const fits = (formOf[kind] ?? kind) === wanted || (kind === 'list' && wanted === 'map');
  if (!fits) throw new Error(`\`${form}\` is no value of the type ${JSON.stringify(type)}`);
  if (word !== 'const') return namedCase(word, args, type);
  const row = Object.hasOwn(single, kind) ? single[kind] : undefined;
  if (!row) return compound[wanted](args, type);
  const value = args.length === 1 && typeof args[0] === 'string' ? row(args[0]) : undefined;
  if (value === undefined) throw new Error(`\`${form}\` takes one value`);
  return value;
}

/// Equal, part by part; numbers are equal if their bits are, NaNs all alike.
function equal(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (a instanceof Map || ArrayBuffer.isView(a)) return equal([...a], b instanceof Map || ArrayBuffer.isView(b) ? [...b] : b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key], b[key]));
}

/// Whether the result of a function of the type `type` is the one expected.
/// `expected` holds no or one value of a .wast file. Returns null, or what is
/// wrong.
export function differs(actual, type, expected) {
  if (expected.length > 1) return 'more than one result is expected';
  if (expected.length === 0) return type == null ? null : `expected no result, got ${show(actual)}`;
  let wanted;
  try {
    wanted = toValue(expected[0], type);
  } catch (error) {
    return `expected a result of type ${expected[0].type.split('.')[0]}: ${error.message}`;
  }
  return equal(actual, wanted) ? null : `expected ${show(wanted)}, got ${show(actual)}`;
}

export function show(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value) {
    const parts = value instanceof Map || ArrayBuffer.isView(value) ? [...value] : value;
    return JSON.stringify(parts, (_, part) => (typeof part === 'bigint' ? `${part}n` : part));
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

const flippedWord = {
  bool: (word) => (word === 'true' ? 'false' : 'true'),
  char: (char) => (char === 'a' ? 'b' : 'a'),
  str: (text) => `${text}x`,
  enum: (name) => `${name}x`,
};

/// A form that differs from `value` and has its type, to test the tester.
export function flipValue({ type, args }) {
  const [kind, word] = type.split('.');
  if (kind === 'field') return flipField(args);
  if (word !== 'const') return flipCase(kind, word, args);
  if (kind === 'list') return { type, args: args.length ? args.slice(1) : [{ type: 'u8.const', args: ['0'] }] };
  if (kind === 'flags') return { type, args: args.slice(1) };
  if (flippedWord[kind]) return { type, args: [flippedWord[kind](args[0])] };
  if (Object.hasOwn(single, kind)) return { type, args: [single[kind](args[0]) == 0 ? '1' : '0'] };
  return { type, args: args.map((arg) => (typeof arg === 'object' ? flipValue(arg) : arg)) };
}

function flipField([name, type, ...args]) {
  const value = flipValue({ type, args });
  return { type: 'field', args: [name, value.type, ...value.args] };
}

function flipCase(kind, word, args) {
  const other = { some: 'none', none: 'some', ok: 'err', err: 'ok' };
  return args.length && kind === 'option' ? { type: `${kind}.none`, args: [] } : { type: `${kind}.${other[word]}`, args };
}
