//===- host-elements.test.mjs - elements that are lifted at the edge -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { BLOCKED } from './ends.mjs';
import { fuseText, run } from './tools.mjs';

/// A component of `kind` of `element`, which is `size` bytes: `send` gives what
/// it has written, `data` at 64; `read` reads to 4096, and `get(i)` gives an
/// element of that.
const program = (kind, element, size, data, count, options = '') => {
  const length = kind === 'stream' ? `(i32.const ${count})` : '';
  const copy = `(param i32 i32${kind === 'stream' ? ' i32' : ''}) (result i32)`;
  const all = `${options} (memory (core memory $e "mem")) (realloc (core func $e "realloc"))`;
  return `(component
  (core module $E (memory (export "mem") 2)
    (global $next (mut i32) (i32.const 8192))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (if (local.get 0) (then (return (local.get 0))))
      (global.set $next (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.get $next) (global.set $next (i32.add (global.get $next) (local.get 3)))))
  (core instance $e (instantiate $E))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "write" (func $write ${copy}))
    (import "" "read" (func $read ${copy}))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "poll" (func $poll (param i32 i32) (result i32)))
    (global $set (mut i32) (i32.const 0)) (global $w (mut i32) (i32.const 0)) (global $r (mut i32) (i32.const 0))
    ${data}
    (func (export "send") (result i32) (local $ends i64)
      (local.set $ends (call $new))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (drop (call $write (global.get $w) (i32.const 64) ${length}))
      (i32.wrap_i64 (local.get $ends)))
    (func (export "finish")
      (global.set $set (call $set-new))
      (call $join (global.get $w) (global.get $set))
      (if (i32.eqz (call $poll (global.get $set) (i32.const 0))) (then unreachable))
      (call $join (global.get $w) (i32.const 0))
      (call $drop-writable (global.get $w)))
    (func (export "take") (param i32)
      (global.set $r (local.get 0))
      (global.set $set (call $set-new))
      (call $join (global.get $r) (global.get $set)))
    (func (export "read") (param i32) (result i32) (call $read (global.get $r) (i32.const 4096)${kind === 'stream' ? ' (local.get 0)' : ''}))
    (func (export "event") (result i32) (local $code i32)
      (local.set $code (call $poll (global.get $set) (i32.const 0)))
      (i32.or (i32.shl (local.get $code) (i32.const 16)) (i32.load offset=4 (i32.const 0))))
    (func (export "get") (param i32) (result i32) (i32.add (i32.const 4096) (i32.mul (local.get 0) (i32.const ${size})))))
  (type $T (${kind} ${element}))
  (canon ${kind}.new $T (core func $new))
  (canon ${kind}.write $T async ${all} (core func $write))
  (canon ${kind}.read $T async ${all} (core func $read))
  (canon ${kind}.drop-writable $T (core func $drop-writable))
  (canon waitable-set.new (core func $set-new))
  (canon waitable.join (core func $join))
  (canon waitable-set.poll (memory (core memory $e "mem")) (core func $poll))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $e "mem")) (export "new" (func $new)) (export "write" (func $write)) (export "read" (func $read))
    (export "drop-writable" (func $drop-writable))
    (export "set-new" (func $set-new)) (export "join" (func $join)) (export "poll" (func $poll))))))
  (func (export "send") (result $T) (canon lift (core func $m "send")))
  (func (export "finish") (canon lift (core func $m "finish")))
  (func (export "take") (param "s" $T) (canon lift (core func $m "take")))
  (func (export "read") (param "n" u32) (result u32) (canon lift (core func $m "read")))
  (func (export "event") (result u32) (canon lift (core func $m "event")))
  (func (export "get") (param "i" u32) (result ${element}) (canon lift (core func $m "get") ${options} (memory (core memory $e "mem")))))`;
};

/// "ab" and "c\u00e4" at 64, as pairs of pointer and length.
const words = {
  utf8: `(data (i32.const 64) "\\00\\02\\00\\00\\02\\00\\00\\00\\10\\02\\00\\00\\03\\00\\00\\00") (data (i32.const 512) "ab") (data (i32.const 528) "c\\c3\\a4")`,
  utf16: `(data (i32.const 64) "\\00\\02\\00\\00\\02\\00\\00\\00\\10\\02\\00\\00\\02\\00\\00\\00") (data (i32.const 512) "a\\00b\\00") (data (i32.const 528) "c\\00\\e4\\00")`,
};
const start = async (...parts) => (await run(await fuseText(program(...parts)))).exports;
const collect = async (stream) => (await Array.fromAsync(stream)).flat();

async function readEvent(program, n) {
  assert.equal(program.read(n), BLOCKED);
  let event;
  for (let i = 0; i < 10 && !(event = program.event()); i++) await turn();
  return event & 0xffff;
}

for (const encoding of ['utf8', 'utf16'])
  describe(`strings in ${encoding}`, () => {
    const parts = ['stream', 'string', 8, words[encoding], 2, `string-encoding=${encoding}`];

    test('come out', async () => {
      const program = await start(...parts);
      const all = collect(program.send());
      await turn();
      program.finish();
      assert.deepEqual(await all, ['ab', 'cä']);
    });

    test('go in', async () => {
      const program = await start(...parts);
      program.take(['x', 'yä', '', 'z'.repeat(3000)]);
      assert.equal(await readEvent(program, 2), 1 << 4, 'one element at a time is what an iterator gives');
      assert.equal(program.get(0), 'x');
      assert.equal(await readEvent(program, 2), 1 << 4);
      assert.equal(program.get(0), 'yä');
      assert.equal(await readEvent(program, 2), 1 << 4);
      assert.equal(program.get(0), '');
      assert.equal(await readEvent(program, 2), 1 << 4);
      assert.equal(program.get(0), 'z'.repeat(3000));
      assert.equal(await readEvent(program, 2), 1, 'the end');
    });
  });

test('lists in a stream', async () => {
  const program = await start('stream', '(list u8)', 8, words.utf8, 2);
  const all = collect(program.send());
  await turn();
  program.finish();
  assert.deepEqual(await all, [Uint8Array.of(97, 98), Uint8Array.of(99, 0xc3, 0xa4)]);
  program.take([[1, 2, 3]]);
  assert.equal(await readEvent(program, 5), 1 << 4);
  assert.deepEqual(program.get(0), Uint8Array.of(1, 2, 3));
});

test('a future of a result', async () => {
  const data = `(data (i32.const 64) "\\01\\00\\00\\00\\00\\02\\00\\00\\02\\00\\00\\00") (data (i32.const 512) "no")`;
  const program = await start('future', '(result u32 (error string))', 12, data, 1);
  assert.deepEqual(await program.send(), { tag: 'err', val: 'no' });
  program.finish();
  program.take(Promise.resolve({ tag: 'ok', val: 7 }));
  assert.equal(await readEvent(program, 1), 0);
  assert.deepEqual(program.get(0), { tag: 'ok', val: 7 });
  program.take({ tag: 'err', val: 'why' });
  assert.equal(program.read(1), 0);
  assert.deepEqual(program.get(0), { tag: 'err', val: 'why' });
});

test('text that is none is a trap', async () => {
  const program = await start('stream', 'string', 8, `(data (i32.const 64) "\\00\\02\\00\\00\\01\\00\\00\\00") (data (i32.const 512) "\\ff")`, 1);
  await assert.rejects(collect(program.send()), { id: 'InvalidUtf8' });
});

test('an element of another type is a trap', async () => {
  const program = await start('stream', 'string', 8, words.utf8, 2);
  program.take([5]);
  assert.equal(program.read(1), BLOCKED);
  await turn();
  await turn();
  assert.throws(() => program.event(), { id: 'CannotEnter' });
});

test('streams in a stream', async () => {
  const program = await start('stream', '(tuple string (stream u8))', 12, words.utf8, 1);
  let inner;
  program.take([['name', (inner = Uint8Array.of(1, 2))]]);
  assert.equal(await readEvent(program, 1), 1 << 4);
  const [name, back] = program.get(0);
  assert.equal(name, 'name');
  assert.deepEqual(await collect(back), [inner]);
});
