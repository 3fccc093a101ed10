(module
  (func (export "run") (param v128 v128 v128) (result v128)
    (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get 0) (local.get 1)
      (f32x4.relaxed_madd (local.get 0) (local.get 1)
        (i8x16.relaxed_swizzle (local.get 2) (local.get 0))))))
