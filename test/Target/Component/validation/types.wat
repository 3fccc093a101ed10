# Type definitions.
#
# REQUIRES: node
# RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | FileCheck %s
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | grep -c error | grep -qx 17
(component
  ;; CHECK: error: wanted a value type, type 0 is a func type [type-kind]{{$}}
  (type $f (func))
  (type (list $f))
  ;; CHECK: error: a variant type has at least one member [empty-type]{{$}}
  (type (variant))
  ;; CHECK: error: a list of fixed length has at least one element [empty-type]{{$}}
  (type (list u8 0))
  ;; CHECK: error: the key of a map is an integer, bool, char or string, found `f32` [map-key]{{$}}
  (type (map f32 u8))
  ;; CHECK: error: a stream has no `char`: use a stream of `u8` and an encoding [stream-char]{{$}}
  (type (stream char))
  ;; CHECK: error: a value of this type takes at least 2^28 bytes of memory [value-size]{{$}}
  (type $big (list u8 268435456))
  ;; What depends on a faulty type is not reported again.
  (type (list $big))
  (type (list string 16777215))
  ;; CHECK: error: a value of this type takes at least 2^28 bytes of memory [value-size]{{$}}
  (type (list string 16777216))
  ;; CHECK: error: wanted a resource type, type 0 is a func type [type-kind]{{$}}
  (type (own $f))
  (type $r (resource (rep i32)))
  ;; CHECK: error: the result of a func contains no `borrow`: it would outlive the call [borrow-position]{{$}}
  (type (func (result (option (borrow $r)))))
  ;; CHECK: error: a future carries no `borrow`: it may outlive the call [borrow-position]{{$}}
  (type (future (borrow $r)))
  ;; CHECK: error: a component or instance type defines no resource: import or export one with the bound `(sub resource)` [resource-place]{{$}}
  (type (instance (type (resource (rep i32)))))
  (core module $m (func (export "d")))
  (core instance $i (instantiate $m))
  ;; CHECK: error: the destructor wants a core func of type (func (param i32)), found (func) [destructor-type]{{$}}
  (type (resource (rep i32) (dtor (core func $i "d"))))
  ;; CHECK: error: an alias in a type is of a type or an instance, found a func [declared-alias]{{$}}
  (type (component (import "i" (instance $i (export "f" (func)))) (alias export $i "f" (func))))
  ;; CHECK: error: an outer alias in a type is of a type or a core type, found a core module [declared-alias]{{$}}
  (type (component (alias outer 1 $m (core module))))
  ;; CHECK: error: an outer alias from outside of the component refers to a resource type: import the type instead [outer-resource]{{$}}
  (component (alias outer 1 $r (type)))
  ;; CHECK: error: wanted a module type, core type 0 is none [type-kind]{{$}}
  (core type (func))
  (import "m" (core module (type 0)))
  ;; CHECK: error: wanted an instance type, type 0 is a func type [type-kind]{{$}}
  (import "x" (instance (type $f))))
