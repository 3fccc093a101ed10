;; Components of a file that import each other, and what the runner asks of them.

(component $counter
  (core module $M
    (global $n (mut i32) (i32.const 0))
    (func (export "next") (result i32)
      (global.set $n (i32.add (global.get $n) (i32.const 1)))
      (global.get $n)))
  (core instance $m (instantiate $M))
  (func (export "next") (result u32) (canon lift (core func $m "next"))))
(assert_return (invoke "next") (u32.const 1))
(assert_return (invoke "next") (u32.const 2))

;; It is fused with a counter of its own.
(component $user
  (import "counter" (instance $c (export "next" (func (result u32)))))
  (core func $next (canon lower (func $c "next")))
  (core module $M
    (import "c" "next" (func $next (result i32)))
    (func (export "twice") (result i32) (drop (call $next)) (call $next))
    (func (export "fail") (result i32) unreachable))
  (core instance $m (instantiate $M (with "c" (instance (export "next" (func $next))))))
  (func (export "twice") (result u32) (canon lift (core func $m "twice")))
  (func (export "fail") (result u32) (canon lift (core func $m "fail"))))
(assert_return (invoke "twice") (u32.const 2))
(assert_return (invoke "twice") (u32.const 4))
(assert_trap (invoke "fail") "unreachable")
(assert_trap (invoke "twice") "cannot enter component instance")

;; The older instance is still there.
(assert_return (invoke $counter "next") (u32.const 3))

;; A definition is instantiated by name, and imported by the instance's name.
(component definition $Const
  (core module $M (func (export "get") (result i32) (i32.const 7)))
  (core instance $m (instantiate $M))
  (func (export "get") (result u32) (canon lift (core func $m "get"))))
(component instance $seven $Const)
(component
  (import "seven" (instance $s (export "get" (func (result u32)))))
  (export "get" (func $s "get")))
(assert_return (invoke "get") (u32.const 7))
(register "other" $seven)
(component
  (import "other" (instance $s (export "get" (func (result u32)))))
  (export "get-it" (func $s "get")))
(assert_return (invoke "get-it") (u32.const 7))

;; What no host can instantiate has to be valid.
(component (import "m" (core module)))
(assert_malformed (component binary "\00asm\0d\00\01\00\0d\00") "malformed section id")
(assert_unlinkable
  (component
    (import "seven" (instance $s (export "get" (func (result u64)))))
    (export "get" (func $s "get")))
  "type mismatch in import")
