(component
  (import "a:b/c@0.2.1" (instance $c (export "get" (func (result u32)))))
  (import "h:h/log@1.0.0" (instance $log (export "note" (func (param "x" u32)))))
  (core func $get (canon lower (func $c "get")))
  (core func $note (canon lower (func $log "note")))
  (core module $M
    (import "i" "get" (func $get (result i32)))
    (import "i" "note" (func $note (param i32)))
    (func (export "run") (result i32)
      (call $note (i32.const 1))
      (i32.add (call $get) (i32.const 2))))
  (core instance $m (instantiate $M (with "i" (instance (export "get" (func $get)) (export "note" (func $note))))))
  (func (export "run") (result u32) (canon lift (core func $m "run"))))
