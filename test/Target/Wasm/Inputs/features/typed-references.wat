(module
  (type $f (func (param i32) (result i32)))
  (table $t 2 (ref $f) (ref.func $one))
  (func $one (export "one") (type $f) (i32.add (local.get 0) (i32.const 1)))
  (func (export "call") (param (ref null $f) i32) (result i32)
    (local $g (ref $f))
    (local.set $g (ref.func $one))
    (block $null
      (return (call_ref $f (local.get 1) (br_on_null $null (local.get 0)))))
    (block $some (result (ref $f))
      (br_on_non_null $some (local.get 0))
      (return (call_ref $f (local.get 1) (local.get $g))))
    (drop)
    (call_ref $f (local.get 1) (ref.as_non_null (table.get $t (i32.const 0))))))
