;; equal types of different modules, at other indices, are one type
(component
  (core module $lib

    (type (func (param f32)))
    (rec
      (type $node (sub (struct (field $value (mut i32)) (field $next (ref null $node)))))
      (type $named (sub final $node
        (struct (field (mut i32)) (field (ref null $node)) (field $name (ref $bytes)))))
      (type $bytes (array (mut i8))))
    (type $make (func (param i32) (result (ref $node))))
    (data $d "meld")
    (global $g (export "origin") (ref $node) (struct.new $node (i32.const 1) (ref.null none)))
    (global (export "i31") (ref i31) (ref.i31 (i32.const 7)))
    (table (export "nodes") 2 (ref null $node))
    (func $make (export "make") (type $make)
      (struct.new $named (local.get 0) (global.get $g)
        (array.new_data $bytes $d (i32.const 0) (i32.const 4))))
    (func (export "keep") (param (ref $node)) (table.set (i32.const 1) (local.get 0)))
    (func (export "maker") (result (ref $make)) (ref.func $make))
    (elem func $make)) ;; not `declare`, which binaryen does not count
  (core module $user

    (type $other (struct (field i64)))
    (rec
      (type $n (sub (struct (field (mut i32)) (field (ref null $n)))))
      (type $m (sub final $n
        (struct (field (mut i32)) (field (ref null $n)) (field (ref $b)))))
      (type $b (array (mut i8))))
    (type $list (array (mut eqref)))
    (type $mk (func (param i32) (result (ref $n))))
    (import "a" "make" (func $make-a (type $mk)))
    (import "b" "maker" (func $maker-b (result (ref $mk))))
    (import "a" "origin" (global $origin-a (ref $n)))
    (import "b" "origin" (global $origin-b (ref null $n))) ;; a supertype
    (import "a" "i31" (global $i31 anyref))                ;; a supertype
    (import "b" "keep" (func $keep (param (ref $n))))
    (import "b" "nodes" (table $nodes 1 (ref null $n)))
    (global $copy (ref null $n) (global.get $origin-b))
    (elem $e (ref null i31) (ref.i31 (i32.const 20000)))
    (func $name (param $x (ref null $n)) (result i32) ;; its second letter
      (array.get_u $b (struct.get $m 2 (ref.cast (ref $m) (local.get $x))) (i32.const 1)))
    (func (export "run") (result i32) (local $l (ref $list))
      (call $keep (call $make-a (i32.const 30)))
      (local.set $l (array.new_elem $list $e (i32.const 0) (i32.const 1)))
      (i32.add
        (i32.add
          ;; "e", then 30
          (i32.add (call $name (table.get $nodes (i32.const 1)))
                   (struct.get $n 0 (ref.as_non_null (table.get $nodes (i32.const 1)))))
          ;; the origin of a is the next of what a made; that of b is another
          (i32.add
            (i32.mul (i32.const 1000)
              (ref.eq (global.get $origin-a)
                      (struct.get $n 1 (table.get $nodes (i32.const 1)))))
            (i32.mul (i32.const 2000) (ref.eq (global.get $origin-a) (global.get $copy)))))
        (i32.add
          (struct.get $n 0 (call_ref $mk (i32.const 300) (call $maker-b)))
          (i32.add
            (i32.mul (i32.const 4000) (ref.test (ref $other) (global.get $copy)))
            (i32.add (i31.get_u (ref.cast i31ref (global.get $i31)))
                     (i31.get_s (ref.cast i31ref (array.get $list (local.get $l) (i32.const 0))))))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
