;; Components and core modules that are imported have imports of their own.
;; REQUIRES: node
;; RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
;; RUN: meld inspect %t.wasm | FileCheck %s
;; RUN: meld inspect %t.wasm --json | FileCheck %s --check-prefix=JSON

;; CHECK:      import c: component {
;; CHECK-NEXT:   import a: func(x: u8)
;; CHECK-NEXT:   export b: func()
;; CHECK-NEXT: }
;; CHECK-NEXT: import m: core module {
;; CHECK-NEXT:   import e f: (func (param i32))
;; CHECK-NEXT:   export g: (memory 1)
;; CHECK-NEXT: }

;; JSON:      "kind": "component",
;; JSON-NEXT: "imports": [
;; JSON-NEXT:   {
;; JSON-NEXT:     "name": "a",
;; JSON-NEXT:     "kind": "func",
;; JSON-NEXT:     "type": "func(x: u8)"
;; JSON:      "kind": "core module",
;; JSON-NEXT: "imports": [
;; JSON-NEXT:   {
;; JSON-NEXT:     "module": "e",
;; JSON-NEXT:     "name": "f",
;; JSON-NEXT:     "type": "(func (param i32))"
(component
  (import "c" (component
    (import "a" (func (param "x" u8)))
    (export "b" (func))))
  (import "m" (core module
    (import "e" "f" (func (param i32)))
    (export "g" (memory 1)))))
