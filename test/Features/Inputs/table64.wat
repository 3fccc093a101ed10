;; tables with 64-bit indices
(component
  (core module $lib

    (type $f (func (result i32)))
    (table (export "t") i64 3 10 funcref)
    (elem (i64.const 2) $one)
    (func $one (result i32) (i32.const 1)))
  (core module $user

    (type (func (param i64)))
    (type $f (func (result i32)))
    (import "a" "t" (table $ta i64 3 funcref))
    (import "b" "t" (table $tb i64 3 10 funcref))
    (table $own 1 funcref)
    (elem declare func $two)
    (func $two (result i32) (i32.const 20))
    (func (export "run") (result i32)
      (drop (table.grow $tb (ref.func $two) (i64.const 2)))
      (table.copy $own $tb (i32.const 0) (i64.const 3) (i32.const 1))
      (i32.add
        (i32.add (call_indirect $ta (type $f) (i64.const 2)) (call_indirect $tb (type $f) (i64.const 4)))
        (i32.add (call_indirect $own (type $f) (i32.const 0))
                 (i32.wrap_i64 (i64.mul (i64.const 100) (i64.add (table.size $ta) (table.size $tb))))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
