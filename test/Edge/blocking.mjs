//===- blocking.mjs - a component of async functions ---------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { memory } from './tools.mjs';

/// `[name, component-level result, its core types for task.return, what is
/// returned, in terms of n]`, each by a task that yields n times before.
const results = [
  ['number', 'u32', 'i32', '(call $h (local.get $n))'],
  ['small', 's8', 'i32', '(i32.sub (i32.const 0) (local.get $n))'],
  ['wide', 'f64', 'f64', '(f64.convert_i32_u (local.get $n))'],
  ['text', 'string', 'i32 i32', '(i32.const 16) (local.get $n)'],
  ['pair', '(tuple u8 u64)', 'i32 i64', '(local.get $n) (i64.extend_i32_u (local.get $n))'],
  ['switch', '(result)', 'i32', '(i32.and (local.get $n) (i32.const 1))'],
  ['nothing', null, '', ''],
];

export const text = `(component
  (import "h" (func $h async (param "n" u32) (result u8)))
  (import "name" (func $name async (param "s" string) (result string)))
  ${memory}
  (core module $Realloc (import "" "mem" (memory 1))
    (data (i32.const 16) "0123456789")
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 256)))
  (core instance $realloc (instantiate $Realloc (with "" (instance (export "mem" (memory $memory "mem"))))))
  (alias core export $memory "mem" (core memory $mem)) (alias core export $realloc "realloc" (core func $realloc'))
  (core func $h' (canon lower (func $h)))
  (core func $name' (canon lower (func $name) async (memory $mem) (realloc $realloc')))
  ${results.map(([name, type]) => `(core func $return-${name} (canon task.return ${type ? `(result ${type})` : ''} (memory $mem)))`).join('\n  ')}
  (core func $return-named (canon task.return (result string) (memory $mem)))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "h" (func $h (param i32) (result i32)))
    (import "" "name" (func $name (param i32 i32 i32) (result i32)))
    ${results.map(([name, , core]) => `(import "" "return-${name}" (func $return-${name} (param ${core})))`).join('\n    ')}
    (import "" "return-named" (func $return-named (param i32 i32)))
    (global $n (mut i32) (i32.const 0)) (global $left (mut i32) (i32.const 0)) (global $which (mut i32) (i32.const 0))
    (func $step (result i32) (local $n i32)
      (local.set $n (global.get $n))
      (if (global.get $left) (then
        (global.set $left (i32.sub (global.get $left) (i32.const 1)))
        (return (i32.const 1 (; YIELD ;)))))
      ${results.map(([name, , , value], i) => `(if (i32.eq (global.get $which) (i32.const ${i})) (then (call $return-${name} ${value})))`).join('\n      ')}
      (i32.const 0 (; EXIT ;)))
    (func (export "event") (param i32 i32 i32) (result i32) (call $step))
    ${results.map(([name], i) => `(func (export "${name}") (param $n i32) (result i32)
      (global.set $which (i32.const ${i})) (global.set $n (local.get $n)) (global.set $left (local.get $n)) (call $step))`).join('\n    ')}
    ;; the name of the first n digits
    (func (export "named") (param $n i32) (result i32)
      (if (i32.ne (call $name (i32.const 16) (local.get $n) (i32.const 64)) (i32.const 2 (; RETURNED ;))) (then unreachable))
      (call $return-named (i32.load (i32.const 64)) (i32.load (i32.const 68)))
      (i32.const 0))
    (func (export "stuck") (param i32) (result i32) (i32.const 0x12 (; WAIT for set 1 ;)))
    (func (export "twice") (param $n i32) (result i32) (i32.mul (local.get $n) (i32.const 2))))
  (core func $set (canon waitable-set.new))
  (core module $Set (import "" "set" (func $set (result i32))) (func $start (drop (call $set))) (start $start))
  (core instance (instantiate $Set (with "" (instance (export "set" (func $set))))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem)) (export "h" (func $h')) (export "name" (func $name')) (export "return-named" (func $return-named))
    ${results.map(([name]) => `(export "return-${name}" (func $return-${name}))`).join(' ')}))))
  (alias core export $m "event" (core func $event))
  ${[...results, ['named', 'string'], ['stuck', null]].map(([name, type]) => `(func (export "${name}") async (param "n" u32) ${type ? `(result ${type})` : ''}
    (canon lift (core func $m "${name}") async (callback $event) (memory $mem)))`).join('\n  ')}
  (func (export "twice") (param "n" u32) (result u32) (canon lift (core func $m "twice"))))`;

export const imports = { h: (n) => (n * 2) & 255, name: (s) => `<${s}>` };

/// What every engine has to say, by functions that give promises or values.
export async function check(f) {
  for (const n of [0, 1, 5, 200]) {
    assert.equal(await f.number(n), (n * 2) & 255);
    assert.equal(await f.twice(n), n * 2);
  }
  assert.equal(await f.small(3), -3);
  assert.equal(await f.wide(7), 7);
  assert.equal(await f.text(4), '0123');
  assert.deepEqual(await f.pair(9), [9, 9n]);
  await f.nothing(2);
  assert.equal(await f.named(5), '<01234>');
  assert.equal(await f.text(10), '0123456789');
}
