// The same module gives the same bytes, also after a way through text and
// bytecode; nothing is written when something is refused.
// RUN: meld-translate --mlir-to-wasm %s -o %t.1.wasm
// RUN: meld-opt %s | meld-translate --mlir-to-wasm -o %t.2.wasm
// RUN: meld-opt %s --emit-bytecode | meld-translate --mlir-to-wasm -o %t.3.wasm
// RUN: cmp %t.1.wasm %t.2.wasm
// RUN: cmp %t.1.wasm %t.3.wasm
// RUN: sed 's/wasm.start @f/wasm.start @f wasm.start @f/' %s > %t.mlir
// RUN: rm -f %t.none
// RUN: not meld-translate --mlir-to-wasm %t.mlir -o %t.none 2>&1 | FileCheck %s
// RUN: not ls %t.none
// CHECK: error: 'wasm.start' op is the second start function [not-writable]

wasm.module @m {
  wasm.memory @a : !wasm.memory<1>
  wasm.memory @b : !wasm.memory<1>
  wasm.func @f() {
    %p = wasm.const 8 : i32
    %v = wasm.load i64 @b offset=16 %p
    wasm.store i64 @a %p, %v
    wasm.return
  }
  wasm.start @f
}
