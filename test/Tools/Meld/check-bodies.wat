;; The first error of each function body, in all core modules, and of each export
;; and segment; then what follows in the component.
;; REQUIRES: node
;; RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
;; RUN: not meld check %t.wasm 2>&1 | FileCheck %s --implicit-check-not=error:
(component
  (core module
    ;; CHECK: error: {{.*}}, in function 0 "a" [operand-type]
    (func $a (result i32) (i64.const 1))
    (func $b (result i32) (i32.const 1))
    ;; CHECK: error: {{.*}}, in function 2 "c" [operand-type]
    (func $c (result i32) (f32.const 1) (f64.const 1) (i32.add)))
  (core module
    ;; CHECK: error: {{.*}} does not fill a table of {{.*}} [operand-type]
    (table 1 externref)
    (elem (i32.const 0) func $d)
    ;; CHECK: error: {{.*}}, in function 0 "d" [index-bounds]
    (func $d (drop (i32.load (i32.const 0))))
    (func $e (ref.func $d) (drop)))
  ;; CHECK: error: {{.*}} [duplicate-name]
  (type (enum "x" "x")))
