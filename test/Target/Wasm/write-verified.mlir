// What is written is validated first: generated code and definitions always,
// copied bodies when that is asked for.
// RUN: rm -f %t.wasm && not meld-translate --mlir-to-wasm %s -o %t.wasm 2>&1 | FileCheck %s
// RUN: not ls %t.wasm

// CHECK: error: 'wasm.module' op would be written as a module that is not valid: a memory has at most 65536 pages, found 70000 (byte 0x{{[0-9a-f]+}}) [written-module]
wasm.module @large {
  wasm.memory @m : !wasm.memory<70000>
}
