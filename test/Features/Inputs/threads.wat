;; atomic accesses of shared memories
(component
  (core module $lib

    (memory (export "m") 1 2 shared)
    (func (export "add") (param i32) (result i32)
      (i32.atomic.rmw.add offset=4 (i32.const 0) (local.get 0))))
  (core module $user

    (import "a" "add" (func $add-a (param i32) (result i32)))
    (import "b" "add" (func $add-b (param i32) (result i32)))
    (import "a" "m" (memory $ma 1 2 shared))
    (import "b" "m" (memory $mb 1 2 shared))
    (memory $own 1)
    (func (export "run") (result i32)
      (drop (call $add-a (i32.const 5)))
      (drop (call $add-b (i32.const 7)))
      (drop (i64.atomic.rmw.cmpxchg $mb (i32.const 8) (i64.const 0) (i64.const 100)))
      (atomic.fence)
      (i32.store $own (i32.const 4) (i32.const 1000))
      (i32.add (i32.load $own (i32.const 4))
        (i32.add
          (i32.add (i32.atomic.load $ma (i32.const 4)) (i32.atomic.load $mb (i32.const 4)))
          (i32.add (memory.atomic.notify $mb (i32.const 8) (i32.const 1))
                   (i32.wrap_i64 (i64.atomic.load $mb (i32.const 8))))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
