(component
  (component $Add
    (core module $M
      (memory 1)
      (func (export "add") (param i32 i32) (result i32)
        (i32.add (local.get 0) (local.get 1))))
    (core instance $m (instantiate $M))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $m "add"))))
  (instance $add (instantiate $Add))
  (core func $add-core (canon lower (func $add "add")))
  (core module $N
    (import "add" "add" (func $add (param i32 i32) (result i32)))
    (func (export "twice") (param i32) (result i32)
      (call $add (local.get 0) (local.get 0))))
  (core instance $n (instantiate $N (with "add" (instance (export "add" (func $add-core))))))
  (func (export "twice") (param "x" u32) (result u32) (canon lift (core func $n "twice"))))
