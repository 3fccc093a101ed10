// RUN: split-file %s %t
// RUN: wat2wasm %t/guest.wat -o %t/guest.wasm
// RUN: meld-translate --wasm-to-mlir %t/guest.wasm -o %t/guest.mlir
// RUN: FileCheck %s < %t/guest.mlir
// The bytes come back as they were.
// RUN: meld-translate --mlir-to-wasm %t/guest.mlir | cmp - %t/guest.wasm
// RUN: meld-opt %t/guest.mlir --emit-bytecode -o %t/guest.mlirbc
// RUN: meld-translate --mlir-to-wasm %t/guest.mlirbc | cmp - %t/guest.wasm
// RUN: head -c 9 %t/guest.wasm > %t/cut.wasm
// RUN: not meld-translate --wasm-to-mlir %t/cut.wasm 2>&1 | FileCheck %s --check-prefix=CUT

// CHECK: wasm.module @guest bytes <guest.wasm> {
// CHECK-NEXT: wasm.import "env" "memory" : !wasm.memory<1, 2>
// CHECK-NEXT: wasm.import "env" "log" : (i32) -> ()
// CHECK-NEXT: wasm.export "twice" : (i32) -> i32
// CHECK-NEXT: }

// CUT: cut.wasm{{.*}}0x9{{.*}}[unexpected-end]

//--- guest.wat
(module
  (import "env" "memory" (memory 1 2))
  (import "env" "log" (func (param i32)))
  (func (export "twice") (param i32) (result i32)
    local.get 0
    local.get 0
    i32.add))
