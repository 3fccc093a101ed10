//===- driver.mjs - assertions as a core module ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A component function takes and gives component values, core functions may
// have several results, vectors and references. So a call and the comparison of
// its results become a function of a second module, which gives 1 if all is as
// expected: bit by bit, and NaNs as the text of the assertion says.
//
//===---------------------------------------------------------------------===//

import { head } from '../suite/directives.mjs';

const numbers = ['i32', 'i64', 'f32', 'f64'];
const bits = {
  f32: { int: 'i32', all: '0x7fffffff', canonical: '0x7fc00000' },
  f64: { int: 'i64', all: '0x7fffffffffffffff', canonical: '0x7ff8000000000000' },
};
const atoms = (node) => node.list.map(({ atom }) => atom);
const words = (node) => atoms(node).slice(1);
const typeOf = (node) => head(node)?.replace(/\.const$/, '');

/// Whether `node` is a number or a vector, which an argument can be.
const isConstant = (node) => numbers.includes(typeOf(node)) || typeOf(node) === 'v128';

/// An i32 that says whether the float `value` is what `word` says.
function floatEquals(type, value, word) {
  const { int, all, canonical } = bits[type];
  const number = `(${int}.reinterpret_${type} ${value})`;
  if (word === 'nan:canonical') return `(${int}.eq (${int}.and ${number} (${int}.const ${all})) (${int}.const ${canonical}))`;
  if (word === 'nan:arithmetic') return `(${int}.eq (${int}.and ${number} (${int}.const ${canonical})) (${int}.const ${canonical}))`;
  return `(${int}.eq ${number} (${int}.reinterpret_${type} (${type}.const ${word})))`;
}

const both = (tests, or = false) => tests.reduce((all, test) => `(i32.${or ? 'or' : 'and'} ${all} ${test})`);

/// The same for a value of any type that is compared; undefined for others.
function equals(value, node) {
  const type = typeOf(node);
  if (type === 'either') {
    const tests = node.list.slice(1).map((one) => equals(value, one));
    return tests.includes(undefined) ? undefined : both(tests, true);
  }
  if (type === 'ref.null') return `(ref.is_null ${value})`;
  if (type === 'i32' || type === 'i64') return `(${type}.eq ${value} (${type}.const ${words(node)[0]}))`;
  if (bits[type]) return floatEquals(type, value, words(node)[0]);
  if (type !== 'v128') return undefined;
  const [shape, ...lanes] = words(node);
  const lane = shape.split('x')[0];
  if (bits[lane]) return both(lanes.map((word, i) => floatEquals(lane, `(${shape}.extract_lane ${i} ${value})`, word)));
  return `(i8x16.all_true (i8x16.eq ${value} (v128.const ${shape} ${lanes.join(' ')})))`;
}

/// The text of the function `name` that makes an action by calling `imported`,
/// which has `results`. Undefined where it has a value that is not
/// compared.
function testFunction(name, imported, { args, expected }, results) {
  if (!args.every(isConstant)) return undefined;
  const locals = results.map((type, i) => `(local $r${i} ${type})`).join(' ');
  const call = `(call ${imported} ${args.map((node) => `(${atoms(node).join(' ')})`).join(' ')})`;
  const stores = results.map((_, i) => `(local.set $r${results.length - 1 - i})`).join(' ');
  const tests = (expected ?? []).map((node, i) => equals(`(local.get $r${i})`, node));
  if (tests.includes(undefined) || (expected && expected.length !== results.length)) return undefined;
  return `(func (export "${name}") (result i32) ${locals} ${call} ${stores} ${tests.length ? both(tests) : '(i32.const 1)'})`;
}

const quoted = (text) => `"${[...Buffer.from(text)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')}"`;

/// A module for `actions` on a module with the function types `types`: a map
/// from names to { parameters, results }. Returns { text, names }, the name of
/// each action that is in it.
export function driverModule(actions, types) {
  const imports = new Map(); // from the names of functions called to `$f0` and so on
  const functions = [];
  const names = new Map();
  for (const action of actions) {
    const type = types.get(action.name);
    if (!type) continue;
    const imported = imports.get(action.name) ?? `$f${imports.size}`;
    const text = testFunction(`a${names.size}`, imported, action, type.results);
    if (!text) continue;
    imports.set(action.name, imported);
    names.set(action, `a${names.size}`);
    functions.push(text);
  }
  const importText = ([name, id]) => {
    const { parameters, results } = types.get(name);
    return `(import "m" ${quoted(name)} (func ${id} (param ${parameters.join(' ')}) (result ${results.join(' ')})))`;
  };
  return { text: `(module ${[...imports].map(importText).join('\n')}\n${functions.join('\n')})`, names };
}
