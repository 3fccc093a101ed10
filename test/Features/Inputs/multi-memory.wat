;; several memories in one module
(component
  (core module $lib

    (memory $x 1)
    (memory (export "m") 1 3)
    (data (memory $x) (i32.const 0) "\09")
    (data (memory 1) (i32.const 0) "\01\02\03")
    (func (export "hidden") (result i32) (i32.load8_u $x (i32.const 0))))
  (core module $user

    (import "a" "m" (memory $ma 1))
    (import "b" "m" (memory $mb 1))
    (import "b" "hidden" (func $hidden (result i32)))
    (memory $own 1)
    (func (export "run") (result i32)
      (memory.copy $own $ma (i32.const 10) (i32.const 0) (i32.const 3))
      (memory.fill $mb (i32.const 1) (i32.const 40) (i32.const 1))
      (i32.store8 $ma (i32.const 2) (i32.const 99))
      (i32.add
        (i32.add (i32.load8_u $own (i32.const 12)) (i32.load8_u $mb (i32.const 1)))
        (i32.add (call $hidden)
          (i32.mul (i32.const 100) (i32.add (memory.grow $ma (i32.const 2)) (memory.size $ma)))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
