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

/// The JavaScript value of a `.const` form and its type. Throws an Error that
/// names a type that the host does not take yet.
export function toValue({ type, args }) {
  const name = type.replace(/\.(const|some|none|ok|err)$/, '');
  const parse = Object.hasOwn(single, name) ? single[name] : undefined;
  if (!parse) throw new Error(`values of type \`${name}\` are not supported by the host yet`);
  const value = args.length === 1 && typeof args[0] === 'string' ? parse(args[0]) : undefined;
  if (value === undefined) throw new Error(`\`${type}\` takes one value`);
  return { type: name, value };
}

/// Whether the result of a function of the type `type` is the one expected.
/// `expected` holds no or one value of a .wast file. Returns null, or what is
/// wrong.
export function differs(actual, type, expected) {
  if (expected.length > 1) return 'more than one result is expected';
  if (expected.length === 0) return type == null ? null : `expected no result, got ${show(actual)}`;
  const wanted = toValue(expected[0]);
  if (type !== wanted.type) return `expected a result of type ${wanted.type}, the function's type is ${JSON.stringify(type)}`;
  return Object.is(actual, wanted.value) ? null : `expected ${show(wanted.value)}, got ${show(actual)}`;
}

export function show(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  return Object.is(value, -0) ? '-0' : String(value);
}

/// A value that differs from `value` and has its type, to test the tester.
export function flipValue(value) {
  const { type, value: old } = toValue(value);
  const flipped = {
    boolean: () => String(!old),
    bigint: () => String(old === 0n ? 1n : old - (type.startsWith('u') || old > 0n ? 1n : -1n)),
    number: () => (old === 0 ? '1' : '0'),
    string: () => (old === 'a' ? 'b' : 'a'),
  };
  return { type: value.type, args: [flipped[typeof old]()] };
}
