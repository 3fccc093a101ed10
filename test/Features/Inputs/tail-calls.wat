;; tail calls of imports, through tables and references
(component
  (core module $lib

    (type $f (func (param i32) (result i32)))
    (table (export "t") 2 funcref)
    (elem (i32.const 1) $double)
    (global $calls (mut i32) (i32.const 0))
    (func $double (export "double") (type $f)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (i32.mul (local.get 0) (i32.const 2)))
    (func (export "calls") (result i32) (global.get $calls)))
  (core module $user

    (type (func))
    (type $f (func (param i32) (result i32)))
    (import "a" "double" (func $double (type $f)))
    (import "a" "calls" (func $calls-a (result i32)))
    (import "b" "calls" (func $calls-b (result i32)))
    (import "b" "t" (table $t 2 funcref))
    (table $own 1 funcref)
    (elem declare func $double)
    (func $down (param i32 i32) (result i32)
      (if (result i32) (local.get 0)
        (then (return_call $down (i32.sub (local.get 0) (i32.const 1)) (i32.add (local.get 1) (i32.const 1))))
        (else (return_call $double (local.get 1)))))
    (func $through (param i32) (result i32)
      (return_call_indirect $t (type $f) (local.get 0) (i32.const 1)))
    (func $reference (param i32) (result i32)
      (return_call_ref $f (local.get 0) (ref.func $double)))
    (func (export "run") (result i32)
      ;; 2 * 100000 + 2 * 3 + 2 * 4, and 2 calls of a, 1 of b
      (i32.add
        (i32.add (call $down (i32.const 100000) (i32.const 0))
                 (i32.add (call $through (i32.const 3)) (call $reference (i32.const 4))))
        (i32.add (i32.mul (call $calls-a) (i32.const 1000000)) (i32.mul (call $calls-b) (i32.const 10000000))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
