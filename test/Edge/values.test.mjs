//===- values.test.mjs - values as a fused program describes them --------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The host knows types from `meld.abi` alone. A type of more than one member
// has them in the order in which the compiler writes JSON.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseText, run } from './tools.mjs';

const sum = (type) => `(component
  (core module $M (func (export "sum") (param i32 i32 i32) (result i32)
    (i32.add (local.get 0) (i32.add (i32.mul (i32.const 10) (local.get 1)) (i32.mul (i32.const 100) (local.get 2))))))
  (core instance $m (instantiate $M))
  (type $t' ${type})
  (export $t "t" (type $t'))
  (func (export "sum") (param "x" $t) (result u32) (canon lift (core func $m "sum"))))`;

describe('a value in core values, by its description', () => {
  for (const [type, value] of [
    ['(list u8 3)', [1, 2, 3]],
    ['(list (tuple u8) 3)', [[1], [2], [3]]],
    ['(record (field "a" (list u16 2)) (field "b" bool))', { a: [1, 2], b: true }],
  ])
    test(type, async () => {
      const { exports } = await run(await fuseText(sum(type)), {});
      assert.equal(exports.sum(value), type.includes('bool') ? 121 : 321);
    });
});
