(module
  (memory 1 1 shared)
  (func (export "run") (param i32) (result i64)
    (atomic.fence)
    (drop (memory.atomic.notify (local.get 0) (i32.const 1)))
    (drop (memory.atomic.wait64 (local.get 0) (i64.const 1) (i64.const 2)))
    (i32.atomic.store16 offset=2 (local.get 0) (i32.const 3))
    (drop (i32.atomic.rmw8.add_u (local.get 0) (i32.const 1)))
    (i64.atomic.rmw.cmpxchg (local.get 0) (i64.const 1) (i64.const 2))))
