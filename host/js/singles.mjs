//===- singles.mjs - decimal text as f32 ---------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

const view = new DataView(new ArrayBuffer(4));

function singleOf(bits) {
  view.setUint32(0, bits);
  return bits === 0x7f800000 ? 2 ** 128 : view.getFloat32(0);
}

/// The neighbours among the f32, both not negative, that `value` lies between or
/// is; what is too large counts as 2^128.
function neighbours(value) {
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const low = singleOf(bits) > value ? bits - 1 : bits;
  return [singleOf(low), singleOf(low + 1)];
}

/// A fraction of two BigInt, for decimal text and for a number.
function fractionOfText(text) {
  const [, whole, part = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e([-+]?\d+))?$/.exec(text);
  const power = Number(exponent) - part.length;
  const digits = BigInt(whole + part);
  return power < 0 ? [digits, 10n ** BigInt(-power)] : [digits * 10n ** BigInt(power), 1n];
}

function fractionOf(number) {
  let power = 0;
  for (; !Number.isInteger(number); number *= 2) power++;
  return [BigInt(number), 1n << BigInt(power)];
}

/// The f32 that is nearest to a decimal number, `-1.5e-3`. By way of the nearest
/// f64 it would be rounded twice, which differs where that lies in the middle
/// between two f32: then the text decides.
export function nearestSingle(text) {
  if (text.startsWith('-')) return -nearestSingle(text.slice(1));
  const value = Number(text);
  if (!Number.isFinite(value)) return value;
  const [low, high] = neighbours(value);
  if (value !== (low + high) / 2) return Math.fround(value);
  const [top, bottom] = fractionOfText(text);
  const [middleTop, middleBottom] = fractionOf(value);
  const order = top * middleBottom - middleTop * bottom;
  return Math.fround(order < 0n ? low : order > 0n ? high : value);
}
