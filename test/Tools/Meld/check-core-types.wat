;; Two core types of one signature may be two types: the error says how they differ.
;; REQUIRES: node
;; RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
;; RUN: not meld check %t.wasm 2>&1 | FileCheck %s

;; CHECK: error: `lift` wants a core func of type (func (result i32)), found (sub (func (result i32))) [lift-type]
;; CHECK: error: `lift` wants a core func of type (func (result i32)), found (func (result i32)) of a recursion group [lift-type]
;; CHECK: error: `lift` wants a core func of type (func (result i32)), found (sub final (func (result i32))) [lift-type]
;; CHECK-NOT: error:

(component
  (core module $m
    (type $open (sub (func (result i32))))
    (rec (type $grouped (func (result i32))) (type (struct (field (ref null $grouped)))))
    (type $closed (sub final $open (func (result i32))))
    (func (export "open") (type $open) (i32.const 1))
    (func (export "grouped") (type $grouped) (i32.const 2))
    (func (export "closed") (type $closed) (i32.const 3))
    (type $plain (func (result i32)))
    (func (export "plain") (type $plain) (i32.const 4)))
  (core instance $i (instantiate $m))
  (func (export "open") (result u32) (canon lift (core func $i "open")))
  (func (export "grouped") (result u32) (canon lift (core func $i "grouped")))
  (func (export "closed") (result u32) (canon lift (core func $i "closed")))
  (func (export "plain") (result u32) (canon lift (core func $i "plain"))))
