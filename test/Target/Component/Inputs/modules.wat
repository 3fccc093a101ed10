;; Core modules, their types, instances and every kind of core export.
(component
  (core module $lib
    (tag (export "t") (param i32))
    (table (export "tab") 1 2 funcref)
    (memory (export "mem") 1 2)
    (global (export "g") (mut i32) (i32.const 3))
    (func (export "f") (param i64) (result f64) f64.const 1))
  (core type $ft (func (param i32 v128 externref) (result i32 i32)))
  (core type $mt (module
    (import "env" "f" (func (param i64) (result f64)))
    (import "env" "tab" (table 1 funcref))
    (import "env" "mem" (memory 1 2))
    (import "env" "g" (global (mut i32)))
    (import "env" "t" (tag (param i32)))
    (export "f" (func (param i64) (result f64)))
    (export "f2" (func (result i32)))))
  (import "m" (core module $user (type $mt)))
  (import "more" (core module
    (import "env" "shared" (memory 1 2 shared))
    (import "env" "wide" (memory i64 1))))
  (core instance $i (instantiate $lib))
  (alias core export $i "t" (core tag $t))
  (alias core export $i "tab" (core table $tab))
  (alias core export $i "mem" (core memory $mem))
  (alias core export $i "g" (core global $g))
  (alias core export $i "f" (core func $f))
  (core instance $bundle
    (export "t" (tag $t)) (export "tab" (table $tab)) (export "mem" (memory $mem))
    (export "g" (global $g)) (export "f" (func $f)))
  (core instance (instantiate $lib))
  (core instance (instantiate $user (with "env" (instance $bundle))))
  (export "lib" (core module $lib)))
