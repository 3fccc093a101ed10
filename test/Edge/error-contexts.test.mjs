//===- error-contexts.test.mjs - messages for those who debug ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseText, run } from './tools.mjs';

const room = `(global $next (mut i32) (i32.const 1024))
  (func (export "realloc") (param i32 i32 i32 i32) (result i32)
    (if (local.get 0) (then (return (local.get 0)))) ;; it only ever shrinks
    (global.set $next (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (global.get $next) (global.set $next (i32.add (global.get $next) (local.get 3))))`;
const options = (encoding) => `${encoding} (memory (core memory $e "mem")) (realloc (core func $e "realloc"))`;
const core = (encoding) => `
  (core module $E (memory (export "mem") 1) ${room})
  (core instance $e (instantiate $E))
  (core func $new (canon error-context.new ${options(encoding)}))
  (core func $message (canon error-context.debug-message ${options(encoding)}))
  (core func $drop (canon error-context.drop))`;
const imports = `(import "" "mem" (memory 1))
  (import "" "new" (func $new (param i32 i32) (result i32)))
  (import "" "message" (func $message (param i32 i32)))
  (import "" "drop" (func $drop (param i32)))`;
const given = `(export "mem" (memory $e "mem")) (export "new" (func $new)) (export "message" (func $message)) (export "drop" (func $drop))`;

/// `C` makes error contexts, and gives them as they are and in a record; `D`
/// tells the length of a message in `encoding`, and its code units' sum.
const program = (encoding, load, use) => `(component
  (component $C
    ${core('string-encoding=utf8')}
    (core module $M ${imports}
      (data (i32.const 16) "no \\c3\\a4pfel") (data (i32.const 40) "\\ff")
      (func (export "make") (result i32) (local $e i32)
        (local.set $e (call $new (i32.const 16) (i32.const 9))) ;; what is given away stays here as well
        (local.get $e))
      (func (export "broken") (result i32) (call $new (i32.const 40) (i32.const 1)))
      (func (export "pair") (param i32) (result i32)
        (i32.store (i32.const 64) (call $new (i32.const 16) (i32.const 2)))
        (i32.store (i32.const 68) (i32.const 7))
        (i32.const 64)))
    (core instance $m (instantiate $M (with "" (instance ${given}))))
    (func (export "make") (result error-context) (canon lift (core func $m "make")))
    (func (export "broken") (result error-context) (canon lift (core func $m "broken")))
    (func (export "pair") (param "n" u32) (result (tuple error-context u32)) (canon lift (core func $m "pair") (memory (core memory $e "mem")))))
  (component $D
    (import "make" (func $make' (result error-context)))
    (import "broken" (func $broken' (result error-context)))
    (import "pair" (func $pair' (param "n" u32) (result (tuple error-context u32))))
    ${core(encoding)}
    (core func $make (canon lower (func $make')))
    (core func $broken (canon lower (func $broken')))
    (core func $pair (canon lower (func $pair') (memory (core memory $e "mem"))))
    (core module $M ${imports}
      (import "" "make" (func $make (result i32))) (import "" "broken" (func $broken (result i32))) (import "" "pair" (func $pair (param i32 i32)))
      (func $tell (param $e i32) (result i32) (local $p i32) (local $n i32) (local $sum i32)
        (call $message (local.get $e) (i32.const 0))
        (local.set $p (i32.load (i32.const 0))) (local.set $n (i32.load (i32.const 4)))
        (loop $next
          (local.set $sum (i32.add (local.get $sum) (${load} (local.get $p))))
          (local.set $p (i32.add (local.get $p) (i32.const ${load.includes('16') ? 2 : 1})))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (i32.add (i32.mul (i32.load (i32.const 4)) (i32.const 10000)) (local.get $sum)))
      (func (export "run") (result i32) (local $e i32) ${use}))
    (core instance $m (instantiate $M (with "" (instance ${given}
      (export "make" (func $make)) (export "broken" (func $broken)) (export "pair" (func $pair))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "make" (func $c "make")) (with "broken" (func $c "broken")) (with "pair" (func $c "pair"))))
  (func (export "run") (alias export $d "run")))`;

const sum = (units) => units.length * 10000 + units.reduce((a, b) => a + b, 0);
const message = 'no äpfel';
const utf8 = sum([...Buffer.from(message)]), utf16 = sum([...message].map((c) => c.charCodeAt(0)));
const start = async (...parts) => (await run(await fuseText(program(...parts)))).exports;

test('a message goes from one component to another', async () => {
  assert.equal((await start('string-encoding=utf8', 'i32.load8_u', '(call $tell (call $make))')).run(), utf8);
});

test('and is written as the other one wants', async () => {
  assert.equal((await start('string-encoding=utf16', 'i32.load16_u', '(call $tell (call $make))')).run(), utf16);
});

test('an error context in a value that lies in memory', async () => {
  const use = '(call $pair (i32.const 1) (i32.const 128)) (i32.add (call $tell (i32.load (i32.const 128))) (i32.load (i32.const 132)))';
  assert.equal((await start('string-encoding=utf8', 'i32.load8_u', use)).run(), sum([...Buffer.from('no')]) + 7);
});

test('each handle is dropped once, and the others stay', async () => {
  const use = `(local.set $e (call $make)) (call $drop (call $make)) (drop (call $tell (local.get $e)))
    (call $drop (local.get $e)) (call $drop (local.get $e)) (i32.const 0)`;
  const program = await start('string-encoding=utf8', 'i32.load8_u', use);
  assert.throws(() => program.run(), { id: 'UnknownHandle' });
});

test('what is dropped is freed', async () => {
  const use = `(loop $next
      (local.set $e (call $new (i32.const 2048) (i32.const 60000)))
      (call $drop (local.get $e))
      (br_if $next (i32.lt_u (global.get 0) (i32.const 3000))) ) (i32.const 1)`.replace('(global.get 0)', '(i32.load (i32.const 8))')
    .replace('(call $drop (local.get $e))', '(call $drop (local.get $e)) (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))');
  const { exports, core } = await run(await fuseText(program('string-encoding=utf8', 'i32.load8_u', use), '--count-copies'));
  assert.equal(exports.run(), 1);
  assert.ok(core.__stat_live() < 70000, `${core.__stat_live()} bytes are in use`);
});

test('a message that is no text is a trap', async () => {
  const program = await start('string-encoding=utf8', 'i32.load8_u', '(call $broken)');
  assert.throws(() => program.run(), { id: /Utf8/ });
});

test('another handle is no error context', async () => {
  const text = program('string-encoding=utf8', 'i32.load8_u', '(call $drop (call $set)) (i32.const 0)')
    .replace('(import "" "make" (func $make (result i32)))', '(import "" "make" (func $make (result i32))) (import "" "set" (func $set (result i32)))')
    .replace('(export "make" (func $make))', '(export "make" (func $make)) (export "set" (func $set))')
    .replace('(core func $make (canon lower', '(core func $set (canon waitable-set.new)) (core func $make (canon lower');
  const { exports } = await run(await fuseText(text));
  assert.throws(() => exports.run(), { id: 'WrongHandleType' });
});
