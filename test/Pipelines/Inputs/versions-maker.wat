(component
  (import "h:h/log@1.1.0" (instance $log (export "warn" (func (param "x" u32)))))
  (core func $warn (canon lower (func $log "warn")))
  (core module $M
    (import "i" "warn" (func $warn (param i32)))
    (func (export "get") (result i32) (call $warn (i32.const 3)) (i32.const 40)))
  (core instance $m (instantiate $M (with "i" (instance (export "warn" (func $warn))))))
  (func $get (result u32) (canon lift (core func $m "get")))
  (instance $c (export "get" (func $get)))
  (export "a:b/c@0.2.3" (instance $c)))
