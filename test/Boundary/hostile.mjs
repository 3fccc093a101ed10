//===- hostile.mjs - types that are small and mean much ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Each case gives, for a size n, definitions of types and the types of
// functions over them. `callee` is a component that exports those; `program` is
// one in which an instance calls them all in another, so each is moved there and
// back.
//
//===---------------------------------------------------------------------===//

const steps = (n, step) => Array.from({ length: n }, (_, i) => step(i));
const chain = (first, n, step) => ({ types: [`(type $t0 ${first})`, ...steps(n, (i) => `(type $t${i + 1} ${step(`$t${i}`)})`)], passed: [`$t${n}`] });

/// A type that no other number gives: its digits are the types of a tuple's fields.
const digits = ['u8', 's16', 'u32', 's64', 'f32', 'f64', 'char', 'string', 'bool', 'u64'];
const distinct = (i) => `(tuple ${steps(5, (at) => digits[Math.floor(i / 10 ** at) % 10]).join(' ')})`;

/// name: [n, (n) => { types, passed }]. The largest run is of 4n: of types inside
/// each other, about as many as may be (limits::valueNesting).
export const cases = {
  'nested options': [240, (n) => chain('string', n, (t) => `(option ${t})`)],
  'nested results': [240, (n) => chain('string', n, (t) => `(result ${t} (error ${t}))`)],
  'nested lists': [240, (n) => chain('string', n, (t) => `(list ${t})`)],
  'nested maps': [240, (n) => chain('string', n, (t) => `(map u8 ${t})`)],
  'nested tuples': [240, (n) => chain('string', n, (t) => `(tuple ${t} u8)`)],
  'nested records': [240, (n) => chain('string', n, (t) => `(record (field "a" ${t}) (field "b" u8))`)],
  'nested variants': [240, (n) => chain('string', n, (t) => `(variant (case "a" ${t}) (case "b"))`)],
  'lists, each twice': [120, (n) => chain('string', n, (t) => `(tuple (list ${t}) (list ${t}))`)],
  'options of lists, each three times': [60, (n) => chain('char', n, (t) => `(tuple (option (list ${t})) (list ${t}) (result (list ${t})))`)],
  'records in one': [1250, (n) => ({
    types: [...steps(n, (i) => `(type $r${i} (record (field "a${i}" string) (field "b" bool)))`), `(type $all (tuple ${steps(n, (i) => `$r${i}`).join(' ')}))`],
    passed: ['$all'],
  })],
  'a function for each record': [100, (n) => ({
    types: steps(n, (i) => `(type $r${i} (record (field "a${i}" string) (field "b" bool) (field "c" (list char))))`),
    passed: steps(n, (i) => `$r${i}`),
  })],
  'a function for each of as many types': [2500, (n) => ({ types: [], passed: steps(n, distinct) })],
  'fields that all differ': [2500, (n) => ({ types: [`(type $r (record ${steps(n, (i) => `(field "f${i}" ${distinct(i)})`).join(' ')}))`], passed: ['$r'] })],
  'cases that all differ': [2500, (n) => ({ types: [`(type $v (variant ${steps(n, (i) => `(case "c${i}" ${distinct(i)})`).join(' ')}))`], passed: ['$v'] })],
  'cases of an enum': [2500, (n) => ({ types: [`(type $e (enum ${steps(n, (i) => `"c${i}"`).join(' ')}))`], passed: ['$e'] })],
  'cases of a variant': [2500, (n) => ({
    types: [`(type $v (variant ${steps(n, (i) => `(case "c${i}" ${['string', 'char', '(tuple bool u64)'][i % 3]})`).join(' ')}))`],
    passed: ['$v'],
  })],
  'a long list of fixed length': [250, (n) => ({ types: [`(type $l (list (tuple bool string) ${n}))`], passed: ['$l'] })],
};

/// A component that exports functions over the types: each gives back the list
/// that it is given. `name` is its name inside another.
export function callee({ types, passed }, name = '') {
  // Records and variants have to be exported before functions may name them.
  const exported = labelled(types).map(({ name, type, label }) => `(type ${name}' ${type}) (export ${name} "${label}" (type ${name}'))`);
  const functions = passed.map((type, i) => ({ type, name: `f${i}` }));
  return `(component ${name}
      ${exported.join('\n')}
      (core module $M (memory (export "mem") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32)
          (global.set $next (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
          (global.get $next)
          (global.set $next (i32.add (global.get $next) (local.get 3))))
        (global $next (mut i32) (i32.const 1024))
        ${functions.map(({ name }) => `(func (export "${name}") (param i32 i32) (result i32)
          (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1)) (i32.const 0))`).join('\n')})
      (core instance $m (instantiate $M))
      ${functions.map(({ name, type }) => `(func (export "${name}") (param "a" (list ${type})) (result (list ${type}))
        (canon lift (core func $m "${name}") (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))`).join('\n')})`;
}

function labelled(types) {
  return types.map((text) => {
    const [, name, type] = /^\(type (\S+) (.*)\)$/.exec(text);
    return { name, type, label: name.slice(1).replace(/\d+/, '-n$&') };
  });
}

/// The component for one case and size, whose types stay inside.
export function program({ types, passed }) {
  const imported = labelled(types).map(({ name, type, label }) => `(type ${name}' ${type}) (export "${label}" (type ${name} (eq ${name}')))`);
  const functions = passed.map((type, i) => ({ type, name: `f${i}` }));
  return `(component
    ${callee({ types, passed }, '$Callee')}
    (component $Caller
      (import "callee" (instance $c ${imported.join('\n')}
        ${functions.map(({ name, type }) => `(export "${name}" (func (param "a" (list ${type})) (result (list ${type}))))`).join('\n')}))
      (core module $L (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
      (core instance $l (instantiate $L))
      ${functions.map(({ name }) => `(canon lower (func $c "${name}") (memory (core memory $l "mem")) (realloc (core func $l "realloc")) string-encoding=utf16 (core func $${name}))`).join('\n')}
      (core module $M
        ${functions.map(({ name }) => `(import "" "${name}" (func (param i32 i32 i32)))`).join('\n')}
        (memory (export "mem") 1))
      (core instance $m (instantiate $M (with "" (instance ${functions.map(({ name }) => `(export "${name}" (func $${name}))`).join(' ')})))))
    (instance $c (instantiate $Callee))
    (instance $u (instantiate $Caller (with "callee" (instance $c)))))`;
}
