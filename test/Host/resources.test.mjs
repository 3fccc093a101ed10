//===- resources.test.mjs - resources that the host holds ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantiate, Resource } from '../../host/js/meld-host.mjs';
import { program, signature } from './program.mjs';

const wat = `(module
  (global $dropped (export "dropped") (mut i32) (i32.const 0))
  (func (export "make") (result i32) (i32.const 5))
  (func (export "look") (param i32) (result i32) (local.get 0))
  (func (export "take") (param i32))
  (func (export "[resource-drop]r") (param i32) (global.set $dropped (local.get 0))))`;
const exports = [
  signature('make', {}, { own: 'r' }),
  signature('look', { r: { borrow: 'r' } }, 'u32'),
  signature('take', { r: { own: 'r' } }),
];

test('a resource is lent, dropped once, and gone when it is given away', async () => {
  const { exports: f, core } = await instantiate(program(wat, { exports }));
  const resource = f.make();
  assert.ok(resource instanceof Resource);
  assert.equal(f.look(resource), 5);
  resource.drop();
  assert.equal(core.dropped.value, 5);
  assert.throws(() => f.look(resource), { name: 'TypeError', message: /given away or dropped/ });
  const other = f.make();
  f.take(other);
  assert.throws(() => f.take(other), { name: 'TypeError', message: /given away or dropped/ });
  assert.throws(() => f.take(5), { name: 'TypeError', message: /own or borrow of "r"/ });
});

/// Handles count from 5; `pair` takes its list from the memory.
const pairWat = `(module (memory (export "__memory0") 1)
  (global $next (mut i32) (i32.const 5))
  (func (export "make") (result i32) (global.get $next) (global.set $next (i32.add (global.get $next) (i32.const 1))))
  (func (export "take") (param i32))
  (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
  (func (export "pair") (param i32 i32) (result i32) (i32.load (local.get 0)))
  (func (export "[resource-drop]r") (param i32)))`;

test('what was lent is there when the arguments that follow it have been read', async () => {
  const pair = signature('pair', { rs: { list: { borrow: 'r' } } }, 'u32', { memory: 0, realloc: 'realloc' });
  const bytes = program(pairWat, { exports: [exports[0], exports[2], pair], memories: ['__memory0'] });
  const { exports: f } = await instantiate(bytes);
  const second = f.make();
  for (const lose of [(r) => r.drop(), (r) => f.take(r)]) {
    const first = f.make();
    const reading = function* () { yield first; lose(first); yield second; };
    assert.throws(() => f.pair(reading()), { name: 'TypeError', message: 'an argument of "pair": the resource "r" was given away or dropped' });
  }
  assert.equal(f.pair([second, f.make()]), 5); // and the program goes on
});

test('a message about a value calls none of its methods', async () => {
  const { exports: f } = await instantiate(program(wat, { exports }));
  const value = { toString: () => assert.fail(), [Symbol.toPrimitive]: () => assert.fail(), get [Symbol.toStringTag]() { return assert.fail(); } };
  assert.throws(() => f.take(value), { name: 'TypeError', message: /got an object$/ });
  assert.throws(() => f.take([value]), { message: /got an array of 1$/ });
  assert.throws(() => f.take(() => 0), { message: /got a function$/ });
});

test('one resource of the host is not lent and given in one call', async () => {
  const both = program('(module (func (export "both") (param i32 i32) (result i32) (local.get 0)))', {
    exports: [signature('both', { a: { borrow: 'r' }, b: { own: 'r' } }, 'u32')],
    resources: [{ name: 'r', interface: null, resource: 'r', host: true }],
  });
  const { exports: f } = await instantiate(both);
  const thing = {};
  assert.throws(() => f.both(thing, thing), { name: 'TypeError', message: /is lent in the same call/ });
  assert.equal(f.both(thing, {}), 1); // its number is free again
});

/// A program with the class `R`: a constructor that fails for 0, a method, and an
/// import that is lent one.
const classWat = `(module
  (import "$root" "seen" (func $seen (param i32)))
  (memory (export "__memory0") 1)
  (global $dropped (export "dropped") (mut i32) (i32.const 0))
  (func (export "[constructor]r") (param i32) (result i32)
    (i32.store8 (i32.const 16) (i32.eqz (local.get 0)))
    (i32.store (i32.const 20) (local.get 0))
    (i32.const 16))
  (func (export "[method]r.lend") (param i32) (call $seen (local.get 0)))
  (func (export "take") (param i32))
  (func (export "[resource-drop]r") (param i32) (global.set $dropped (local.get 0))))`;
const classAbi = {
  exports: [
    signature('[constructor]r', { n: 'u32' }, { result: [{ own: 'r' }, 'u32'] }, { memory: 0 }),
    signature('[method]r.lend', { self: { borrow: 'r' } }),
    signature('take', { r: { own: 'r' } }),
  ],
  imports: [{ ...signature('seen', { r: { borrow: 'r' } }), module: '$root' }],
  resources: [{ name: 'r', interface: null, resource: 'r', host: false }],
};

test('a constructor may fail, a lent resource ends with the call, `using` drops', async () => {
  const seen = [];
  let attempt = () => {};
  const { exports: f, core } = await instantiate(program(classWat, classAbi), { seen: (r) => (seen.push(r), attempt(r), undefined) });
  assert.throws(() => new f.R(0), { message: /constructor of "r" failed/, payload: 0 });
  const r = new f.R(6);
  attempt = (lent) => assert.throws(() => f.take(lent), { name: 'TypeError', message: /is lent for this call, and cannot be given away/ });
  r.lend();
  assert.ok(seen[0] instanceof f.R);
  assert.equal(core.dropped.value, 6); // the lent handle, which the stub numbers alike
  assert.throws(() => f.take(seen[0]), { name: 'TypeError', message: /given away or dropped/ });
  core.dropped.value = 0;
  r[Symbol.dispose]();
  r.drop();
  assert.equal(core.dropped.value, 6);
  assert.throws(() => r.lend(), { name: 'TypeError' });
});

/// A program with a resource whose members are called as in JavaScript's classes
/// or in `Resource`: each gives its position here.
const methods = ['then', 'catch', 'take', 'handle-for', 'drop', 'type', 'constructor', 'to-string', 'foo'];
const statics = ['then', 'name', 'length', 'prototype', 'call', 'bar'];
const members = [...methods.map((name) => `[method]r.${name}`), ...statics.map((name) => `[static]r.${name}`)];
const membersWat = `(module
  (import "$root" "seen" (func $seen (param i32)))
  (global $dropped (export "dropped") (mut i32) (i32.const 0))
  (func (export "[constructor]r") (param i32) (result i32) (local.get 0))
  ${members.map((name, i) => `(func (export "${name}") ${i < methods.length ? '(param i32)' : ''} (result i32) (i32.const ${i}))`).join('\n')}
  (func (export "give") (param i32 i32) (result i32) (local.get 0))
  (func (export "lend") (param i32) (call $seen (local.get 0)))
  (func (export "[resource-drop]r") (param i32) (global.set $dropped (local.get 0))))`;
const membersAbi = {
  exports: [
    signature('[constructor]r', { n: 'u32' }, { own: 'r' }),
    ...members.map((name, i) => signature(name, i < methods.length ? { self: { borrow: 'r' } } : {}, 'u32')),
    signature('give', { r: { own: 'r' }, n: 'u32' }, 'u32'),
    signature('lend', { n: 'u32' }),
  ],
  imports: [{ ...signature('seen', { r: { borrow: 'r' } }), module: '$root' }],
  resources: [{ name: 'r', interface: null, resource: 'r', host: false }],
};
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()).replace(/^(then|constructor|prototype)$/, '$1_');
const startMembers = () => instantiate(program(membersWat, membersAbi), { seen() {} });

test('members may be called as those of every class', async () => {
  const { exports: f, core } = await startMembers();
  const r = new f.R(7);
  methods.forEach((name, i) => assert.equal(r[camel(name)](), i, name));
  statics.forEach((name, i) => {
    assert.equal(f[`[static]r.${name}`](), methods.length + i, name);
    assert.equal(f.R[camel(name)](), methods.length + i, name);
  });
  assert.equal(`${r}`, String(methods.indexOf('to-string')), 'the language asks the guest for the text');
  assert.equal(r.constructor, f.R);
  assert.ok(r instanceof f.R && r instanceof Resource);
  assert.equal(core.dropped.value, 0);
  r[Symbol.dispose]();
  assert.equal(core.dropped.value, 7);
  f.lend(8); // what is lent is dropped, whatever the guest calls so
  assert.equal(core.dropped.value, 8);
  assert.equal(f.give(new f.R(9), 1), 9);
});

test('a resource is one of its program alone', async () => {
  const [a, b] = [await startMembers(), await startMembers()];
  const r = new a.exports.R(1);
  const message = /argument "(self|r)" of ".*": the resource "r" is one of another program/;
  assert.throws(() => b.exports['[method]r.foo'](r), { name: 'TypeError', message });
  assert.throws(() => b.exports.give(r, 1), { name: 'TypeError', message });
  assert.equal(a.exports.give(r, 1), 1);
});

test('a call whose arguments do not fit takes no resource', async () => {
  const { exports: f } = await startMembers();
  const r = new f.R(4);
  assert.throws(() => f.give(r, 'bad'), { name: 'TypeError', message: /argument "n"/ });
  assert.equal(f.give(r, 1), 4);
  assert.throws(() => f.give(r, 1), { name: 'TypeError', message: /given away or dropped/ });
});

const thingsWat = `(module
  (import "ns:p/i" "[resource-drop]thing" (func $drop (param i32)))
  (import "ns:p/i" "out" (func $out (result i32)))
  (func (export "keep") (param i32 i32) (result i32) (local.get 0))
  (func (export "both") (param i32 i32))
  (func (export "fetch") (result i32) (call $out))
  (func (export "give") (param i32) (result i32) (local.get 0))
  (func (export "release") (param i32) (call $drop (local.get 0))))`;
const thingsAbi = {
  exports: [
    signature('keep', { t: { own: 'thing' }, n: 'u32' }, 'u32'),
    signature('both', { pair: { tuple: [{ own: 'thing' }, { own: 'thing' }] } }),
    signature('fetch', {}, 'u32'),
    signature('give', { i: 'u32' }, { own: 'thing' }),
    signature('release', { i: 'u32' }),
  ],
  imports: [{ ...signature('out', {}, { own: 'thing' }), interface: 'ns:p/i', module: 'ns:p/i' }],
  resources: [{ name: 'thing', interface: 'ns:p/i', resource: 'thing', host: true }],
};

test('an object of the host is given once, and its destructor runs once', async () => {
  let disposed = 0;
  const make = () => ({ [Symbol.dispose]: () => disposed++ });
  const shared = make();
  const { exports: f } = await instantiate(program(thingsWat, thingsAbi), { 'ns:p/i': { out: () => shared } });
  const thing = make();
  assert.throws(() => f.keep(thing, 'bad'), { name: 'TypeError', message: /argument "n"/ });
  const first = f.keep(thing, 1);
  assert.equal(first, 1); // the number of the call that failed is free
  assert.throws(() => f.keep(thing, 1), { name: 'TypeError', message: /resource "thing", was given to the program before/ });
  f.release(first);
  assert.equal(disposed, 1);
  assert.throws(() => f.both([thing, thing]), { name: 'TypeError', message: /argument "pair"\[1\] of "both": .* given to the program before/ });
  assert.equal(f.give(f.keep(thing, 1)), thing);
  // Functions of the host may give one object again and again, as WASI's stdout.
  const [a, b] = [f.fetch(), f.fetch()];
  f.release(a);
  assert.equal(disposed, 1);
  f.release(b);
  assert.equal(disposed, 2);
});

const alikeMembers = ['[method]r.b1', '[method]r.b-1', '[static]r.b1', '[method]r-1.c', '[method]r1.c'];
const alikeExports = `(module
  (func (export "give") (param i32) (result i32) (local.get 0))
  (func (export "give1") (param i32) (result i32) (local.get 0))
  ${alikeMembers.map((name, i) => `(func (export "${name}") ${name.startsWith('[m') ? '(param i32)' : ''} (result i32) (i32.const ${i}))`).join('\n')})`;

test('exports with one spelling in camelCase keep their labels', async () => {
  const self = (name) => (name.startsWith('[m') ? { self: { borrow: /\](.*)\./.exec(name)[1] } } : {});
  const resource = (name) => ({ name, interface: null, resource: name, host: false });
  const { exports: f } = await instantiate(program(alikeExports, {
    exports: [
      signature('give', { n: 'u32' }, { own: 'r' }), signature('give1', { n: 'u32' }, { own: 'r-1' }),
      ...alikeMembers.map((name) => signature(name, self(name), 'u32')),
    ],
    resources: ['r', 'r-1', 'r1'].map(resource),
  }));
  const r = f.give(1);
  assert.deepEqual([r.b1(), r['b-1'](), f.R.b1()], [0, 1, 2]);
  const r1 = f.give1(1);
  assert.ok(r1 instanceof f['r-1'] && !(r1 instanceof f.r1) && !('R1' in f));
  assert.deepEqual([r1.c(), Object.hasOwn(f.r1.prototype, 'c')], [3, true]);
});

test('an import has a spelling in camelCase if no other has it', async () => {
  const names = ['a1', 'a-1', 'b-1', '[static]r.c1', '[static]r.c-1'];
  const wat = `(module ${names.map((name, i) => `(import "$root" "${name}" (func $f${i} (result i32)))`).join(' ')}
    ${names.map((_, i) => `(func (export "f${i}") (result i32) (call $f${i}))`).join(' ')})`;
  const bytes = program(wat, {
    imports: names.map((name) => signature(name, {}, 'u32', { module: '$root' })),
    exports: names.map((_, i) => signature(`f${i}`, {}, 'u32')),
  });
  const imports = { a1: () => 1, b1: () => 3, R: { c1: () => 4 } };
  imports.R = Object.assign(class {}, imports.R);
  await assert.rejects(instantiate(bytes, imports), { message: 'the host lacks what the program imports: a-1, [static]r.c-1' });
  imports['a-1'] = () => 2;
  imports.R['c-1'] = () => 5;
  const { exports: f } = await instantiate(bytes, imports);
  assert.deepEqual(names.map((_, i) => f[`f${i}`]()), [1, 2, 3, 4, 5]);
});
