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
