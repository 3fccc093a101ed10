//===- formers.mjs - every kind of type, in every place ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Types as in `meld.abi`, one of each kind, and each of them inside of each
// other kind; random values of them; and a component that has a function for
// each, which takes a value and gives it back.
//
//===---------------------------------------------------------------------===//

import { heap } from './tools.mjs';

/// A generator of numbers below `limit`, always the same for a seed.
export function randomFrom(seed) {
  let state = BigInt(seed);
  return (limit) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(limit));
  };
}

export const scalars = ['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64', 'char', 'string'];

/// A type of each kind, around `of`.
export const formers = {
  list: (of) => ({ list: of }),
  fixed: (of) => ({ list: of, length: 2 }),
  map: (of) => ({ map: ['string', of] }),
  record: (of) => ({ record: [['a', 'u8'], ['long-name', of]] }),
  tuple: (of) => ({ tuple: [of, 'u8'] }),
  variant: (of) => ({ variant: [['none', null], ['some', of], ['number', 'f64']] }),
  option: (of) => ({ option: of }),
  result: (of) => ({ result: [of, 'string'] }),
  error: (of) => ({ result: [null, of] }),
};
const leaves = { flags: { flags: ['a', 'b-c', 'true'] }, enum: { enum: ['x', 'ok', 'y-z'] } };
const bases = [...scalars, ...Object.values(leaves)];

/// { name, type }: each base, in each former, and each former in each former.
export function everyType() {
  const types = bases.map((type) => type);
  for (const make of Object.values(formers)) {
    types.push(...bases.map(make));
    for (const inner of Object.values(formers)) types.push(make(inner('u16')), make(inner('string')));
  }
  return types;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

const texts = ['', 'a', 'h\u00e9', '\u2603\u{1f370}', '"\\\'\n\t\0', 'none', '\u007f\u0085', '%', '\ufeff x'];
const floats = [0, -0, 1.5, -1e21, 1e-7, NaN, Infinity, -Infinity, 123456.789];
const typed = {
  u8: Uint8Array, s8: Int8Array, u16: Uint16Array, s16: Int16Array, u32: Uint32Array, s32: Int32Array,
  u64: BigUint64Array, s64: BigInt64Array, f32: Float32Array, f64: Float64Array,
};
const pick = (random, all) => all[random(all.length)];

function integer(random, type) {
  const bits = Number(type.slice(1));
  const cut = type[0] === 's' ? BigInt.asIntN : BigInt.asUintN;
  const wide = pick(random, [0n, 1n, -1n, 1n << BigInt(bits - 1), BigInt(random(2 ** 31)) * BigInt(random(2 ** 31))]);
  return bits === 64 ? cut(64, wide) : Number(cut(bits, wide));
}

const several = (random, make) => Array.from({ length: random(4) }, make);
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

function chosen(random, cases) {
  const [tag, type] = pick(random, cases);
  return type === null ? { tag } : { tag, val: randomValue(type, random) };
}

const makers = {
  list(random, { list, length }) {
    const values = length ? Array.from({ length }, () => randomValue(list, random)) : several(random, () => randomValue(list, random));
    return !length && Object.hasOwn(typed, list) ? typed[list].from(values) : values;
  },
  map: (random, { map: [key, value] }) => new Map(several(random, () => [randomValue(key, random), randomValue(value, random)])),
  record: (random, { record }) => Object.fromEntries(record.map(([name, type]) => [camel(name), randomValue(type, random)])),
  tuple: (random, { tuple }) => tuple.map((type) => randomValue(type, random)),
  flags: (random, { flags }) => Object.fromEntries(flags.map((name) => [camel(name), random(2) === 1])),
  enum: (random, type) => pick(random, type.enum),
  variant: (random, { variant }) => chosen(random, variant),
  result: (random, { result: [ok, err] }) => chosen(random, [['ok', ok], ['err', err]]),
  option(random, { option }) {
    const isNested = option.option !== undefined;
    if (random(3) === 0) return isNested ? { tag: 'none' } : undefined;
    const val = randomValue(option, random);
    return isNested ? { tag: 'some', val } : val;
  },
};

/// A value of `type` in JavaScript, as docs/HostABI.md says.
export function randomValue(type, random) {
  if (type === 'bool') return random(2) === 1;
  if (type === 'f32') return Math.fround(pick(random, floats));
  if (type === 'f64') return pick(random, floats);
  if (type === 'char') return pick(random, ['a', "'", '\\', '\n', '\u{1f370}', '\u00e9', '\0']);
  if (type === 'string') return pick(random, texts);
  if (typeof type === 'string') return integer(random, type);
  return makers[Object.keys(type).find((key) => key !== 'length')](random, type);
}

//===----------------------------------------------------------------------===//
// Components
//===----------------------------------------------------------------------===//

/// Types in text; those that need names are defined and named on the way.
class Types {
  #names = new Map();
  /// [name, definition] in order.
  defined = [];

  text(type) {
    if (typeof type === 'string') return type;
    const kind = Object.keys(type).find((key) => key !== 'length');
    const of = type[kind];
    const all = (types) => types.map((each) => this.text(each)).join(' ');
    const labels = of instanceof Array && of.map((each) => `"${each}"`).join(' ');
    const members = (word) => of.map(([name, part]) => `(${word} "${name}"${part === null ? '' : ` ${this.text(part)}`})`).join(' ');
    const texts = {
      list: () => `(list ${this.text(of)}${type.length ? ` ${type.length}` : ''})`,
      map: () => `(map ${all(of)})`,
      tuple: () => `(tuple ${all(of)})`,
      option: () => `(option ${this.text(of)})`,
      result: () => `(result${of[0] === null ? '' : ` ${this.text(of[0])}`}${of[1] === null ? '' : ` (error ${this.text(of[1])})`})`,
      record: () => this.#named(`(record ${members('field')})`),
      variant: () => this.#named(`(variant ${members('case')})`),
      flags: () => this.#named(`(flags ${labels})`),
      enum: () => this.#named(`(enum ${labels})`),
    };
    return texts[kind]();
  }

  #named(definition) {
    if (!this.#names.has(definition)) {
      const name = `t${this.defined.length}`;
      this.#names.set(definition, `$${name}`);
      this.defined.push([name, definition]);
    }
    return this.#names.get(definition);
  }
}

/// The flat types are those that `flat` gives, as valueType of host/js does;
/// pointers are `address`.
function forward(flat, i, address) {
  const params = flat.length > 16 ? [address] : flat;
  const spills = flat.length > 1;
  const get = params.map((_, k) => `(local.get ${k})`).join(' ');
  return {
    import: `(import "" "f${i}" (func $f${i} (param ${params.join(' ')}${spills ? ` ${address}` : ''})${spills ? '' : ` (result ${flat[0]})`}))`,
    body: `(func (export "f${i}") (param ${params.join(' ')}) (result ${spills ? address : flat[0]})
      (call $f${i} ${get} ${spills ? `(${address}.const 64)) (${address}.const 64)` : ')'})`,
  };
}

/// A component that imports a function for each type, which takes one value and
/// gives one, from the host; `echo<i>` is that function as it is, `through<i>` goes
/// through the memory of a component, whose strings are `encoding` and whose
/// addresses are `address`. The types of what is imported and of what is exported
/// may be `async`, the lifts and lowers are not; then there is no `echo<i>`.
export function echoText(types, flatOf, encoding, address = 'i32', [imported, exported] = ['', '']) {
  const names = new Types();
  const texts = types.map((type) => names.text(type));
  const type = (i, async = imported) => `${async} (param "x" ${texts[i]}) (result ${texts[i]})`;
  const parts = types.map((each, i) => forward(flatOf(each, address), i, address));
  const named = names.defined.map(([name, definition]) => `(type $${name}' ${definition}) (import "${name}" (type $${name} (eq $${name}')))`);
  const options = `(memory $memory) (realloc $realloc) string-encoding=${encoding}`;
  const each = (make) => types.map((_, i) => make(i)).join('\n  ');
  return `(component $Root
  ${named.join('\n  ')}
  ${each((i) => `(import "f${i}" (func $f${i} ${type(i)}))`)}
  (component $Through
    ${named.join('\n    ')}
    ${each((i) => `(import "f${i}" (func $f${i} ${type(i)}))`)}
    ${heap(address)}
    ${each((i) => `(core func $f${i}' (canon lower (func $f${i}) ${options}))`)}
    (core module $M
      ${parts.map((part) => part.import).join('\n      ')}
      ${parts.map((part) => part.body).join('\n      ')})
    (core instance $i (instantiate $M (with "" (instance ${each((i) => `(export "f${i}" (func $f${i}'))`)}))))
    ${each((i) => `(func (export "through${i}") ${type(i, exported)} (canon lift (core func $i "f${i}") ${options}))`)})
  (instance $through (instantiate $Through
    ${names.defined.map(([name]) => `(with "${name}" (type $${name}))`).join(' ')}
    ${each((i) => `(with "f${i}" (func $f${i}))`)}))
  ${each((i) => `${imported ? '' : `(export "echo${i}" (func $f${i}))`} (export "through${i}" (func $through "through${i}"))`)})`;
}
