;; memories with 64-bit addresses beside one with 32
(component
  (core module $lib

    (memory (export "m") i64 1 4)
    (data (i64.const 8) "\2a")
    (func (export "poke") (param i64 i32) (i32.store8 (local.get 0) (local.get 1))))
  (core module $user

    (import "a" "m" (memory $ma i64 1))
    (import "b" "m" (memory $mb i64 1))
    (import "b" "poke" (func $poke (param i64 i32)))
    (memory $own 1)
    (data $d "\05\06")
    (func (export "run") (result i32)
      (call $poke (i64.const 65535) (i32.const 3))
      (memory.init $mb $d (i64.const 100) (i32.const 0) (i32.const 2))
      (memory.copy $own $mb (i32.const 4) (i64.const 100) (i32.const 2))
      (drop (memory.grow $ma (i64.const 1)))
      (i32.add
        (i32.add (i32.load8_u $ma (i64.const 8)) (i32.load8_u $mb offset=65528 (i64.const 7)))
        (i32.add (i32.load8_u $own (i32.const 5))
                 (i32.wrap_i64 (i64.mul (i64.const 100) (i64.add (memory.size $ma) (memory.size $mb))))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
