;; All errors of a file in one run, each with its rule and place.
;; REQUIRES: node
;; RUN: rm -f %t.out && %node %meld_src/utils/wat2component.mjs %s %t.wasm
;; RUN: not meld check %t.wasm 2>&1 | FileCheck %s
;; RUN: not meld check %t.wasm --diagnostics=json 2>&1 | count 3
;; RUN: not meld fuse %t.wasm -o %t.out 2>&1 | FileCheck %s
;; RUN: not ls %t.out

;; CHECK:      check-several.wat.tmp.wasm:0x{{[0-9a-f]+}}: error: {{.*}} [lift-type]
;; CHECK-NEXT: check-several.wat.tmp.wasm:0x{{[0-9a-f]+}}: error: {{.*}} [extern-name]
;; CHECK-NEXT: check-several.wat.tmp.wasm:0x{{[0-9a-f]+}}: error: {{.*}} [duplicate-name]
(component
  (core module $M (func (export "f") (param i32)))
  (core instance $m (instantiate $M))
  (func $f (param "x" u64) (canon lift (core func $m "f")))
  (import "Not_kebab" (func))
  (type $t (flags "a" "a")))
