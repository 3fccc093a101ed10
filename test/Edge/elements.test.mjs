//===- elements.test.mjs - streams of what is lifted and lowered ---------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseText, run } from './tools.mjs';

const libc = `
  (core module $Libc
    (memory (export "mem") 1)
    (global $next (mut i32) (i32.const 4096))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $p i32)
      (local.set $p (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (global.set $next (i32.add (local.get $p) (local.get 3)))
      (memory.copy (local.get $p) (local.get 0) (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (local.get $p)))
  (core instance $libc (instantiate $Libc))`;

/// Pairs of two strings, and a number with one of them.
const data = `
  (data (i32.const 64) "\\64\\00\\00\\00\\03\\00\\00\\00\\68\\00\\00\\00\\06\\00\\00\\00")
  (data (i32.const 80) "\\07\\00\\00\\00\\68\\00\\00\\00\\06\\00\\00\\00")
  (data (i32.const 100) "h\\c3\\a9 w\\c3\\b6rld")`;

/// `C` writes what lies at `from`; `D` reads it to 512 by `steps`, and returns
/// the string whose pair lies at `at`.
const program = ({ kind, type, write, read, steps, at, encoding = 'utf8' }) => `(component
  (component $C
    ${libc}
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "new" (func $new (result i64)))
      (import "" "write" (func $write (param ${kind === 'stream' ? 'i32 i32 i32' : 'i32 i32'}) (result i32)))
      (global $w (mut i32) (i32.const 0))
      ${data}
      (func (export "open") (result i32) (local $ends i64)
        (local.set $ends (call $new))
        (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
        (i32.wrap_i64 (local.get $ends)))
      (func (export "write") (result i32) (call $write (global.get $w) ${write})))
    (type $T ${type})
    (canon ${kind}.new $T (core func $new))
    (canon ${kind}.write $T async (memory (core memory $libc "mem")) (core func $write))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $libc "mem")) (export "new" (func $new)) (export "write" (func $write))))))
    (func (export "open") (result ${type}) (canon lift (core func $m "open")))
    (func (export "write") (result u32) (canon lift (core func $m "write"))))
  (component $D
    (import "open" (func $open (result ${type})))
    (import "write" (func $write (result u32)))
    ${libc}
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "open" (func $open (result i32)))
      (import "" "write" (func $write (result i32)))
      (import "" "read" (func $read (param ${kind === 'stream' ? 'i32 i32 i32' : 'i32 i32'}) (result i32)))
      (func $expect (param i32 i32) (if (i32.ne (local.get 0) (local.get 1)) (then unreachable)))
      (func (export "run") (result i32) (local $r i32)
        (local.set $r (call $open))
        ${steps.map(([call, result]) => `(call $expect ${call === 'write' ? '(call $write)' : `(call $read (local.get $r) ${read(call)})`} (i32.const ${result}))`).join('\n')}
        (i32.const ${at})))
    (type $T ${type})
    (canon lower (func $open) (core func $open'))
    (canon lower (func $write) (core func $write'))
    (canon ${kind}.read $T async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")) string-encoding=${encoding} (core func $read))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $libc "mem")) (export "open" (func $open')) (export "write" (func $write')) (export "read" (func $read))))))
    (func (export "run") (result string) (canon lift (core func $m "run") (memory (core memory $libc "mem")) string-encoding=${encoding})))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "open" (func $c "open")) (with "write" (func $c "write"))))
  (func (export "run") (alias export $d "run")))`;

const strings = {
  kind: 'stream', type: '(stream string)', write: '(i32.const 64) (i32.const 2)',
  read: (count) => `(i32.const 512) (i32.const ${count})`,
};
const record = {
  kind: 'future', type: '(future (tuple u8 string))', write: '(i32.const 80)', read: () => '(i32.const 512)',
};
const runs = async (made) => (await run(await fuseText(program(made)))).exports.run();

for (const encoding of ['utf8', 'utf16', 'latin1+utf16']) {
  test(`stream<string>, read as ${encoding}`, async () => {
    assert.equal(await runs({ ...strings, encoding, steps: [[2, -1], ['write', 0x20]], at: 520 }), 'wörld', 'read first');
    assert.equal(await runs({ ...strings, encoding, steps: [['write', -1], [2, 0x20]], at: 512 }), 'hé', 'write first');
  });
  test(`future of a tuple with a string, read as ${encoding}`, async () => {
    assert.equal(await runs({ ...record, encoding, steps: [[1, -1], ['write', 0]], at: 516 }), 'wörld', 'read first');
    assert.equal(await runs({ ...record, encoding, steps: [['write', -1], [1, 0]], at: 516 }), 'wörld', 'write first');
  });
}

test('elements come one by one', async () => {
  assert.equal(await runs({ ...strings, steps: [['write', -1], [1, 0x10], [1, 0x10]], at: 512 }), 'wörld');
});

test('text that is none traps when it is copied', async () => {
  const text = program({ ...strings, steps: [['write', -1], [2, 0x20]], at: 512 }).replace('h\\c3\\a9', 'h\\c3h');
  const { exports } = await run(await fuseText(text));
  assert.throws(() => exports.run(), { id: 'InvalidUtf8' });
});
