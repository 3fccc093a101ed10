# Canonical definitions: options, core signatures, built-ins.
#
# REQUIRES: node
# RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | FileCheck %s
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | grep -c error | grep -qx 20
(component
  (core module $m
    (memory (export "mem") 1)
    (table (export "tab") 1 externref)
    (func (export "f"))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m))
  (alias core export $i "mem" (core memory $mem))
  (alias core export $i "f" (core func $f))
  (alias core export $i "realloc" (core func $realloc))
  (import "strings" (func $strings (param "s" string) (result string)))
  (import "sync" (func $sync))
  (import "r" (type $r (sub resource)))
  (core func (canon lower (func $strings) (memory $mem) (realloc $realloc)))
  ;; CHECK: error: the option `memory` is required: the result is passed through memory [option-missing]{{$}}
  (core func (canon lower (func $strings)))
  ;; CHECK: error: the option `realloc` is required: the result is passed through memory [option-missing]{{$}}
  (core func (canon lower (func $strings) (memory $mem)))
  ;; CHECK: error: `realloc` wants a core func of type (func (param i32 i32 i32 i32) (result i32)), found (func) [option-type]{{$}}
  (core func (canon lower (func $strings) (memory $mem) (realloc $f)))
  ;; CHECK: error: `realloc` requires `memory` [canon-options]{{$}}
  (core func (canon lower (func $sync) (realloc $realloc)))
  ;; CHECK: error: only `lift` takes `post-return` [canon-options]{{$}}
  (core func (canon lower (func $sync) (post-return $f)))
  ;; CHECK: error: the option `async` wants a func that is `async` [async-type]{{$}}
  (core func (canon lower (func $sync) async))
  ;; CHECK: error: `lift` wants a core func of type (func (result i32)), found (func) [lift-type]{{$}}
  (func (result u32) (canon lift (core func $f)))
  ;; CHECK: error: `callback` requires `async` [canon-options]{{$}}
  ;; CHECK: error: `callback` wants a core func of type (func (param i32 i32 i32) (result i32)), found (func) [option-type]{{$}}
  (func async (canon lift (core func $f) (callback $f)))
  ;; CHECK: error: only the component that defines a resource makes it and sees its representation; this one is imported or comes from an instance [resource-local]{{$}}
  (core func (canon resource.new $r))
  (core func (canon resource.drop $r))
  ;; CHECK: error: wanted a resource type, type 5 is a stream type [type-kind]{{$}}
  (type $s (stream string))
  (core func (canon resource.drop $s))
  ;; CHECK: error: the option `memory` is required: the elements are in memory [option-missing]{{$}}
  (core func (canon stream.write $s async))
  ;; CHECK: error: the option `realloc` is required: the elements are in memory [option-missing]{{$}}
  (core func (canon stream.read $s async (memory $mem)))
  (core func (canon stream.write $s async (memory $mem)))
  ;; CHECK: error: `task.return` takes no `realloc` [canon-options]{{$}}
  (core func (canon task.return (result string) (memory $mem) (realloc $realloc)))
  ;; CHECK: error: the option `memory` is required: the result is passed through memory [option-missing]{{$}}
  (core func (canon task.return (result string)))
  (core func (canon context.get i32 1))
  ;; CHECK: error: a context has the slots 0 and 1, found 2 [context-slot]{{$}}
  (core func (canon context.set i32 2))
  ;; CHECK: error: all context slots of a component have one type [context-slot]{{$}}
  (core func (canon context.set i64 1))
  (core type $start (func (param i32)))
  (core type $wrong (func))
  ;; CHECK: error: a thread starts with a core func of one parameter, i32 or i64, and no result [thread-type]{{$}}
  ;; CHECK: error: the table of a thread holds funcref, found externref [thread-type]{{$}}
  (alias core export $i "tab" (core table $tab))
  (core func (canon thread.new-indirect $wrong (core table $tab)))
  ;; CHECK: error: the option `memory` is required: the message is in memory [option-missing]{{$}}
  (core func (canon error-context.new)))
