# Resources, records, variants, enums and flags need names where they are used
# in imports and exports.
#
# REQUIRES: node
# RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | FileCheck %s
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | grep -c error | grep -qx 6
(component
  (type $enum (enum "a"))
  ;; CHECK: error: the func "f" is not valid as an import: it uses a resource, record, variant, enum or flags that has no name there; import that type first, and use what this defines [visible-type]{{$}}
  (import "f" (func (param "x" (list $enum))))
  (import "e" (type $named (eq $enum)))
  (import "g" (func (param "x" (list $named))))
  ;; CHECK: error: the type "t" is not valid as an export: it uses
  (type $tuple (tuple $enum))
  (export "t" (type $tuple))
  (type $R (resource (rep i32)))
  (export $R' "r" (type $R))
  ;; Imports do not depend on exports, nor on what the component makes.
  ;; CHECK: error: the func "h" is not valid as an import: it uses
  (import "h" (func (param "x" (borrow $R'))))
  ;; CHECK: error: the type "q" is not valid as an import: it uses
  (import "q" (type (eq $R)))
  ;; CHECK: error: the component "c" is not valid as an import: it uses
  (import "c" (component (export "r" (type (eq $R)))))
  ;; CHECK: error: the instance "i" is not valid as an import: it uses
  (type $I (instance (type $rec (record (field "x" u8))) (export "f" (func (param "x" $rec)))))
  (import "i" (instance (type $I))))
