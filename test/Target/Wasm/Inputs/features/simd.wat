(module
  (memory 1)
  (func (export "run") (param v128 i32) (result v128)
    (v128.store offset=16 (local.get 1) (v128.load8x8_s (local.get 1)))
    (v128.store32_lane 2 (local.get 1) (local.get 0))
    (drop (i16x8.extract_lane_u 7 (local.get 0)))
    (i8x16.shuffle 0 1 2 3 4 5 6 7 31 30 29 28 27 26 25 24
      (i32x4.add (v128.const i32x4 1 2 3 4) (local.get 0))
      (f64x2.replace_lane 1 (v128.load64_splat (local.get 1)) (f64.const 2)))))
