//===- streams.test.mjs - one stream type, several memories --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseText, memory, run } from './tools.mjs';

const bytes = Array.from({ length: 16 }, (_, i) => (i * 37 + 11) & 255);

/// The sum of the first 4 elements that `get` of a DataView finds.
function sumOf(get, size) {
  const view = new DataView(Uint8Array.from(bytes).buffer);
  return [0, 1, 2, 3].reduce((sum, i) => sum + view[get](i * size, true), 0) >>> 0;
}

/// One component writes 4 elements; as many readers as are wanted, each with a
/// memory of its own, read first or last and give the sum of what came.
const program = (type, load, readers) => `(component
  (component $C
    ${memory}
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "new" (func $new (result i64)))
      (import "" "write" (func $write (param i32 i32 i32) (result i32)))
      (global $w (mut i32) (i32.const 0))
      (data (i32.const 64) "${bytes.map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')}")
      (func (export "open") (result i32) (local $ends i64)
        (local.set $ends (call $new))
        (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
        (i32.wrap_i64 (local.get $ends)))
      (func (export "write") (result i32) (call $write (global.get $w) (i32.const 64) (i32.const 4))))
    (type $S (stream ${type}))
    (canon stream.new $S (core func $new))
    (canon stream.write $S async (memory (core memory $memory "mem")) (core func $write))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $memory "mem")) (export "new" (func $new)) (export "write" (func $write))))))
    (func (export "open") (result (stream ${type})) (canon lift (core func $m "open")))
    (func (export "write") (result u32) (canon lift (core func $m "write"))))
  (component $D
    (import "open" (func $open (result (stream ${type}))))
    (import "write" (func $write (result u32)))
    ${memory}
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "open" (func $open (result i32)))
      (import "" "write" (func $write (result i32)))
      (import "" "read" (func $read (param i32 i32 i32) (result i32)))
      (func $sum (result i32) (local $i i32) (local $sum i32)
        (loop $next
          (local.set $sum (i32.add (local.get $sum) (${load[0]} (i32.add (i32.const 512) (i32.mul (local.get $i) (i32.const ${load[1]}))))))
          (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4))))
        (local.get $sum))
      (func (export "first") (result i32)
        (if (i32.ne (call $read (call $open) (i32.const 512) (i32.const 9)) (i32.const -1 (; BLOCKED ;))) (then unreachable))
        (if (i32.ne (call $write) (i32.const 0x40 (; 4, COMPLETED ;))) (then unreachable))
        (if (i32.ne (call $write) (i32.const 0x40)) (then unreachable))
        (if (i32.ne (call $write) (i32.const 0x10 (; room for one ;))) (then unreachable))
        (call $sum))
      (func (export "last") (result i32) (local $r i32)
        (local.set $r (call $open))
        (if (i32.ne (call $write) (i32.const -1)) (then unreachable))
        (if (i32.ne (call $read (local.get $r) (i32.const 512) (i32.const 3)) (i32.const 0x30)) (then unreachable))
        (if (i32.ne (call $read (local.get $r) (i32.const ${512 + 3 * load[1]}) (i32.const 3)) (i32.const 0x10)) (then unreachable))
        (call $sum))
      (func (export "outside") (drop (call $read (call $open) (i32.const 65536) (i32.const 1)))))
    (type $S (stream ${type}))
    (canon lower (func $open) (core func $open'))
    (canon lower (func $write) (core func $write'))
    (canon stream.read $S async (memory (core memory $memory "mem")) (core func $read))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $memory "mem")) (export "open" (func $open')) (export "write" (func $write')) (export "read" (func $read))))))
    (func (export "first") (result u32) (canon lift (core func $m "first")))
    (func (export "last") (result u32) (canon lift (core func $m "last")))
    (func (export "outside") (canon lift (core func $m "outside"))))
  (instance $c (instantiate $C))
  ${Array.from({ length: readers }, (_, i) => `
  (instance $d${i} (instantiate $D (with "open" (func $c "open")) (with "write" (func $c "write"))))
  (export "first${i}" (func $d${i} "first"))
  (export "last${i}" (func $d${i} "last"))
  (export "outside${i}" (func $d${i} "outside"))`).join('')})`;

// One reader, a few that generated code tells apart, and more than that.
for (const readers of [1, 3, 6])
  for (const [type, load, get] of [['u8', ['i32.load8_u', 1], 'getUint8'], ['u32', ['i32.load', 4], 'getUint32'], ['s16', ['i32.load16_s', 2], 'getInt16']])
    test(`stream<${type}> with ${readers} readers`, async () => {
      const { exports } = await run(await fuseText(program(type, load, readers)));
      const sum = sumOf(get, load[1]);
      for (let i = 0; i < readers; i++) {
        assert.equal(exports[`first${i}`](), sum, `reader ${i} reads first`);
        assert.equal(exports[`last${i}`](), sum, `reader ${i} reads last`);
      }
    });

test('a buffer outside of memory traps with its kind', async () => {
  const { exports } = await run(await fuseText(program('u8', ['i32.load8_u', 1], 1)));
  assert.throws(() => exports.outside0(), { id: 'BufferOutOfBounds' });
});
