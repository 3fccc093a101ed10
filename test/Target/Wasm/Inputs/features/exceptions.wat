(module
  (tag $t (param i32))
  (func $throw (param i32) (throw $t (local.get 0)))
  (func (export "run") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (result i32) (catch $t $caught)
        (call $throw (local.get 0))
        (i32.const 0))))
  (func (export "again") (param i32)
    (throw_ref
      (block $ref (result exnref)
        (block $pair (result i32 exnref)
          (block $any
            (try_table (catch_ref $t $pair) (catch_all $any) (call $throw (local.get 0)))
            (try_table (catch_all_ref $ref) (call $throw (local.get 0))))
          (return))
        (throw_ref)))))
