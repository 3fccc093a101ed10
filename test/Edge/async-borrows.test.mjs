//===- async-borrows.test.mjs - what the host lends a task ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseText, run } from './tools.mjs';

/// `keep` gives the index of what it was lent, which it drops if `ends` says so:
/// before it returns.
const text = `(component
  (import "ns:p/things" (instance $things (export "thing" (type $thing (sub resource)))))
  (alias export $things "thing" (type $thing))
  (canon resource.drop $thing (core func $drop))
  (canon task.return (result u32) (core func $return))
  (core module $M
    (import "" "drop" (func $drop (param i32))) (import "" "return" (func $return (param i32)))
    (func (export "keep") (param $thing i32) (param $ends i32) (result i32)
      (if (local.get $ends) (then (call $drop (local.get $thing))))
      (call $return (local.get $thing))
      (i32.const 0 (; EXIT ;)))
    (func (export "event") (param i32 i32 i32) (result i32) unreachable))
  (core instance $m (instantiate $M (with "" (instance (export "drop" (func $drop)) (export "return" (func $return))))))
  (func (export "keep") async (param "t" (borrow $thing)) (param "ends" bool) (result u32)
    (canon lift (core func $m "keep") async (callback (core func $m "event")))))`;

for (const edge of ['direct', 'component'])
  test(`a task drops what it was lent before it returns: --edge=${edge}`, async () => {
    class Thing {
      [Symbol.dispose]() {
        assert.fail('it was only lent');
      }
    }
    const { exports } = await run(await fuseText(text, `--edge=${edge}`), { 'ns:p/things': { Thing } });
    const thing = new Thing();
    for (let i = 0; i < 3; i++) assert.equal(await exports.keep(thing, true), 1);
    await assert.rejects(async () => exports.keep(thing, false), { id: 'BorrowsRemain' });
    await assert.rejects(async () => exports.keep(thing, true), { id: 'CannotEnter' });
  });
