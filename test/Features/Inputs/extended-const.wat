;; constant expressions that compute
(component
  (core module $lib

    (global $base (export "base") i32 (i32.const 1000))
    (global (export "next") i32 (i32.add (global.get $base) (i32.mul (i32.const 3) (i32.const 8))))
    (memory (export "m") 1)
    (data (offset (i32.sub (global.get $base) (i32.const 990))) "\07"))
  (core module $user

    (import "a" "next" (global $next i32))
    (import "b" "base" (global $base i32))
    (import "b" "m" (memory 1))
    (global $sum i32 (i32.add (global.get $next) (global.get $base)))
    (global $wide i64 (i64.mul (i64.const 3) (i64.sub (i64.const 7) (i64.const 2))))
    (table $t 10 funcref)
    (elem (offset (i32.sub (global.get $sum) (i32.const 2020))) $f)
    (data (offset (i32.add (global.get $base) (i32.const 4))) "\05")
    (func $f (result i32) (i32.load8_u (i32.const 1004)))
    (func (export "run") (result i32)
      ;; 2024, 15, 5, 7
      (i32.add (i32.add (global.get $sum) (i32.wrap_i64 (global.get $wide)))
        (i32.add (call_indirect $t (result i32) (i32.const 4)) (i32.load8_u (i32.const 10))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
