//===- fibers.mjs - a program whose frames wait --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { memory } from './tools.mjs';

/// `twice` waits for the host in the middle of its frame; `both` calls it two
/// times and waits for what comes.
export const text = `
(component
  (import "h" (func $h async (param "n" u32) (result u32)))
  (import "peek" (func $peek (param "n" u32) (result u32)))
  (component $Inner
    (import "h" (func $h async (param "n" u32) (result u32)))
    (core module $M
      (import "" "h" (func $h (param i32) (result i32)))
      (import "" "return" (func $return (param i32)))
      (import "" "yield" (func $yield (result i32)))
      (global $inside (mut i32) (i32.const 0))
      (global $flag (mut i32) (i32.const 0))
      (func (export "twice") (param i32)
        (global.set $inside (i32.add (global.get $inside) (i32.const 1)))
        (local.set 0 (call $h (local.get 0)))
        (global.set $inside (i32.sub (global.get $inside) (i32.const 1)))
        (if (i32.eq (local.get 0) (i32.const 13)) (then unreachable))
        (call $return (i32.mul (local.get 0) (i32.const 2))))
      (func (export "spin")
        (loop $again
          (drop (call $yield))
          (br_if $again (i32.eqz (global.get $flag))))
        (call $return (i32.const 1)))
      (func (export "inside") (result i32) (global.get $inside))
      (func (export "set") (param i32) (global.set $flag (local.get 0))))
    (canon lower (func $h) (core func $h'))
    (canon task.return (result u32) (core func $return))
    (canon thread.yield (core func $yield))
    (core instance $m (instantiate $M (with "" (instance
      (export "h" (func $h')) (export "return" (func $return)) (export "yield" (func $yield))))))
    (func (export "twice") async (param "n" u32) (result u32) (canon lift (core func $m "twice") async))
    (func (export "spin") async (result u32) (canon lift (core func $m "spin") async))
    (func (export "inside") (result u32) (canon lift (core func $m "inside")))
    (func (export "set") (param "flag" u32) (canon lift (core func $m "set"))))
  (instance $inner (instantiate $Inner (with "h" (func $h))))
  (component $Outer
    (import "twice" (func $twice async (param "n" u32) (result u32)))
    (import "peek" (func $peek (param "n" u32) (result u32)))
    ${memory}
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "twice" (func $twice (param i32 i32) (result i32)))
      (import "" "peek" (func $peek (param i32) (result i32)))
      (import "" "return" (func $return (param i32)))
      (import "" "new" (func $new (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      ;; 0 for a call that has returned, else 1
      (func $begin (param $n i32) (param $at i32) (param $set i32) (result i32) (local $state i32)
        (local.set $state (call $twice (local.get $n) (local.get $at)))
        (if (i32.eq (local.get $state) (i32.const 2)) (then (return (i32.const 0))))
        (call $join (i32.shr_u (local.get $state) (i32.const 4)) (local.get $set))
        (i32.const 1))
      (func (export "both") (param $a i32) (param $b i32) (local $open i32) (local $set i32)
        (local $x i32) (local $y i32)
        (local.set $x (i32.add (i32.const 64) (i32.mul (local.get $a) (i32.const 8))))
        (local.set $y (i32.add (i32.const 4) (local.get $x)))
        (local.set $set (call $new))
        (local.set $open (i32.add (call $begin (local.get $a) (local.get $x) (local.get $set))
                                  (call $begin (local.get $b) (local.get $y) (local.get $set))))
        (block $done (loop $more
          (br_if $done (i32.eqz (local.get $open)))
          (if (i32.ne (call $wait (local.get $set) (i32.const 0)) (i32.const 1)) (then unreachable))
          (if (i32.eq (i32.load (i32.const 4)) (i32.const 2)) (then
            (call $drop (i32.load (i32.const 0)))
            (local.set $open (i32.sub (local.get $open) (i32.const 1)))))
          (br $more)))
        (call $return (i32.add (i32.load (local.get $x)) (i32.load (local.get $y)))))
      (func (export "stuck") (drop (call $wait (call $new) (i32.const 0))))
      (func (export "look") (param i32) (call $return (call $peek (local.get 0)))))
    (canon lower (func $twice) async (memory (core memory $memory "mem")) (core func $twice'))
    (canon lower (func $peek) (core func $peek'))
    (canon task.return (result u32) (core func $return))
    (canon waitable-set.new (core func $new))
    (canon waitable.join (core func $join))
    (canon waitable-set.wait (memory (core memory $memory "mem")) (core func $wait))
    (canon subtask.drop (core func $drop))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $memory "mem")) (export "twice" (func $twice')) (export "peek" (func $peek'))
      (export "return" (func $return)) (export "new" (func $new)) (export "join" (func $join))
      (export "wait" (func $wait)) (export "drop" (func $drop))))))
    (func (export "both") async (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $m "both") async))
    (func (export "look") async (param "n" u32) (result u32) (canon lift (core func $m "look") async))
    (func (export "stuck") async (result u32) (canon lift (core func $m "stuck") async)))
  (instance $outer (instantiate $Outer (with "twice" (func $inner "twice")) (with "peek" (func $peek))))
  (export "both" (func $outer "both"))
  (export "look" (func $outer "look"))
  (export "stuck" (func $outer "stuck"))
  (export "twice" (func $inner "twice"))
  (export "spin" (func $inner "spin"))
  (export "inside" (func $inner "inside"))
  (export "set" (func $inner "set")))`;

/// Reads a stream of the host's in its frame, up to 16 bytes at once.
export const reader = `
(component
  ${memory}
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "return" (func $return (param i32)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "sum") (param $stream i32) (local $n i32) (local $sum i32) (local $result i32)
      (loop $more
        (local.set $result (call $read (local.get $stream) (i32.const 0) (i32.const 16)))
        (local.set $n (i32.shr_u (local.get $result) (i32.const 4)))
        (loop $add (if (local.get $n) (then
          (local.set $n (i32.sub (local.get $n) (i32.const 1)))
          (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $n))))
          (br $add))))
        (br_if $more (i32.ne (i32.and (local.get $result) (i32.const 15)) (i32.const 1))))
      (call $drop (local.get $stream))
      (call $return (local.get $sum))))
  (type $bytes (stream u8))
  (canon task.return (result u32) (core func $return))
  (canon stream.read $bytes (memory (core memory $memory "mem")) (core func $read))
  (canon stream.drop-readable $bytes (core func $drop))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem")) (export "return" (func $return)) (export "read" (func $read)) (export "drop" (func $drop))))))
  (func (export "sum") async (param "bytes" (stream u8)) (result u32) (canon lift (core func $m "sum") async)))`;
