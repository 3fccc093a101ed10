;; passive segments, tables and references, several results
(component
  (core module $lib

    (type (func (param i32)))
    (memory (export "m") 1)
    (table (export "t") 4 funcref)
    (data $d "\01\02\03\04")
    (elem $e func $f $g)
    (func $f (result i32) (i32.const 1))
    (func $g (result i32) (i32.const 2))
    (func (export "fill") (param i32)
      (memory.init $d (local.get 0) (i32.const 1) (i32.const 2))
      (data.drop $d)
      (table.init $e (local.get 0) (i32.const 0) (i32.const 2))
      (elem.drop $e))
    (func (export "pair") (param i32) (result i32 f64)
      (i32.extend8_s (local.get 0)) (f64.const 1e30)))
  (core module $user

    (import "a" "m" (memory $ma 1))
    (import "b" "t" (table $tb 4 funcref))
    (import "a" "fill" (func $fill-a (param i32)))
    (import "b" "fill" (func $fill-b (param i32)))
    (import "b" "pair" (func $pair (param i32) (result i32 f64)))
    (table $own 4 externref)
    (func (export "run") (result i32) (local $x f64)
      (call $fill-a (i32.const 1))
      (call $fill-b (i32.const 2))
      (call $pair (i32.const 255)) ;; -1, and i32 max
      (local.set $x)
      (i32.add (i32.trunc_sat_f64_s (local.get $x)))
      (i32.and (i32.const 0xff)) ;; 254
      (i32.add (i32.load8_u $ma (i32.const 2))) ;; 3
      (i32.add (call_indirect $tb (result i32) (i32.const 3))) ;; 2
      (i32.add (ref.is_null (table.get $own (i32.const 0)))))) ;; and 1
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
