(component $top
  (component $inner
    (core module $m
      (memory 1)
      (func $twice (param i32) (result i32)
        (i32.shl (local.get 0) (i32.const 1)))
      (func $half (export "half") (param i32) (result i32)
        (i32.store (i32.const 8) (local.get 0))
        (drop (i32.load (i32.const 8)))
        (i32.div_u (call $twice (local.get 0)) (local.get 0))))
    (core instance $a (instantiate $m))
    (core instance $b (instantiate $m))
    (func (export "ha") (param "x" u32) (result u32)
      (canon lift (core func $a "half")))
    (func (export "hb") (param "x" u32) (result u32)
      (canon lift (core func $b "half"))))
  (instance $inner (instantiate $inner))
  (export "hb" (func $inner "hb"))
  (export "ha" (func $inner "ha")))
