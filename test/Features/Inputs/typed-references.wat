;; tables with initial values, calls of references
(component
  (core module $lib

    (type $f (func (param i32) (result i32)))
    (global $n (mut i32) (i32.const 0))
    (func $count (export "count") (type $f)
      (global.set $n (i32.add (global.get $n) (local.get 0)))
      (global.get $n))
    (global (export "f") (ref $f) (ref.func $count))
    (table (export "t") 3 (ref $f) (ref.func $count)))
  (core module $user

    (type (func))
    (type $g (func (param i32) (result i32)))
    (import "a" "f" (global $fa (ref $g)))
    (import "b" "f" (global $fb (ref func))) ;; a supertype
    (import "b" "t" (table $tb 3 (ref $g)))
    (table $own 2 (ref $g) (global.get $fa))
    (func $or (param $r (ref null $g)) (result i32)
      (block $null
        (return (call_ref $g (i32.const 0) (br_on_null $null (local.get $r)))))
      (i32.const 5))
    (func (export "run") (result i32)
      ;; a: 1, 11; b: 100
      (drop (call_ref $g (i32.const 1) (table.get $own (i32.const 1))))
      (drop (call_indirect $own (type $g) (i32.const 10) (i32.const 0)))
      (drop (call_ref $g (i32.const 100) (table.get $tb (i32.const 2))))
      (i32.add (call $or (global.get $fa))
        (i32.add (call $or (ref.null $g))
          (i32.add (call $or (table.get $tb (i32.const 0)))
                   (i32.mul (i32.const 1000) (ref.test (ref $g) (global.get $fb))))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
