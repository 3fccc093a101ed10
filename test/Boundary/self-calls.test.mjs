//===- self-calls.test.mjs - an instance that calls itself ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Both sides of a call are one memory and one table of handles. What is expected
// is what definitions.py does: all values of one direction are lifted before the
// first is lowered (docs/Adapters.md, *two-instances*).
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseText, run } from '../Edge/tools.mjs';
import { byte, checkLeavesNothing, go, program, resource, word } from './self.mjs';

test('realloc writes over what is still to be lifted', async () => {
  const log = await go({
    data: '(data (i32.const 16) "hello") (data (i32.const 32) "world") (global $top (mut i32) (i32.const 16))',
    realloc: '(global.set $top (i32.add (global.get $top) (i32.const 16))) (global.get $top)', // 32, then 48
    type: '(param "a" string) (param "b" string)', params: '(param i32 i32 i32 i32)',
    f: `(func (export "f") (param i32 i32 i32 i32) ${byte('(local.get 0)')} ${byte('(local.get 2)')})`,
    go: '(call $f (i32.const 16) (i32.const 5) (i32.const 32) (i32.const 5))',
  });
  assert.deepEqual(log, [104, 119]);
});

test('the elements of a list, and the strings in them', async () => {
  // two strings at 16 and 32, whose pairs lie at 64; the new list lies at 16, the strings where the pairs are
  const log = await go({
    data: `(data (i32.const 16) "hello") (data (i32.const 32) "world") (data (i32.const 64) "\\10\\00\\00\\00\\05\\00\\00\\00\\20\\00\\00\\00\\05\\00\\00\\00")
      (global $top (mut i32) (i32.const 0))`,
    realloc: `(global.set $top (i32.add (global.get $top) (i32.const 1)))
      (select (i32.const 16) (select (i32.const 64) (i32.const 72) (i32.eq (global.get $top) (i32.const 2))) (i32.eq (global.get $top) (i32.const 1)))`,
    type: '(param "l" (list string))', params: '(param i32 i32)',
    f: `(func (export "f") (param i32 i32)
      ${byte('(i32.load (local.get 0))')} ${byte('(i32.load offset=8 (local.get 0))')}
      (call $log (i32.load (local.get 0))) (call $log (i32.load offset=8 (local.get 0))))`,
    go: '(call $f (i32.const 64) (i32.const 2))',
  });
  assert.deepEqual(log, [104, 119, 64, 72]);
});

test('a result lies across the room for it', async () => {
  for (const into of [60, 68]) {
    const log = await go({
      type: '(result (tuple u32 u32 u32))', params: '(param i32)', lift: '(post-return (core func $f "post"))',
      f: '(func (export "f") (result i32) (i32.store (i32.const 64) (i32.const 1)) (i32.store (i32.const 68) (i32.const 2)) (i32.store (i32.const 72) (i32.const 3)) (i32.const 64))',
      go: `(call $f (i32.const ${into})) ${word(into)} ${word(into + 4)} ${word(into + 8)} ${word(96)}`,
    });
    assert.deepEqual(log, [1, 2, 3, 64]);
  }
});

test('parameters that are spilled lie across the room that realloc gives', async () => {
  // Bytes and words in turn: between them is what no copy may touch.
  const types = ['u8', 'u32'], stores = ['i32.store8', 'i32.store'], loads = ['i32.load8_u', 'i32.load'];
  const all = Array.from({ length: 17 }, (_, i) => i);
  const log = await go({
    realloc: '(i32.const 1028)', type: all.map((i) => `(param "p${i}" ${types[i % 2]})`).join(' '), params: '(param i32)',
    f: `(func (export "f") (param i32) ${all.map((i) => `(call $log (${loads[i % 2]} offset=${4 * i} (local.get 0)))`).join(' ')})`,
    go: `${all.map((i) => `(${stores[i % 2]} (i32.const ${1024 + 4 * i}) (i32.const ${i}))`).join(' ')} (call $f (i32.const 1024)) ${[256, 260, 264, 268].map(word).join(' ')}`,
  });
  assert.deepEqual(log, [...all, 0, 0, 4, 68]);
});

test('indices that are freed are given again, the last one first', async () => {
  const log = await go({
    ...resource, type: '(param "a" (own $r)) (param "b" (own $r))', params: '(param i32 i32)',
    f: '(func (export "f") (param i32 i32) (call $log (local.get 0)) (call $log (call $rep (local.get 0))) (call $log (local.get 1)) (call $log (call $rep (local.get 1))))',
    go: '(call $f (call $new (i32.const 70)) (call $new (i32.const 71)))',
  });
  assert.deepEqual(log, [2, 70, 1, 71]);
});

test('a handle in a list is given back, and its index after those before it', async () => {
  const log = await go({
    ...resource, type: '(param "a" (list (own $r))) (result (list (own $r)))', params: '(param i32 i32 i32)',
    f: '(func (export "f") (param i32 i32) (result i32) (i32.store (i32.const 128) (local.get 0)) (i32.store (i32.const 132) (local.get 1)) (i32.const 128))',
    realloc: '(i32.const 64)',
    go: `(i32.store (i32.const 64) (call $new (i32.const 70))) (i32.store (i32.const 68) (call $new (i32.const 71))) (i32.store (i32.const 72) (call $new (i32.const 72)))
      (call $f (i32.const 64) (i32.const 3) (i32.const 136))
      ${[64, 68, 72].map((at) => `${word(at)} (call $log (call $rep (i32.load (i32.const ${at}))))`).join(' ')} ${word(140)}`,
  });
  assert.deepEqual(log, [1, 70, 2, 71, 3, 72, 3]); // turned around twice
});

test('a borrow of another\'s resource gets the index of what is given behind it', async () => {
  const things = {
    types: `(import "ns:p/things" (instance $things (export "t" (type $t (sub resource))) (export "make" (func (result (own $t))))))
      (alias export $things "t" (type $t)) (alias export $things "make" (func $make))`,
    given: [
      { name: 'make', type: '(result i32)', canon: 'lower (func $make)' },
      { name: 'drop', type: '(param i32)', canon: 'resource.drop $t' },
    ],
    params: '(param i32 i32)', go: '(call $f (call $make) (call $make)) (call $drop (i32.const 1))',
  };
  const host = { 'ns:p/things': { make: () => ({}) } };
  const f = (drop) => `(func (export "f") (param i32 i32) (call $log (local.get 0)) (call $log (local.get 1)) ${drop})`;
  const log = await go({ ...things, type: '(param "a" (borrow $t)) (param "b" (own $t))', f: f('(call $drop (local.get 0))') }, host);
  assert.deepEqual(log, [2, 3]);
  await assert.rejects(go({ ...things, type: '(param "a" (borrow $t)) (param "b" (own $t))', f: f('') }, host), { id: 'BorrowsRemain' });
  await assert.rejects(go({ ...things, type: '(param "a" (borrow $t)) (param "b" (own $t))', f: f('(call $drop (local.get 0))'), go: '(call $f (call $make) (i32.const 1))' }, host), { id: 'OwnedResourceBorrowed' });
});

test('UTF-16 that could be Latin-1 calls realloc as it would between two', async () => {
  const log = await go({
    data: '(data (i32.const 16) "a\\00b\\00")', type: '(param "a" string)', params: '(param i32 i32)',
    lift: 'string-encoding=latin1+utf16', lower: 'string-encoding=latin1+utf16',
    f: `(func (export "f") (param i32 i32) (call $log (local.get 1)) ${byte('(local.get 0)')})`,
    go: `(call $f (i32.const 16) (i32.const 0x80000002)) ${Array.from({ length: 8 }, (_, i) => word(256 + 4 * i)).join(' ')}`,
  });
  assert.deepEqual(log, [2, 97, 0, 0, 2, 4, 1024, 4, 1, 2]);
});

test('and from one encoding to another', async () => {
  const log = await go({
    data: '(data (i32.const 16) "\\c3\\a9")', type: '(param "a" string) (result string)', params: '(param i32 i32 i32)',
    lift: 'string-encoding=utf16', realloc: '(i32.const 16)',
    f: '(func (export "f") (param i32 i32) (result i32) (call $log (i32.load16_u (local.get 0))) (call $log (local.get 1)) (i32.store (i32.const 20) (local.get 0)) (i32.store (i32.const 24) (local.get 1)) (i32.const 20))',
    go: `(call $f (i32.const 16) (i32.const 2) (i32.const 28)) ${word(28)} ${word(32)} (call $log (i32.load16_u (i32.const 16)))`,
  });
  assert.deepEqual(log, [0xe9, 1, 16, 2, 0xa9c3]);
});

test('what cannot be lifted is a trap before realloc is called', async () => {
  const log = [];
  const { exports, core } = await run(await fuseText(program({
    data: '(data (i32.const 16) "a\\ff")', type: '(param "a" string) (param "b" string)', params: '(param i32 i32 i32 i32)',
    realloc: '(unreachable)', f: '(func (export "f") (param i32 i32 i32 i32))',
    go: '(call $f (i32.const 16) (i32.const 1) (i32.const 16) (i32.const 2))',
  })), { log: (n) => log.push(n) });
  assert.throws(() => exports.go(), { id: 'InvalidUtf8' });
  assert.ok(core);
});

test('nothing is left behind, and 2026-08 has no such calls', async () => {
  const parts = {
    ...resource, type: '(param "a" string) (param "l" (list (own $r)))', params: '(param i32 i32 i32 i32)', f: '(func (export "f") (param i32 i32 i32 i32))',
    go: '(call $f (i32.const 16) (i32.const 200) (i32.const 1024) (i32.const 0))',
  };
  await checkLeavesNothing(parts);
});

// The staging area is the host's side as well: a list of streams becomes one of numbers there for the host, and waits
// there for the instance itself. These are two functions, whichever is made first.
test('beside calls of the host with the same types', async () => {
  const type = '(param "l" (list $s))';
  const text = (order) => `(component
    (type $s (stream u8))
    (import "log" (func $log (param "n" u32)))
    (import "take" (func $take ${type}))
    (core module $Mem (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $mem (instantiate $Mem))
    (alias core export $mem "mem" (core memory $mem)) (alias core export $mem "realloc" (core func $realloc))
    (core func $log' (canon lower (func $log))) (core func $take' (canon lower (func $take) (memory $mem)))
    (core func $new' (canon stream.new $s)) (core func $drop' (canon stream.drop-readable $s))
    (core module $F (import "" "mem" (memory 1)) (import "" "log" (func $log (param i32))) (import "" "drop" (func $drop (param i32)))
      (func (export "f") (param i32 i32) (call $log (i32.load (local.get 0))) (call $drop (i32.load (local.get 0)))))
    (core instance $f (instantiate $F (with "" (instance (export "mem" (memory $mem)) (export "log" (func $log')) (export "drop" (func $drop'))))))
    (func $f ${type} (canon lift (core func $f "f") (memory $mem) (realloc $realloc)))
    (core func $f' (canon lower (func $f) (memory $mem)))
    (core module $G (import "" "mem" (memory 1)) (import "" "new" (func $new (result i64)))
      (import "" "take" (func $take (param i32 i32))) (import "" "f" (func $f (param i32 i32)))
      (func (export "go")
        (i32.store (i32.const 16) (i32.wrap_i64 (call $new))) (call ${order[0]} (i32.const 16) (i32.const 1))
        (i32.store (i32.const 16) (i32.wrap_i64 (call $new))) (call ${order[1]} (i32.const 16) (i32.const 1))))
    (core instance $g (instantiate $G (with "" (instance (export "mem" (memory $mem)) (export "new" (func $new')) (export "take" (func $take')) (export "f" (func $f'))))))
    (func (export "go") (canon lift (core func $g "go"))))`;
  for (const order of [['$f', '$take'], ['$take', '$f']]) {
    const log = [], taken = [];
    const { exports } = await run(await fuseText(text(order)), { log: (n) => log.push(n), take: (l) => taken.push(...l) });
    exports.go();
    assert.deepEqual(log, [1]);
    assert.equal(taken.length, 1);
    assert.ok(taken[0] instanceof ReadableStream, String(taken[0]));
  }
});

describe('a 64-bit memory', () => {
  const byte = (pointer) => `(call $log (i32.load8_u ${pointer}))`;
  const word = (at) => `(call $log (i32.load (i64.const ${at})))`;
  const low = (value) => `(call $log (i32.wrap_i64 ${value}))`;
  const wide = { address: 'i64' };

  test('realloc writes over what is still to be lifted', async () => {
    const log = await go({
      ...wide, data: '(data (i64.const 16) "hello") (data (i64.const 32) "world") (global $top (mut i64) (i64.const 16))',
      realloc: '(global.set $top (i64.add (global.get $top) (i64.const 16))) (global.get $top)',
      type: '(param "a" string) (param "b" string)', params: '(param i64 i64 i64 i64)',
      f: `(func (export "f") (param i64 i64 i64 i64) ${byte('(local.get 0)')} ${byte('(local.get 2)')})`,
      go: '(call $f (i64.const 16) (i64.const 5) (i64.const 32) (i64.const 5))',
    });
    assert.deepEqual(log, [104, 119]);
  });

  // The tag is bit 63 here, and bit 31 in the staging area.
  test('UTF-16 under latin1+utf16, which could be Latin-1 and which could not', async () => {
    const parts = (text) => ({
      ...wide, data: `(data (i64.const 16) "${text}")`, type: '(param "a" string)', params: '(param i64 i64)',
      lift: 'string-encoding=latin1+utf16', lower: 'string-encoding=latin1+utf16',
      f: `(func (export "f") (param i64 i64) ${low('(local.get 1)')} ${low('(i64.shr_u (local.get 1) (i64.const 63))')} ${byte('(local.get 0)')})`,
      go: `(call $f (i64.const 16) (i64.const 0x8000000000000002)) ${[256, 260, 264, 268, 272, 276, 280, 284].map(word).join(' ')}`,
    });
    assert.deepEqual(await go(parts('a\\00b\\00')), [2, 0, 97, 0, 0, 2, 4, 1024, 4, 1, 2]);
    assert.deepEqual(await go(parts('a\\00\\03\\26')), [2, 1, 97, 0, 0, 2, 4, 0, 0, 0, 0]);
  });

  // The text of the result is copied to where its pointer was, the pointer and length to `into`.
  test('a result lies across the room for it, and realloc gives it as room', async () => {
    for (const into of [56, 72]) {
      const log = await go({
        ...wide, type: '(result (tuple string u32))', params: '(param i64)', lift: '(post-return (core func $f "post"))',
        data: '(data (i64.const 16) "hello")', realloc: '(i64.const 64)',
        f: '(func (export "f") (result i64) (i64.store (i64.const 64) (i64.const 16)) (i64.store (i64.const 72) (i64.const 5)) (i32.store (i64.const 80) (i32.const 9)) (i64.const 64))',
        go: `(call $f (i64.const ${into})) ${[into, into + 8, into + 16, 96].map(word).join(' ')}`,
      });
      assert.deepEqual(log, [64, 5, 9, 64]);
    }
  });

  test('a list of handles', async () => {
    const log = await go({
      ...wide, ...resource, type: '(param "a" (list (own $r)))', params: '(param i64 i64)', realloc: '(i64.const 64)',
      f: '(func (export "f") (param i64 i64) (call $log (i32.load (local.get 0))) (call $log (i32.load offset=4 (local.get 0))))',
      go: '(i32.store (i64.const 64) (call $new (i32.const 70))) (i32.store (i64.const 68) (call $new (i32.const 71))) (call $f (i64.const 64) (i64.const 2))',
    });
    assert.deepEqual(log, [2, 1]);
  });
});
