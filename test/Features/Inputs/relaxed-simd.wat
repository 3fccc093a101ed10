;; relaxed vectors, on operands for which there is one answer
(component
  (core module $lib

    (func (export "dot") (param v128 v128) (result v128)
      (i16x8.relaxed_dot_i8x16_i7x16_s (local.get 0) (local.get 1)))
    (func (export "trunc") (param v128) (result v128)
      (i32x4.relaxed_trunc_f32x4_s (local.get 0))))
  (core module $user

    (type (func (param v128)))
    (import "a" "dot" (func $dot (param v128 v128) (result v128)))
    (import "b" "trunc" (func $trunc (param v128) (result v128)))
    (func (export "run") (result i32)
      ;; 3 * 5 + 2 * 4, and 100
      (i32.add
        (i16x8.extract_lane_s 0 (call $dot (v128.const i8x16 3 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0)
                                           (v128.const i8x16 5 4 0 0 0 0 0 0 0 0 0 0 0 0 0 0)))
        (i32x4.extract_lane 2 (call $trunc
          (f32x4.relaxed_madd (v128.const f32x4 0 0 9 0) (v128.const f32x4 0 0 11 0)
                              (v128.const f32x4 0 0 1.5 0)))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
