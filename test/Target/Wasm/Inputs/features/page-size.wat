(module
  (memory 1 100 (pagesize 1))
  (func (export "run") (param i32) (result i32) (i32.load8_u (local.get 0))))
