# The memory of canonical definitions: when it is needed, and which one it is.
# `lower ... async` needs one where a parameter or the result is in it.
#
# REQUIRES: node
# RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | FileCheck %s
# RUN: not meld-translate --component-to-mlir %t.wasm 2>&1 | grep -c error | grep -qx 6
(component
  (core module $m
    (memory (export "shared") 1 1 shared)
    (func (export "f") (result i32) unreachable))
  (core instance $i (instantiate $m))
  (alias core export $i "shared" (core memory $shared))
  (alias core export $i "f" (core func $f))
  ;; CHECK: error: `memory` wants a memory that is not shared [option-type]{{$}}
  (func (result string) (canon lift (core func $f) (memory $shared)))
  ;; CHECK: error: `memory` wants a memory that is not shared [option-type]{{$}}
  (core func (canon waitable-set.wait (memory $shared)))
  (import "nothing" (func $nothing async))
  (core func (canon lower (func $nothing) async))
  (import "four" (func $four async (param "a" u8) (param "b" u8) (param "c" u8) (param "d" f64)))
  (core func (canon lower (func $four) async))
  ;; CHECK: error: the option `memory` is required: a parameter is passed through memory [option-missing]{{$}}
  (import "five" (func $five async (param "a" u8) (param "b" u8) (param "c" u8) (param "d" u8) (param "e" u8)))
  (core func (canon lower (func $five) async))
  ;; CHECK: error: the option `memory` is required: a parameter is passed through memory [option-missing]{{$}}
  (import "text" (func $text async (param "a" string)))
  (core func (canon lower (func $text) async))
  ;; CHECK: error: the option `memory` is required: the result is passed through memory [option-missing]{{$}}
  (import "number" (func $number async (result u8)))
  (core func (canon lower (func $number) async))
  ;; CHECK: error: the option `memory` is required: the result is passed through memory [option-missing]{{$}}
  (import "string" (func $string async (result string)))
  (core func (canon lower (func $string) async)))
