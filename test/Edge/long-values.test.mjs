//===- long-values.test.mjs - lists and strings of 2^28 bytes ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A list or a string has at most 2^28-1 bytes. What the host gives is refused
// before the guest's realloc is asked for room.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fuseText, run } from './tools.mjs';

const lift = (name, type, options = '') =>
  `(func (export "${name}") (param "v" ${type}) (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "realloc")) ${options}))`;
const text = `(component
  (core module $M (memory (export "mem") 1) (global $asked (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (global.set $asked (i32.const 1)) (i32.const 64))
    (func (export "f") (param i32 i32)) (func (export "asked") (result i32) (global.get $asked)))
  (core instance $i (instantiate $M))
  ${lift('bytes', '(list u8)')}
  ${lift('text', 'string')}
  ${lift('wide', 'string', 'string-encoding=utf16')}
  (func (export "asked") (result bool) (canon lift (core func $i "asked"))))`;

describe('what is too long to be lifted', () => {
  let exports;
  before(async () => ({ exports } = await run(await fuseText(text), {})));
  // Pages of an array that nobody touches are not there, nor are the parts of a
  // text that is only asked for its length.
  for (const [name, value, what] of [
    ['bytes', () => new Uint8Array(2 ** 28), 'list'],
    ['text', () => 'a'.repeat(2 ** 28), 'string'],
    ['wide', () => 'a'.repeat(2 ** 27), 'string'],
  ])
    test(`${name}: a ${what}`, () => {
      const message = new RegExp(`^argument "v" of "${name}": the ${what} is longer than 2\\^28-1 bytes$`);
      assert.throws(() => exports[name](value()), { name: 'TypeError', message });
      assert.equal(exports.asked(), false);
    });
});
