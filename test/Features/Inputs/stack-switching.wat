;; a continuation of one instance, resumed by another
(component
  (core module $lib

    (type (func (param i32 i32 i32)))
    (type $task (func (param i32) (result i32)))
    (type $k (cont $task))
    (tag $yield (export "yield") (param i32) (result i32))
    (func $twice (type $task)
      (i32.add (suspend $yield (local.get 0))
               (suspend $yield (i32.mul (local.get 0) (i32.const 10)))))
    (elem declare func $twice)
    (func (export "start") (result (ref $k)) (cont.new $k (ref.func $twice))))
  (core module $user

    (type $f (func (param i32) (result i32)))
    (type $c (cont $f))
    (import "a" "yield" (tag $yield (param i32) (result i32)))
    (import "b" "yield" (tag $other (param i32) (result i32)))
    (import "a" "start" (func $start (result (ref $c))))
    (func (export "run") (result i32) (local $k (ref null $c)) (local $sum i32) (local $next i32)
      (local.set $k (call $start))
      (local.set $next (i32.const 3))
      (loop $again
        (block $on (result i32 (ref $c))
          (return (i32.add (local.get $sum)
            (resume $c (on $other $on) (on $yield $on) (local.get $next) (local.get $k)))))
        (local.set $k)
        (local.set $sum (i32.add (local.get $sum)))
        (local.set $next (i32.add (local.get $next) (i32.const 100)))
        (br $again))
      (unreachable)))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
