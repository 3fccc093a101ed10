// The examples of the dialect's page are valid.
// RUN: sed -n '/^```mlir/,/^```/p' %S/../../../docs/dialects/Wasm.md | sed '/^```/d' > %t.mlir
// RUN: meld-opt %t.mlir | FileCheck %s

// CHECK: wasm.module @producer
// CHECK: wasm.func @count
