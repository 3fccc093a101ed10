;; RUN: wat2wasm %s -o %t.wasm
;; RUN: python3 %S/Inputs/add-abi.py %t.wasm %S/Inputs/abi.json
;; RUN: meld inspect %t.wasm | FileCheck %s
;; RUN: meld inspect %t.wasm --json | FileCheck %s --check-prefix=JSON
;; RUN: env MELD_NODE=%node meld run %t.wasm --invoke add 40 2 | FileCheck %s --check-prefix=ANSWER
;; RUN: env MELD_NODE=%node not meld run %t.wasm --invoke sub 1 2>&1 | FileCheck %s --check-prefix=NAME
;; REQUIRES: node

;; CHECK: fused program, host ABI version 1
;; CHECK-NEXT: exports:
;; CHECK-NEXT:   add: func(a: u32, b: u32) -> u32
;; CHECK-NEXT:       core "add"
;; CHECK-NEXT:   a:b/c#sums: async func(s: u8)
;; CHECK-NEXT:       core "[start]a:b/c#sums"
;; CHECK-NEXT: imports: none
;; JSON: {"version":1,
;; ANSWER: {{^}}42{{$}}
;; NAME: no export "sub"; the program exports: add, a:b/c#sums
(module
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "[start]a:b/c#sums") (param i32) (result i32)
    (unreachable))
  (func (export "__callback") (param i32 i32)))
