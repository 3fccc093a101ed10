//===- sync.test.mjs - sync functions and traps of the host --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantiate, MeldTrap } from '../../host/js/meld-host.mjs';
import { parseTrapTable } from '../../host/js/traps.mjs';
import { assemble, program, signature, withSection } from './program.mjs';

const coreOf = { u64: 'i64', s64: 'i64', f32: 'f32', f64: 'f64' };

/// A program whose export `f` returns its argument, read as another type.
async function identity(type) {
  const core = coreOf[type] ?? 'i32';
  const wat = `(module (func (export "f") (param ${core}) (result ${core}) (local.get 0)))`;
  const { exports } = await instantiate(program(wat, { exports: [signature('f', { x: type }, type)] }));
  return exports.f;
}

/// A program whose export `f: func() -> type` returns the constant `core`.
async function constant(type, core) {
  const wat = `(module (func (export "f") (result ${coreOf[type] ?? 'i32'}) (${core})))`;
  const { exports } = await instantiate(program(wat, { exports: [signature('f', {}, type)] }));
  return exports.f();
}

const extremes = {
  bool: [true, false],
  u8: [0, 255], s8: [-128, 127], u16: [0, 65535], s16: [-32768, 32767],
  u32: [0, 0xffffffff], s32: [-0x80000000, 0x7fffffff],
  u64: [0n, 0xffffffffffffffffn], s64: [-(2n ** 63n), 2n ** 63n - 1n],
  f32: [0.5, -0, Infinity, NaN], f64: [Math.PI, -0, -Infinity, NaN], char: ['a', '\u{10ffff}', '\0'],
};
for (const [type, values] of Object.entries(extremes))
  test(`${type} goes in and out unchanged`, async () => {
    const f = await identity(type);
    for (const value of values) assert.ok(Object.is(f(value), value), String(value));
  });

const refused = {
  bool: [1, undefined], u8: [256, -1, 1.5, 1n], s8: [128, -129], u16: [65536], s16: [32768], u32: [2 ** 32, '1'],
  s32: [2 ** 31], u64: [1, -1n, 2n ** 64n], s64: [2n ** 63n], f32: ['1'], f64: [1n], char: ['', 'ab', '\ud800', 97],
};
for (const [type, values] of Object.entries(refused))
  test(`${type} refuses what it cannot hold`, async () => {
    const f = await identity(type);
    for (const value of values)
      assert.throws(() => f(value), { name: 'TypeError', message: new RegExp(`^argument "x" of "f": expected a value of type ${type}`) });
  });

test('core values are cut to the width of their type', async () => {
  assert.equal(await constant('u8', 'i32.const 0x1ff'), 255);
  assert.equal(await constant('s8', 'i32.const 0x180'), -128);
  assert.equal(await constant('s16', 'i32.const 0x18000'), -32768);
  assert.equal(await constant('u32', 'i32.const -1'), 0xffffffff);
  assert.equal(await constant('u64', 'i64.const -1'), 0xffffffffffffffffn);
  assert.equal(await constant('bool', 'i32.const 256'), true);
});

test('an invalid char is a trap that poisons', async () => {
  const wat = '(module (func (export "f") (result i32) (i32.const 0xd800)) (func (export "g")))';
  const { exports } = await instantiate(program(wat, { exports: [signature('f', {}, 'char'), signature('g')] }));
  assert.throws(() => exports.f(), { name: 'MeldTrap', id: 'InvalidChar', message: /0xd800/ });
  assert.throws(() => exports.g(), { name: 'MeldTrap', id: 'CannotEnter', message: /cannot enter component instance/ });
});

test('the wrong number of arguments is refused', async () => {
  const f = await identity('u32');
  assert.throws(() => f(), { name: 'TypeError', message: 'function "f" takes 1 argument ("x"), got 0' });
  const exports = [signature('[method]r.f', { self: { borrow: 'r' }, a: 'u8', b: 'u8' }), signature('g'), signature('[constructor]r', {}, { own: 'r' })];
  const wat = '(module (func (export "[method]r.f") (param i32 i32 i32)) (func (export "g")) (func (export "[constructor]r") (result i32) (i32.const 1)))';
  const { exports: functions } = await instantiate(program(wat, { exports, resources: [{ name: 'r', interface: null, resource: 'r', host: false }] }));
  const r = new functions.R();
  assert.throws(() => r.f(1), { message: 'function "[method]r.f" takes 2 arguments ("a", "b"), got 1' });
  assert.throws(() => functions.g(1), { message: 'function "g" takes no arguments, got 1' });
});

test('other types are refused by name when the function is called', async () => {
  const wat = '(module (func (export "f") (param i32)) (func (export "g") (result i32) (i32.const 7)))';
  const exports = [signature('f', { x: 'error-context' }), signature('g', {}, 'u32')];
  const { exports: functions } = await instantiate(program(wat, { exports }));
  assert.throws(() => functions.f([]), { message: 'function "f": this host does not take values of type `error-context` yet' });
  assert.equal(functions.g(), 7);
});

test('functions of an interface stand below its name, and post-return runs', async () => {
  const wat = `(module (global $n (mut i32) (i32.const 0))
    (func (export "ns:p/i#f") (result i32) (global.get $n))
    (func (export "cabi_post_ns:p/i#f") (param i32) (global.set $n (i32.const 5))))`;
  const f = signature('f', {}, 'u32', { interface: 'ns:p/i', core: 'ns:p/i#f', post_return: 'cabi_post_ns:p/i#f' });
  const { exports } = await instantiate(program(wat, { exports: [f] }));
  assert.deepEqual([exports['ns:p/i'].f(), exports['ns:p/i'].f()], [0, 5]);
});

test('_initialize runs once, before anything else', async () => {
  const wat = `(module (global $n (mut i32) (i32.const 0))
    (func (export "_initialize") (global.set $n (i32.add (global.get $n) (i32.const 1))))
    (func (export "f") (result i32) (global.get $n)))`;
  const { exports } = await instantiate(program(wat, { exports: [signature('f', {}, 'u32')] }));
  assert.equal(exports.f(), 1);
});

test('a sync import is called with lifted values', async () => {
  const wat = `(module (import "ns:p/i" "add" (func $add (param i32 i64) (result i64)))
    (func (export "f") (result i64) (call $add (i32.const -1) (i64.const -1))))`;
  const seen = [];
  const add = signature('add', { a: 'u32', b: 'u64' }, 'u64', { interface: 'ns:p/i', module: 'ns:p/i' });
  const bytes = program(wat, { imports: [add], exports: [signature('f', {}, 'u64')] });
  const { exports } = await instantiate(bytes, { 'ns:p/i': { add: (a, b) => (seen.push(a, b), 9n) } });
  assert.equal(exports.f(), 9n);
  assert.deepEqual(seen, [0xffffffff, 0xffffffffffffffffn]);
});

test('everything that the host lacks is named in one message', async () => {
  const wat = '(module (import "$root" "a" (func)) (import "pulseengine:async" "thread_new" (func (result i64))))';
  const bytes = program(wat, { imports: [signature('a', {}, null, { module: '$root' })] });
  await assert.rejects(instantiate(bytes), { message: 'the host lacks what the program imports: a, pulseengine:async thread_new' });
});

test('an import that throws is a trap that poisons', async () => {
  const wat = '(module (import "$root" "a" (func $a)) (func (export "f") (call $a)) (func (export "g")))';
  const bytes = program(wat, { imports: [signature('a', {}, null, { module: '$root' })], exports: [signature('f'), signature('g')] });
  const cause = new Error('no such file');
  const { exports } = await instantiate(bytes, { a: () => { throw cause; } });
  assert.throws(() => exports.f(), { name: 'MeldTrap', id: 'HostThrew', message: /no such file/, cause });
  assert.throws(() => exports.g(), { id: 'CannotEnter' });
});

test('what a getter throws goes to the caller, whatever it is', async () => {
  const other = new WebAssembly.Instance(new WebAssembly.Module(assemble('(module (func (export "f") unreachable))')));
  const wat = '(module (func (export "f") (param i32) (result i32) (local.get 0)))';
  const { exports } = await instantiate(program(wat, { exports: [signature('f', { x: { record: [['a', 'u8']] } }, 'u8')] }));
  for (const get of [other.exports.f, function again() { return again(); }])
    assert.throws(() => exports.f({ get a() { return get(); } }), (error) => !(error instanceof MeldTrap));
  const own = new TypeError('mine');
  assert.throws(() => exports.f({ get a() { throw own; } }), (error) => error === own && !('path' in own));
  assert.throws(() => exports.f({ a: Object.create(null) }), { name: 'TypeError', message: /^argument "x"\.a of "f": expected .* got an object$/ });
  assert.equal(exports.f({ a: 5 }), 5);
});

test('the trap of another program is one of a function of the host', async () => {
  const inner = await instantiate(program('(module (func (export "boom") (unreachable)))', { exports: [signature('boom')] }));
  const wat = '(module (import "$root" "a" (func $a)) (func (export "f") (call $a)) (func (export "g")))';
  const bytes = program(wat, { imports: [signature('a', {}, null, { module: '$root' })], exports: [signature('f'), signature('g')] });
  const { exports } = await instantiate(bytes, { a: () => inner.exports.boom() });
  assert.throws(() => exports.f(), { name: 'MeldTrap', id: 'HostThrew', message: 'the host failed: unreachable' });
  assert.throws(() => exports.g(), { id: 'CannotEnter' });
});

test('what every object and function has is no import', async () => {
  const names = ['to-string', '[method]r.to-string', '[static]r.call', '[static]r.bar'];
  const wat = `(module ${names.map((name) => `(import "$root" "${name}" (func))`).join(' ')})`;
  const bytes = program(wat, { imports: names.map((name) => signature(name, {}, null, { module: '$root' })) });
  class R {
    static bar() {}
  }
  await assert.rejects(instantiate(bytes, { R }), { message: /imports: to-string, \[method\]r\.to-string, \[static\]r\.call$/ });
  await instantiate(bytes, { toString() {}, R: class { toString() {} static call() {} static bar() {} } });
});

const trapping = `(module
  (global $k (export "__trap_kind") (mut i32) (i32.const 0)) (global $a (export "__trap_argument") (mut i32) (i32.const 0))
  (func (export "f") (global.set $k (i32.const 3)) (global.set $a (i32.const 7)) (unreachable))
  (func (export "g") (unreachable)) (func $h (export "h") (call $h)))`;
const trapExports = { exports: [signature('f'), signature('g'), signature('h')] };

test('a trap with a kind is named by the table', async () => {
  const trapKinds = parseTrapTable('MELD_TRAP(BadHandle, 3,\n  "unknown handle "\n  "index %")');
  const { exports } = await instantiate(program(trapping, trapExports), {}, { trapKinds });
  assert.throws(() => exports.f(), (trap) => {
    assert.ok(trap instanceof MeldTrap && trap.cause instanceof WebAssembly.RuntimeError);
    assert.deepEqual([trap.kind, trap.id, trap.argument], [3, 'BadHandle', 7]);
    assert.equal(trap.message, 'unknown handle index 7');
    return true;
  });
  const other = await instantiate(program(trapping, trapExports), {}, { trapKinds });
  assert.throws(() => other.exports.g(), { kind: 0, id: 'Guest', message: 'unreachable' });
});

test('a trap of an unknown kind is shown by number; a stack overflow is a trap', async () => {
  const { exports } = await instantiate(program(trapping, trapExports), {}, { trapKinds: [] });
  assert.throws(() => exports.f(), { kind: 3, id: undefined, message: 'trap of kind 3, argument 7' });
  const other = await instantiate(program(trapping, trapExports));
  assert.throws(() => other.exports.h(), { name: 'MeldTrap', kind: 0 });
});

test('a trap of the start function is a trap', async () => {
  await assert.rejects(instantiate(program('(module (func $s unreachable) (start $s))')), { name: 'MeldTrap', kind: 0 });
});

test('a component is no program yet, and imports are an object', async () => {
  const component = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00);
  for (const source of [component, component.buffer, Buffer.from(component)])
    await assert.rejects(instantiate(source), { message: 'the source is a component: `meld fuse` makes a program of it' });
  await assert.rejects(instantiate(component, null), { name: 'TypeError', message: 'the imports of a program are an object' });
});

test('modules that are no fused programs are refused', async () => {
  const bytes = assemble('(module)');
  await assert.rejects(instantiate(bytes), { message: 'not a fused program: expected one custom section `meld.abi`' });
  await assert.rejects(instantiate(withSection(bytes, 'meld.abi', '{')), { message: /^custom section `meld.abi` is not JSON/ });
  const next = withSection(bytes, 'meld.abi', '{"version": 2}');
  await assert.rejects(instantiate(next), { message: 'program has version 2 of the host ABI, this host speaks version 1' });
  for (const abi of ['null', '7']) await assert.rejects(instantiate(withSection(bytes, 'meld.abi', abi)), { message: /^program has version undefined of the host ABI/ });
  for (const abi of ['{}', '{"exports": [], "imports": 5}', '{"exports": [{"name": "f", "core": "f"}], "imports": []}'])
    await assert.rejects(instantiate(withSection(bytes, 'meld.abi', abi.replace('{', '{"version": 1, ').replace(', }', '}'))), { message: 'custom section `meld.abi` has no lists of functions `exports` and `imports`' });
  const lacking = program('(module)', { exports: [signature('f')] });
  await assert.rejects(instantiate(lacking), { message: '`meld.abi` names the core export "f", which the module lacks' });
});
