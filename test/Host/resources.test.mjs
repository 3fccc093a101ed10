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
