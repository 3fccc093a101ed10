;; Nested components, instances, outer aliases of each sort, names.
(component $outer
  (core module $m)
  (type $t (record (field "x" u32)))
  (component $sibling
    (import "f" (func $f))
    (export "g" (func $f)))
  (component $inner
    (alias outer $outer $t (type $own))
    (alias outer $outer $m (core module $mine))
    (alias outer $outer $sibling (component $c))
    (import "t" (type $imported (eq $own)))
    (import "f" (func $f (param "x" $imported)))
    (component
      (alias outer $outer $t (type))
      (alias outer 1 $imported (type)))
    (core instance (instantiate $mine))
    (export "t2" (type $own)))
  (import "dep:pkg/iface@1.2.3" (instance $dep
    (export "r" (type (sub resource)))
    (export "f" (func))))
  (alias export $dep "f" (func $f))
  (alias export $dep "r" (type $r))
  (instance $s (instantiate $sibling (with "f" (func $f))))
  (instance $b (export "r" (type $r)) (export "f" (func $f)))
  (instance $empty)
  (export $g "g" (func $f) (func))
  (export "b" (instance $b))
  (export "again" (func $g))
  (export "opaque" (type $r)))
