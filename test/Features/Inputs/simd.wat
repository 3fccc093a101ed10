;; vectors: in functions, globals and memories of two instances
(component
  (core module $lib

    (type (func (param f64)))
    (memory (export "m") 1)
    (data (i32.const 16) "\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10")
    (global (export "g") v128 (v128.const i32x4 1 2 3 4))
    (func (export "splat") (param i32) (result v128) (i32x4.splat (local.get 0)))
    (func (export "bump")
      (v128.store (i32.const 16)
        (i8x16.add (v128.load (i32.const 16)) (v128.const i8x16 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1)))))
  (core module $user

    (import "a" "splat" (func $splat (param i32) (result v128)))
    (import "b" "bump" (func $bump))
    (import "a" "m" (memory $ma 1))
    (import "b" "m" (memory $mb 1))
    (import "b" "g" (global $g v128))
    (func (export "run") (result i32) (local $v v128)
      (call $bump)
      ;; lanes 0 of a, 1 of b after the bump: 1, 3
      (local.set $v (i8x16.shuffle 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0
        (v128.load $ma (i32.const 16)) (v128.load $mb offset=16 (i32.const 0))))
      ;; 1 + 256 * 3 + (40 + 2)
      (i32.add
        (i32x4.extract_lane 0 (v128.and (local.get $v) (v128.const i32x4 0xffff 0 0 0)))
        (i32x4.extract_lane 1 (i32x4.add (call $splat (i32.const 40)) (global.get $g))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
