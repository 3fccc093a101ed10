# Labels, plain names, interface names and their attributes; every error of a
# component is reported in one run.
#
# REQUIRES: node
# RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | FileCheck %s
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | grep -c error | grep -qx 17
(component
  ;; CHECK: error: the label "aB" of a record type is not in kebab case [label-syntax]{{$}}
  (type (record (field "aB" u8)))
  ;; CHECK: error: the label "X" of an enum type conflicts with the label "x" [duplicate-name]{{$}}
  (type (enum "x" "X"))
  ;; CHECK: error: the name "1" is not valid: "1" is not in kebab case [extern-name]{{$}}
  (import "1" (func))
  ;; CHECK: error: the name "[method]a" is not valid: wanted a resource and a label, joined by `.` [extern-name]{{$}}
  (import "[method]a" (func))
  ;; CHECK: error: the name "ns:A/b" is not valid: "A" is not in kebab case of lower-case letters [extern-name]{{$}}
  (import "ns:A/b" (func))
  ;; CHECK: error: the name "ns:a" is not valid: wanted `/` and a label after the package [extern-name]{{$}}
  (import "ns:a" (func))
  ;; CHECK: error: the name "a:b/c/d" is not valid: "c/d" is not in kebab case [extern-name]{{$}}
  (import "a:b/c/d" (func))
  ;; CHECK: error: the name "a:b/c@1.02.3" is not valid: "1.02.3" is no version like 1.2.3 [extern-name]{{$}}
  (import "a:b/c@1.02.3" (func))
  (import "a:b/c@1.2.3-rc.1+x" (func))
  (import "foo-BAR" (func $f))
  ;; CHECK: error: import name "FOO-bar" conflicts with the name "foo-BAR" [duplicate-name]{{$}}
  (import "FOO-bar" (func))
  ;; CHECK: error: only instances have the attribute `implements`, "i1" is a func [implements-place]{{$}}
  (import "i1" (implements "a:b/c") (func))
  ;; CHECK: error: only a plain name has the attribute `implements`, "a:b/x" names an interface [implements-place]{{$}}
  (import "a:b/x" (implements "a:b/c") (instance))
  ;; CHECK: error: `implements` wants the name of an interface, found "x" [implements-place]{{$}}
  (import "i2" (implements "x") (instance))
  (import "r" (type $r (sub resource)))
  (import "[constructor]r" (func (result (own $r))))
  ;; CHECK: error: "[constructor]b": a constructor returns `(own $R)` or `(result (own $R))` [annotated-name]{{$}}
  (import "[constructor]b" (func (result u32)))
  ;; CHECK: error: "[method]r.m": the first parameter of a method is "self", a `borrow` [annotated-name]{{$}}
  (import "[method]r.m" (func (param "x" (borrow $r))))
  ;; CHECK: error: "[static]q.m": no resource "q" is named before it in the same list [annotated-name]{{$}}
  (import "[static]q.m" (func))
  (import "s" (type (sub resource)))
  ;; CHECK: error: "[method]s.m": the function is of the resource "r" [annotated-name]{{$}}
  (import "[method]s.m" (func (param "self" (borrow $r))))
  ;; CHECK: error: "[method]r.x": the function is of a resource that has no name in the same list [annotated-name]{{$}}
  (import "g" (func $g (param "self" (borrow $r))))
  (export "r" (type $r))
  (export "[method]r.x" (func $g)))
