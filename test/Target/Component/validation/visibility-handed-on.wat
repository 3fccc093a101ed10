# A resource that is handed from instance to instance has many paths. Where an
# exported instance exports it, a handle may use any of them.
#
# REQUIRES: node
# RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | FileCheck %s
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | grep -c error | grep -qx 1
(component
  (import "host" (instance $from (export "r" (type $r (sub resource)))))
  (component $Link
    (import "from" (instance $from (export "r" (type $r (sub resource)))))
    (alias export $from "r" (type $r'))
    (core module $M (func (export "make") (result i32) unreachable))
    (core instance $i (instantiate $M))
    (export $r "r" (type $r'))
    (func (export "make") (result (own $r)) (canon lift (core func $i "make")))
    (func (export "make2") (result (own $r')) (canon lift (core func $i "make"))))
  (instance $i1 (instantiate $Link (with "from" (instance $from))))
  (instance $i2 (instantiate $Link (with "from" (instance $i1))))
  ;; CHECK: error: the func "before" is not valid as an export: it uses a resource, record, variant, enum or flags that has no name there; export that type first, and use what this defines [visible-type]{{$}}
  (export "before" (func $i2 "make"))
  (export "handed" (instance $i2))
  (export "behind" (func $i1 "make"))
  (export "behind2" (func $i2 "make2")))
