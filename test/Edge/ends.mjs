//===- ends.mjs - a program that tests move step by step -----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { memory } from './tools.mjs';

export const BLOCKED = 0xffffffff, COMPLETED = 0, DROPPED = 1, CANCELLED = 2;

/// A component that holds both ends of streams or futures (`kind`) of `element`,
/// `bytes` each, and does one built-in a call. It has 256 bytes at 64, byte i is
/// 3 * i, which it writes; and reads to 1024.
///   make: func() -> stream       its writable end is the program's then
///   write: func(n: u32) -> u32   what the built-in says; with `cancel-write`
///   take: func(s: stream)        its readable end is read by `read`
///   at: func(i: u32) -> u32      a byte of what was read
///   event: func() -> u32         code << 16 | payload, or 0, of what waits
export const ends = (kind, element, bytes = 1) => {
  const length = kind === 'stream' ? ' (local.get 0)' : '';
  const copy = `(param i32 i32${kind === 'stream' ? ' i32' : ''}) (result i32)`;
  const type = element ? `(${kind} ${element})` : `(${kind})`;
  return `(component
  ${memory}
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "write" (func $write ${copy}))
    (import "" "read" (func $read ${copy}))
    (import "" "cancel-write" (func $cancel-write (param i32) (result i32)))
    (import "" "cancel-read" (func $cancel-read (param i32) (result i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "poll" (func $poll (param i32 i32) (result i32)))
    (global $set (mut i32) (i32.const 0)) (global $w (mut i32) (i32.const 0)) (global $r (mut i32) (i32.const 0))
    (func $start (local $i i32)
      (global.set $set (call $set-new))
      (loop $next
        (i32.store8 offset=64 (local.get $i) (i32.mul (local.get $i) (i32.const 3)))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 256)))))
    (start $start)
    (func (export "make") (result i32) (local $ends i64)
      (local.set $ends (call $new))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (call $join (global.get $w) (global.get $set))
      (i32.wrap_i64 (local.get $ends)))
    (func (export "make-written") (result i32) (local $ends i64)
      (local.set $ends (call $new))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (call $join (global.get $w) (global.get $set))
      (drop (call $write (global.get $w) (i32.const 64) ${kind === 'stream' ? '(i32.const 5)' : ''}))
      (i32.wrap_i64 (local.get $ends)))
    (func (export "take") (param i32)
      (global.set $r (local.get 0))
      (call $join (global.get $r) (global.get $set)))
    (func (export "give") (result i32) (call $join (global.get $r) (i32.const 0)) (global.get $r))
    (func (export "write") (param i32) (result i32) (call $write (global.get $w) (i32.const 64)${length}))
    (func (export "read") (param i32) (result i32) (call $read (global.get $r) (i32.const 1024)${length}))
    (func (export "cancel-write") (result i32) (call $cancel-write (global.get $w)))
    (func (export "cancel-read") (result i32) (call $cancel-read (global.get $r)))
    (func (export "drop-writable") (call $drop-writable (global.get $w)))
    (func (export "drop-readable") (call $drop-readable (global.get $r)))
    (func (export "at") (param i32) (result i32) (i32.load8_u offset=1024 (local.get 0)))
    (func (export "event") (result i32) (local $code i32)
      (local.set $code (call $poll (global.get $set) (i32.const 0)))
      (i32.or (i32.shl (local.get $code) (i32.const 16)) (i32.load offset=4 (i32.const 0)))))
  (type $T ${type})
  (canon ${kind}.new $T (core func $new))
  (canon ${kind}.write $T async (memory (core memory $memory "mem")) (core func $write))
  (canon ${kind}.read $T async (memory (core memory $memory "mem")) (core func $read))
  (canon ${kind}.cancel-write $T async (core func $cancel-write))
  (canon ${kind}.cancel-read $T async (core func $cancel-read))
  (canon ${kind}.drop-writable $T (core func $drop-writable))
  (canon ${kind}.drop-readable $T (core func $drop-readable))
  (canon waitable-set.new (core func $set-new))
  (canon waitable.join (core func $join))
  (canon waitable-set.poll (memory (core memory $memory "mem")) (core func $poll))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem")) (export "new" (func $new)) (export "write" (func $write)) (export "read" (func $read))
    (export "cancel-write" (func $cancel-write)) (export "cancel-read" (func $cancel-read))
    (export "drop-writable" (func $drop-writable)) (export "drop-readable" (func $drop-readable))
    (export "set-new" (func $set-new)) (export "join" (func $join)) (export "poll" (func $poll))))))
  (func (export "make") (result $T) (canon lift (core func $m "make")))
  (func (export "make-written") (result $T) (canon lift (core func $m "make-written")))
  (func (export "give") (result $T) (canon lift (core func $m "give")))
  (func (export "take") (param "s" $T) (canon lift (core func $m "take")))
  (func (export "write") (param "n" u32) (result u32) (canon lift (core func $m "write")))
  (func (export "read") (param "n" u32) (result u32) (canon lift (core func $m "read")))
  (func (export "cancel-write") (result u32) (canon lift (core func $m "cancel-write")))
  (func (export "cancel-read") (result u32) (canon lift (core func $m "cancel-read")))
  (func (export "drop-writable") (canon lift (core func $m "drop-writable")))
  (func (export "drop-readable") (canon lift (core func $m "drop-readable")))
  (func (export "at") (param "i" u32) (result u32) (canon lift (core func $m "at")))
  (func (export "event") (result u32) (canon lift (core func $m "event"))))`;
};
