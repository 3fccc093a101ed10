# Arguments and subtyping. Each component stands alone, so each is reported.
#
# REQUIRES: node
# RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | FileCheck %s
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | grep -c error | grep -qx 13
(component
  (core module $a (import "env" "f" (func (param i32))) (import "env" "g" (global i32)))
  (core module $b (func (export "f")) (global (export "g") i32 (i32.const 0)))
  (core instance $b (instantiate $b))
  ;; CHECK: error: import "env" "f" of the core module: wanted (func (param i32)), found (func) [argument-type]{{$}}
  (core instance (instantiate $a (with "env" (instance $b))))
  ;; CHECK: error: the core module imports from "env", for which there is no argument [missing-argument]{{$}}
  (core instance (instantiate $a))
  ;; CHECK: error: the core module imports "g" from "env", which the argument does not export [missing-argument]{{$}}
  (core module $c (import "env" "g" (global i32)))
  (core instance (instantiate $c (with "env" (instance (export "f" (func $b "f"))))))

  (type $R (resource (rep i32)))
  (type $S (resource (rep i32)))
  (component $eq (import "a" (type $a (sub resource))) (import "b" (type (eq $a))))
  (instance (instantiate $eq (with "a" (type $R)) (with "b" (type $R))))
  ;; CHECK: error: argument "b": the resource types are not the same [argument-type]{{$}}
  (instance (instantiate $eq (with "a" (type $R)) (with "b" (type $S))))
  ;; CHECK: error: the component imports "b", for which there is no argument [missing-argument]{{$}}
  (instance (instantiate $eq (with "a" (type $R))))
  ;; CHECK: error: argument "a": wanted a `resource`, found `u8` [argument-type]{{$}}
  (type $u8 u8)
  (instance (instantiate $eq (with "a" (type $u8)) (with "b" (type $S))))

  (type $rec (record (field "q" u8) (field "r" u32)))
  (import "rec" (type $rec2 (eq $rec)))
  (import "f" (func $f (param "x" $rec2)))
  (component $takes
    (type $rec (record (field "q" u8) (field "r" s32)))
    (import "rec" (type $rec2 (eq $rec)))
    (import "f" (func (param "x" $rec2))))
  ;; What depends on a wrong argument is not compared.
  ;; CHECK: error: argument "rec": field "r": wanted `s32`, found `u32` [argument-type]{{$}}
  (instance (instantiate $takes (with "rec" (type $rec)) (with "f" (func $f))))

  ;; CHECK: error: argument "i": export "j": the instance has no export "g" [argument-type]{{$}}
  (import "i" (instance $i (export "j" (instance (export "f" (func))))))
  (component $deep (import "i" (instance (export "j" (instance (export "f" (func)) (export "g" (func)))))))
  (instance (instantiate $deep (with "i" (instance $i))))

  ;; CHECK: error: argument "m": import "" "x": wanted (memory 1), found (func) [argument-type]{{$}}
  (core module $needs (import "" "x" (memory 1)))
  (component $wantsModule (import "m" (core module (import "" "x" (func)))))
  (instance (instantiate $wantsModule (with "m" (core module $needs))))
  ;; CHECK: error: argument "m": the module has no export "e" [argument-type]{{$}}
  (component $wantsExport (import "m" (core module (import "" "x" (memory 1)) (export "e" (func)))))
  (instance (instantiate $wantsExport (with "m" (core module $needs))))

  ;; A component may import less and export more than is wanted, not the reverse.
  (component $wantsComponent (import "c" (component (import "a" (func)) (export "x" (func)))))
  (component $good (import "a" (func $f)) (export "x" (func $f)) (export "y" (func $f)))
  ;; CHECK: error: argument "c": the component imports "b", which its type does not [argument-type]{{$}}
  (component $bad (import "b" (func $f)) (export "x" (func $f)))
  (instance (instantiate $wantsComponent (with "c" (component $bad))))

  ;; CHECK: error: export "e" does not have the type that is written behind it: the instance has no export "h" [ascribed-type]{{$}}
  (export "e" (instance $i) (instance (export "h" (func))))
  ;; CHECK: error: the argument "a" stands twice [duplicate-name]{{$}}
  (instance (instantiate $eq (with "a" (type $R)) (with "b" (type $R)) (with "a" (type $R)))))
