//===- chain.mjs - handles handed from component to component ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A component that defines a resource, and links that pass every function on:
// each takes handles into its own table and memory, and gives them away again.
// `through` is a link that has the type alone.
//
//===---------------------------------------------------------------------===//

import { heap } from '../Edge/tools.mjs';

/// The functions, with the type of the resource as `$r`, of the variant as `$v`.
export const functions = [
  ['make', '(param "n" u32) (result (own $r))', '(param i32) (result i32)'],
  ['number', '(param "self" (borrow $r)) (result u32)', '(param i32) (result i32)', { lent: [0] }],
  ['many', '(param "n" u32) (result (list (own $r)))', '(param i32) (result i32)', { spills: true }],
  ['turn', '(param "v" $v) (result $v)', '(param i32 i32 i32) (result i32)', { spills: true }],
  ['sum', '(param "all" (list (borrow $r))) (result u32)', '(param i32 i32) (result i32)', { lentList: true }],
  ['swap', '(param "t" (tuple (borrow $r) (option (own $r)))) (result (result (own $r) (error string)))', '(param i32 i32 i32) (result i32)', { lent: [0], spills: true }],
  ['record', '(param "p" $p) (result $p)', '(param i32 i32 i32) (result i32)', { spills: true }],
];

const types = (r) => `(variant (case "none") (case "one" (own ${r})) (case "many" (list (own ${r}))))`;
const recordType = (r) => `(record (field "a" (own ${r})) (field "rest" (list (own ${r}))))`;

/// An import of all of it. `definition` says what `r` is.
export const imported = (name, definition = '(export "r" (type $r (sub resource)))') => `(import "${name}" (instance $from
    ${definition}
    (type $v' ${types('$r')}) (export "v" (type $v (eq $v')))
    (type $p' ${recordType('$r')}) (export "p" (type $p (eq $p')))
    ${functions.map(([f, type]) => `(export "${f}" (func ${type}))`).join('\n    ')}))
  (alias export $from "v" (type $v-in)) (alias export $from "p" (type $p-in))`;

const options = '(memory $memory) (realloc $realloc)';

const lifts = `(export $v "v" (type $v-in)) (export $p "p" (type $p-in))
  ${functions.map(([f, type]) => `(func (export "${f}") ${type} (canon lift (core func $i "${f}") ${options}))`).join('\n  ')}`;

/// Who defines the resource: what it stands for is a number, `n` of `make`.
export const definer = `(component $Definer
  (import "log" (func $log (param "n" u32)))
  ${heap()}
  (core module $T (type $F (func (param i32))) (table (export "table") 1 funcref)
    (func (export "dtor") (param i32) (call_indirect (type $F) (local.get 0) (i32.const 0))))
  (core instance $t (instantiate $T))
  (type $r' (resource (rep i32) (dtor (core func $t "dtor"))))
  (export $r "r" (type $r'))
  (type $v-in ${types('$r')}) (type $p-in ${recordType('$r')})
  (core func $new (canon resource.new $r')) (core func $drop (canon resource.drop $r'))
  (core func $log' (canon lower (func $log)))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32))) (import "" "drop" (func $drop (param i32)))
    (import "" "log" (func $log (param i32)))
    (import "" "mem" (memory 1)) (import "" "table" (table 1 funcref)) (elem (i32.const 0) $log)
    (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
    (func (export "number") (param i32) (result i32) (local.get 0))
    (func (export "many") (param $n i32) (result i32) (local $i i32)
      (loop $next (if (i32.lt_u (local.get $i) (local.get $n)) (then
        (i32.store (i32.add (i32.const 256) (i32.mul (local.get $i) (i32.const 4))) (call $new (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1))) (br $next))))
      (i32.store (i32.const 8) (i32.const 256)) (i32.store (i32.const 12) (local.get $n)) (i32.const 8))
    ;; one becomes many of one, of many the first is kept
    (func (export "turn") (param $case i32) (param $a i32) (param $n i32) (result i32)
      (i32.store (i32.const 16) (local.get $case))
      (if (i32.eq (local.get $case) (i32.const 1)) (then
        (i32.store8 (i32.const 16) (i32.const 2))
        (i32.store (i32.const 20) (i32.const 512)) (i32.store (i32.const 24) (i32.const 1))
        (i32.store (i32.const 512) (local.get $a))))
      (if (i32.eq (local.get $case) (i32.const 2)) (then
        (i32.store8 (i32.const 16) (i32.const 1))
        (i32.store (i32.const 20) (i32.load (local.get $a)))
        (loop $next (if (i32.gt_u (local.get $n) (i32.const 1)) (then
          (local.set $a (i32.add (local.get $a) (i32.const 4))) (local.set $n (i32.sub (local.get $n) (i32.const 1)))
          (call $drop (i32.load (local.get $a))) (br $next))))))
      (i32.const 16))
    (func (export "sum") (param $a i32) (param $n i32) (result i32) (local $sum i32)
      (loop $next (if (local.get $n) (then
        (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $a))))
        (local.set $a (i32.add (local.get $a) (i32.const 4))) (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next))))
      (local.get $sum))
    ;; gives a new one of ten times the first, for the second
    (data (i32.const 64) "nothing")
    (func (export "swap") (param $rep i32) (param $some i32) (param $h i32) (result i32)
      (i32.store8 (i32.const 32) (i32.eqz (local.get $some)))
      (if (local.get $some)
        (then (call $drop (local.get $h)) (i32.store (i32.const 36) (call $new (i32.mul (local.get $rep) (i32.const 10)))))
        (else (i32.store (i32.const 36) (i32.const 64)) (i32.store (i32.const 40) (i32.const 7))))
      (i32.const 32))
    ;; the first goes to the end of the rest
    (func (export "record") (param $h i32) (param $a i32) (param $n i32) (result i32) (local $first i32)
      (local.set $first (i32.load (local.get $a)))
      (memory.copy (local.get $a) (i32.add (local.get $a) (i32.const 4)) (i32.mul (i32.const 4) (i32.sub (local.get $n) (i32.const 1))))
      (i32.store (i32.add (local.get $a) (i32.mul (i32.const 4) (i32.sub (local.get $n) (i32.const 1)))) (local.get $h))
      (i32.store (i32.const 80) (local.get $first)) (i32.store (i32.const 84) (local.get $a)) (i32.store (i32.const 88) (local.get $n))
      (i32.const 80)))
  (core instance $i (instantiate $M (with "" (instance (export "new" (func $new)) (export "drop" (func $drop)) (export "log" (func $log'))
    (export "mem" (memory $memory)) (export "table" (table $t "table"))))))
  ${lifts})`;

/// One function passed on: what was lent is dropped behind the call.
function passing([name, , core, { lent = [], lentList = false, spills = false } = {}]) {
  const params = core.match(/\(param ([^)]*)\)/)[1].split(' ');
  const arguments_ = params.map((_, i) => `(local.get ${i})`).join(' ');
  const imported_ = spills ? `(param ${[...params, 'i32'].join(' ')})` : core;
  const call = spills ? `(call $${name} ${arguments_} (i32.const 128)) (i32.const 128)` : `(call $${name} ${arguments_})`;
  return {
    text: `(import "" "${name}" (func $${name} ${imported_}))`,
    body: `(func (export "${name}") ${core} ${call}
      ${lent.map((i) => `(call $drop (local.get ${i}))`).join(' ')} ${lentList ? '(call $drop-all (local.get 0) (local.get 1))' : ''})`,
  };
}

/// A component that passes everything on. `definition` as of `imported`.
export function link(name, definition, own = '') {
  const parts = functions.map(passing);
  return `(component $${name}
  ${own} ${imported('from', definition)}
  ${own ? '' : `(alias export $from "r" (type $r'))`}
  (export $r "r" (type $r'))
  ${heap()}
  (core func $drop (canon resource.drop $r'))
  ${functions.map(([f]) => `(core func $${f} (canon lower (func $from "${f}") ${options}))`).join('\n  ')}
  (core module $M
    (import "" "mem" (memory 1)) (import "" "drop" (func $drop (param i32)))
    ${parts.map(({ text }) => text).join('\n    ')}
    (func $drop-all (param $a i32) (param $n i32)
      (loop $next (if (local.get $n) (then
        (call $drop (i32.load (local.get $a)))
        (local.set $a (i32.add (local.get $a) (i32.const 4))) (local.set $n (i32.sub (local.get $n) (i32.const 1))) (br $next)))))
    ${parts.map(({ body }) => body).join('\n    ')})
  (core instance $i (instantiate $M (with "" (instance (export "mem" (memory $memory)) (export "drop" (func $drop))
    ${functions.map(([f]) => `(export "${f}" (func $${f}))`).join(' ')}))))
  ${lifts})`;
}

/// A component that has the type, and nothing else: it gives it on as its own export.
export const through = `(component $Through
  (import "r" (type $r (sub resource)))
  (export "r" (type $r)))`;
