//===- names.test.mjs - names with a meaning in JavaScript ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Session } from '../../host/js/invoke.mjs';
import { instantiate } from '../../host/js/meld-host.mjs';
import { program, signature } from './program.mjs';

/// Functions that give their position, at the root and in `ns:p/i`, and the
/// class `R` there.
const names = ['then', 'count-all', 'a-b', 'AB', 'constructor', 'to-string', 'value-of', 'default', 'catch', 'name'];
const inInterface = (name) => ({ interface: 'ns:p/i', core: `ns:p/i#${name}` });
const wat = `(module
  ${names.flatMap((name, i) => [name, `ns:p/i#${name}`].map((core) => `(func (export "${core}") (result i32) (i32.const ${i}))`)).join('\n')}
  (func (export "ns:p/i#[constructor]r") (result i32) (i32.const 3))
  (func (export "ns:p/i#[method]r.then") (param i32) (result i32) (i32.const 50))
  (func (export "ns:p/i#[static]r.then") (result i32) (i32.const 51)))`;
const abi = {
  exports: [
    ...names.map((name) => signature(name, {}, 'u32')),
    ...names.map((name) => signature(name, {}, 'u32', inInterface(name))),
    signature('[constructor]r', {}, { own: 'r' }, inInterface('[constructor]r')),
    signature('[method]r.then', { self: { borrow: 'r' } }, 'u32', inInterface('[method]r.then')),
    signature('[static]r.then', {}, 'u32', inInterface('[static]r.then')),
  ],
  resources: [{ name: 'r', interface: 'ns:p/i', resource: 'r', host: false }],
};
const start = () => instantiate(program(wat, abi));

test('nothing that the host gives is mistaken for a promise', async () => {
  const { exports } = await start();
  const { 'ns:p/i': scope } = exports;
  const r = new scope.R();
  for (const thing of [exports, scope, scope.R, r]) {
    assert.equal(await thing, thing);
    assert.equal('then' in thing, false);
    assert.ok([0, 50, 51].includes(thing.then_()));
  }
  assert.equal(scope['[method]r.then'](r), 50);
  assert.equal(scope['[static]r.then'](), 51);
});

test('a record with a field `then` is none', async () => {
  const bytes = program('(module (func (export "f") (param i32) (result i32) (local.get 0)))', {
    exports: [signature('f', { r: { record: [['then', 'u8']] } }, { record: [['then', 'u8']] })],
  });
  const { exports } = await instantiate(bytes);
  assert.deepEqual(await (async () => exports.f({ then: 5 }))(), { then: 5 });
});

test('every other name may be said as it is, and in camelCase, which is not listed', async () => {
  const { exports } = await start();
  for (const scope of [exports, exports['ns:p/i']]) {
    for (const [i, name] of names.entries()) if (name !== 'then') assert.equal(scope[name](), i, name);
    assert.deepEqual([scope.countAll(), scope.toString(), scope.valueOf()], [1, 5, 6]);
    assert.equal(scope.AB(), 3);
    assert.equal(scope.aB(), 2);
    assert.deepEqual(Object.keys(scope).filter((key) => /^[a-z]/i.test(key) && !key.includes(':') && key !== 'R').sort(), ['then_', ...names.slice(1)].sort());
  }
});

test('a class has its label where a function has its name', async () => {
  const bytes = program('(module (func (export "AB") (result i32) (i32.const 1)) (func (export "make") (result i32) (i32.const 1)))', {
    exports: [signature('AB', {}, 'u32'), signature('make', {}, { own: 'a-b' })],
    resources: [{ name: 'a-b', interface: null, resource: 'a-b', host: false }],
  });
  const { exports } = await instantiate(bytes);
  assert.equal(exports.AB(), 1);
  assert.ok(exports.make() instanceof exports['a-b']);
});

test('meld run names them as WIT does', async () => {
  const { abi: own, exports } = await start();
  const session = new Session(own, exports);
  const invoke = (name, ...args) => session.perform({ word: '--invoke', name, args });
  assert.equal(await invoke('ns:p/i#then'), '0');
  assert.equal(await invoke('[constructor]r'), 'r#1');
  assert.equal(await invoke('[method]r.then', '#1'), '50');
});

describe('imports', () => {
  const imports = ['then', '[method]r.then', '[method]r.constructor', '[static]r.prototype', '[constructor]r'];
  const isMethod = (name) => name.startsWith('[method]');
  const bytes = program(
    `(module (import "$root" "[resource-drop]r" (func (param i32)))
      ${imports.map((name, i) => `(import "$root" "${name}" (func $f${i} ${isMethod(name) ? '(param i32)' : ''} (result i32)))`).join(' ')}
      ${imports.map((name, i) => `(func (export "f${i}") (result i32) (call $f${i} ${isMethod(name) ? '(call $f4)' : ''}))`).join(' ')})`,
    {
      imports: imports.map((name) => signature(name, isMethod(name) ? { self: { borrow: 'r' } } : {}, name === '[constructor]r' ? { own: 'r' } : 'u32', { module: '$root' })),
      exports: imports.map((_, i) => signature(`f${i}`, {}, 'u32')),
      resources: [{ name: 'r', interface: null, resource: 'r', host: true }],
    },
  );
  class R {
    then_() { return 2; }
    constructor_() { return 3; }
    static prototype_() { return 4; }
  }
  const called = (exports) => [0, 1, 2, 3].map((i) => exports[`f${i}`]());

  test('are spelled like exports', async () => {
    assert.deepEqual(called((await instantiate(bytes, { then_: () => 1, R })).exports), [1, 2, 3, 4]);
  });

  test('or as WIT does', async () => {
    const { exports } = await instantiate(bytes, {
      then: () => 1, R: class {}, '[method]r.then': () => 2, '[method]r.constructor': () => 3, '[static]r.prototype': () => 4,
    });
    assert.deepEqual(called(exports), [1, 2, 3, 4]);
  });

  test('the constructor of a class is no method', async () => {
    await assert.rejects(instantiate(bytes, { then: () => 1, R: class { then_() {} static prototype_() {} } }), { message: /imports: \[method\]r\.constructor$/ });
  });
});
