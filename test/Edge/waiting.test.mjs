//===- waiting.test.mjs - futures, and frames that wait ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseText, memory, run } from './tools.mjs';

const BLOCKED = -1, COMPLETED = 0, CANCELLED = 2;

/// A core module's imports and what it is instantiated with, by name: each is
/// the type of a core function.
const imports = (functions) => Object.entries(functions).map(([name, type]) => `(import "" "${name}" (func $${name} ${type}))`).join('\n');
const given = (functions) => `(with "" (instance (export "mem" (memory $memory "mem"))
  ${Object.keys(functions).map((name) => `(export "${name}" (func $${name}))`).join(' ')}))`;

//===----------------------------------------------------------------------===//
// Futures
//===----------------------------------------------------------------------===//

const writer = { new: '(result i64)', write: '(param i32 i32) (result i32)', cancel: '(param i32) (result i32)', drop: '(param i32)' };
const reader = { open: '(result i32)', write: '(result i32)', close: '', read: '(param i32 i32) (result i32)', cancel: '(param i32) (result i32)' };

/// `C` writes 4711 to a future that `D` reads; `steps` is the body of `run`,
/// where $expect compares.
const future = (steps) => `(component
  (component $C
    ${memory}
    (core module $M
      (import "" "mem" (memory 1))
      ${imports(writer)}
      (global $w (mut i32) (i32.const 0))
      (data (i32.const 64) "\\67\\12\\00\\00")
      (func (export "open") (result i32) (local $ends i64)
        (local.set $ends (call $new))
        (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
        (i32.wrap_i64 (local.get $ends)))
      (func (export "close") (call $drop (global.get $w)))
      (func (export "write") (result i32) (call $write (global.get $w) (i32.const 64))))
    (type $F (future u32))
    (canon future.new $F (core func $new))
    (canon future.write $F async (memory (core memory $memory "mem")) (core func $write))
    (canon future.cancel-write $F (core func $cancel))
    (canon future.drop-writable $F (core func $drop))
    (core instance $m (instantiate $M ${given(writer)}))
    (func (export "open") (result (future u32)) (canon lift (core func $m "open")))
    (func (export "close") (canon lift (core func $m "close")))
    (func (export "write") (result u32) (canon lift (core func $m "write"))))
  (component $D
    (import "open" (func $open' (result (future u32))))
    (import "write" (func $write' (result u32)))
    (import "close" (func $close'))
    ${memory}
    (core module $M
      (import "" "mem" (memory 1))
      ${imports(reader)}
      (func $expect (param $found i32) (param $wanted i32)
        (if (i32.ne (local.get $found) (local.get $wanted)) (then unreachable)))
      (func (export "run") (result i32) (local $r i32)
        (local.set $r (call $open))
        ${steps}
        (i32.load (i32.const 512))))
    (type $F (future u32))
    (canon future.read $F async (memory (core memory $memory "mem")) (core func $read))
    (canon future.cancel-read $F (core func $cancel))
    (canon lower (func $open') (core func $open))
    (canon lower (func $write') (core func $write))
    (canon lower (func $close') (core func $close))
    (core instance $m (instantiate $M ${given(reader)}))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "open" (func $c "open")) (with "write" (func $c "write")) (with "close" (func $c "close"))))
  (func (export "run") (alias export $d "run")))`;

const expect = (call, result) => `(call $expect ${call} (i32.const ${result}))`;
const read = (result) => expect('(call $read (local.get $r) (i32.const 512))', result);
const write = (result) => expect('(call $write)', result);
const cancel = (result) => expect('(call $cancel (local.get $r))', result);

const runs = async (steps) => (await run(await fuseText(future(steps.join('\n'))))).exports.run();

test('a future carries one value, whoever comes first', async () => {
  assert.equal(await runs([write(BLOCKED), read(COMPLETED)]), 4711);
  assert.equal(await runs([read(BLOCKED), write(COMPLETED), '(call $close)']), 4711);
});

test('a read that is given up can be made again', async () => {
  assert.equal(await runs([read(BLOCKED), cancel(CANCELLED), write(BLOCKED), read(COMPLETED)]), 4711);
});

test('a read whose value has come cannot be given up any more', async () => {
  assert.equal(await runs([read(BLOCKED), write(COMPLETED), cancel(COMPLETED)]), 4711);
});

test('futures trap with their own kinds', async () => {
  await assert.rejects(runs(['(call $close)']), /cannot drop future write end without first writing a value/);
  await assert.rejects(runs([write(BLOCKED), write(BLOCKED)]), /concurrent operations/);
  await assert.rejects(runs([write(BLOCKED), read(COMPLETED), read(COMPLETED)]), /previous read succeeded/);
  await assert.rejects(runs([cancel(CANCELLED)]), /no read or write of the future\/stream is under way/);
});

//===----------------------------------------------------------------------===//
// Frames that wait
//===----------------------------------------------------------------------===//

/// `D.run` calls `C.f`, whose body is `body`; `lower` are the options of the
/// call, `call` is what `run` does with it.
const calling = (body, lower, parameters, call) => `(component
  (component $C
    ${memory}
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "return" (func $return (param i32)))
      (import "" "new" (func $new (result i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (func (export "f") (result i32) ${body})
      (func (export "cb") (param i32 i32 i32) (result i32) (call $return (i32.const 42)) (i32.const 0 (; EXIT ;))))
    (canon task.return (result u32) (core func $return))
    (canon waitable-set.new (core func $new))
    (canon waitable-set.wait (memory (core memory $memory "mem")) (core func $wait))
    (core instance $m (instantiate $M ${given({ return: 0, new: 0, wait: 0 })}))
    (func (export "f") async (result u32) (canon lift (core func $m "f") async (callback (core func $m "cb")))))
  (component $D
    (import "f" (func $f' async (result u32)))
    ${memory}
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f ${parameters} (result i32)))
      (func (export "run") (result i32) ${call}))
    (canon lower (func $f') ${lower} (core func $f))
    (core instance $m (instantiate $M ${given({ f: 0 })}))
    (func (export "run") async (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (func (export "run") (alias export $d "run")))`;

const sync = (body) => calling(body, '', '', '(call $f)');
const awaited = async (text) => (await run(await fuseText(text))).exports.run();
const waits = '(drop (call $wait (call $new) (i32.const 0))) unreachable';

test('a synchronous call waits for a task that yields', async () => {
  assert.equal(await awaited(sync('(i32.const 1 (; YIELD ;))')), 42);
});

test('what nobody can end is a deadlock', async () => {
  await assert.rejects(awaited(sync(waits)), /deadlock detected/);
});

test('a caller that would go on takes a fiber', async () => {
  const text = calling(waits, 'async (memory (core memory $memory "mem"))', '(param i32)', '(call $f (i32.const 0))');
  await assert.rejects(awaited(text), /no fiber is available/);
});
