;; 128-bit sums and products
(component
  (core module $lib

    (type (func))
    (func (export "add") (param i64 i64 i64 i64) (result i64 i64)
      (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
    (func (export "mul") (param i64 i64) (result i64 i64)
      (i64.mul_wide_u (local.get 0) (local.get 1))))
  (core module $user

    (import "a" "add" (func $add (param i64 i64 i64 i64) (result i64 i64)))
    (import "b" "mul" (func $mul (param i64 i64) (result i64 i64)))
    (func (export "run") (result i32) (local $high i64)
      ;; a carry of 1 and 2 + 3; the high half of 2^63 * 6 is 3
      (call $add (i64.const -1) (i64.const 2) (i64.const 1) (i64.const 3))
      (local.set $high)
      (drop)
      (call $mul (i64.const 0x8000000000000000) (i64.const 6))
      (i64.mul (i64.const 100))
      (i64.add (local.get $high))
      (i64.add)
      (i32.wrap_i64)))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
