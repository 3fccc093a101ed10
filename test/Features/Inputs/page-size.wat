;; memories whose pages have one byte
(component
  (core module $lib

    (memory (export "m") 10 100 (pagesize 1))
    (data (i32.const 4) "\2a")
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
  (core module $user

    (import "a" "m" (memory $ma 10 100 (pagesize 1)))
    (import "b" "m" (memory $mb 1 (pagesize 1)))
    (import "b" "grow" (func $grow (param i32) (result i32)))
    (memory $own 1)
    (func (export "run") (result i32)
      ;; 10, 13, 42, 1
      (i32.add
        (i32.add (call $grow (i32.const 3)) (memory.size $mb))
        (i32.add (i32.load8_u $ma (i32.const 4)) (memory.size $own)))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
