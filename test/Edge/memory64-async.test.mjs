//===- memory64-async.test.mjs - tasks and handles in 64-bit memories ----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseText, heap, run } from './tools.mjs';

const options = '(memory $memory) (realloc $realloc)';

/// `f`, a task that yields once, passes what it takes to `h` of the host. That
/// has more than 16 flat parameters, so `h` gets a pointer; the result lies at 64.
const numbers = Array.from({ length: 12 }, (_, i) => `(param "p${i}" u8)`).join(' ');
const result = '(result (list string) (error u32))';
const caller = `(component
  (import "h" (func $h (param "s" string) (param "l" (list (tuple u8 string))) (param "n" u64) ${numbers} (result ${result})))
  ${heap('i64')}
  (core func $h' (canon lower (func $h) ${options}))
  (core func $return (canon task.return (result ${result}) (memory $memory)))
  (core module $M
    (import "" "mem" (memory i64 1)) (import "" "h" (func $h (param i64 i64)))
    (import "" "return" (func $return (param i32 i64 i64)))
    (func (export "f") (param $s i64) (param $s-n i64) (param $l i64) (param $l-n i64) (param $n i64) (result i32)
      (i64.store (i64.const 128) (local.get $s)) (i64.store (i64.const 136) (local.get $s-n))
      (i64.store (i64.const 144) (local.get $l)) (i64.store (i64.const 152) (local.get $l-n))
      (i64.store (i64.const 160) (local.get $n))
      (call $h (i64.const 128) (i64.const 64))
      (i32.const 1 (; YIELD ;)))
    (func (export "event") (param i32 i32 i32) (result i32)
      (call $return (i32.load8_u (i64.const 64)) (i64.load (i64.const 72)) (i64.load (i64.const 80)))
      (i32.const 0 (; EXIT ;))))
  (core instance $m (instantiate $M (with "" (instance (export "mem" (memory $memory)) (export "h" (func $h')) (export "return" (func $return))))))
  (func (export "f") async (param "s" string) (param "l" (list (tuple u8 string))) (param "n" u64) (result ${result})
    (canon lift (core func $m "f") async (callback (core func $m "event")) ${options})))`;

test('a task passes strings and lists to the host', async () => {
  const seen = [];
  const h = (s, l, n) => (seen.push([s, l, n]), n ? { tag: 'ok', val: [s, ...l.map(([, text]) => text)] } : { tag: 'err', val: 7 });
  const { exports } = await run(await fuseText(caller), { h });
  const list = [[1, '\u00e9'], [255, '']];
  assert.deepEqual(await exports.f('text \u2603', list, 2n ** 64n - 1n), { tag: 'ok', val: ['text \u2603', '\u00e9', ''] });
  assert.deepEqual(await exports.f('', [], 0n), { tag: 'err', val: 7 });
  assert.deepEqual(seen, [['text \u2603', list, 2n ** 64n - 1n], ['', [], 0n]]);
});

/// A program that defines `r`, takes lists of both kinds of handles, and does
/// the same with `t` of the host.
const handles = `(component
  (import "ns:p/things" (instance $things (export "t" (type $t (sub resource)))
    (export "swap" (func (param "ts" (list (own $t))) (param "o" (option (borrow $t))) (result (list (own $t)))))))
  (alias export $things "t" (type $t)) (alias export $things "swap" (func $swap))
  ${heap('i64')}
  (core func $swap' (canon lower (func $swap) ${options}))
  (type $r' (resource (rep i32)))
  (core func $new (canon resource.new $r')) (core func $rep (canon resource.rep $r')) (core func $drop (canon resource.drop $r'))
  (core func $drop-t (canon resource.drop $t))
  (core module $M
    (import "" "mem" (memory i64 1)) (import "" "realloc" (func $realloc (param i64 i64 i64 i64) (result i64)))
    (import "" "new" (func $new (param i32) (result i32))) (import "" "rep" (func $rep (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32))) (import "" "drop-t" (func $drop-t (param i32)))
    (import "" "swap" (func $swap (param i64 i64 i32 i32 i64)))
    (func $pair (param i64 i64) (result i64)
      (i64.store (i64.const 64) (local.get 0)) (i64.store (i64.const 72) (local.get 1)) (i64.const 64))
    ;; handles to all numbers below n
    (func (export "make") (param $n i32) (result i64) (local $at i64) (local $i i32)
      (local.set $at (call $realloc (i64.const 0) (i64.const 0) (i64.const 4) (i64.mul (i64.extend_i32_u (local.get $n)) (i64.const 4))))
      (loop $next
        (if (i32.lt_u (local.get $i) (local.get $n)) (then
          (i32.store (i64.add (local.get $at) (i64.extend_i32_u (i32.mul (local.get $i) (i32.const 4)))) (call $new (local.get $i)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next))))
      (call $pair (local.get $at) (i64.extend_i32_u (local.get $n))))
    ;; the sum of what is lent, and of what is given, which ends
    (func (export "sum") (param $lent i64) (param $n i64) (param $given i64) (param $m i64) (result i32) (local $sum i32)
      (loop $next
        (if (i64.ne (local.get $n) (i64.const 0)) (then
          (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $lent))))
          (local.set $lent (i64.add (local.get $lent) (i64.const 4)))
          (local.set $n (i64.sub (local.get $n) (i64.const 1)))
          (br $next))))
      (loop $next
        (if (i64.ne (local.get $m) (i64.const 0)) (then
          (local.set $sum (i32.add (local.get $sum) (call $rep (i32.load (local.get $given)))))
          (call $drop (i32.load (local.get $given)))
          (local.set $given (i64.add (local.get $given) (i64.const 4)))
          (local.set $m (i64.sub (local.get $m) (i64.const 1)))
          (br $next))))
      (local.get $sum))
    ;; to the host and back, where the first is only lent in the second parameter
    (func (export "through") (param $ts i64) (param $n i64) (param $t i32) (result i64)
      (call $swap (local.get $ts) (local.get $n) (i32.const 1) (local.get $t) (i64.const 64))
      (call $drop-t (local.get $t))
      (i64.const 64)))
  (core instance $m (instantiate $M (with "" (instance (export "mem" (memory $memory)) (export "realloc" (func $realloc)) (export "swap" (func $swap'))
    (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop)) (export "drop-t" (func $drop-t))))))
  (export $r "r" (type $r'))
  (func (export "make") (param "n" u32) (result (list (own $r))) (canon lift (core func $m "make") (memory $memory)))
  (func (export "sum") (param "lent" (list (borrow $r))) (param "given" (list (own $r))) (result u32) (canon lift (core func $m "sum") ${options}))
  (func (export "through") (param "ts" (list (own $t))) (param "t" (own $t)) (result (list (own $t))) (canon lift (core func $m "through") ${options})))`;

for (const words of [[], ['--edge=component']])
  test(`handles in lists, of the program and of the host ${words}`, async () => {
    class T {}
    const lent = [];
    const swap = (ts, t) => (lent.push(t), ts.toReversed());
    const { exports } = await run(await fuseText(handles, ...words), { 'ns:p/things': { T, swap } });
    const all = exports.make(5);
    assert.equal(all.length, 5);
    assert.equal(exports.sum(all.slice(0, 3), all.slice(3)), 0 + 1 + 2 + 3 + 4);
    assert.throws(() => exports.sum([all[4]], []), { name: 'TypeError', message: /given away or dropped/ });
    assert.equal(exports.sum([all[2]], []), 2);
    assert.throws(() => exports.sum([], [all[0], {}]), { name: 'TypeError' });
    assert.equal(exports.sum([], [all[0]]), 0);
    const [a, b, c] = [new T(), new T(), new T()];
    const back = exports.through([a, b], c);
    assert.ok(back[0] === b && back[1] === a && back.length === 2 && lent[0] === c);
    assert.deepEqual(exports.through([], c), []);
  });
