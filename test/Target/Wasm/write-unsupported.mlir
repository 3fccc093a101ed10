// RUN: not meld-translate --mlir-to-wasm --split-input-file %s 2>&1 | FileCheck %s

// CHECK: error: 'wasm.instance' op cannot be written: it has to be lowered first [not-writable]
wasm.module @instances {
  wasm.module "private" @inner {
  }
  wasm.instance @i of @inner
}

// -----

// CHECK: error: 'wasm.export' op names nothing in the module [not-writable]
wasm.module @declared {
  wasm.export "f" : () -> ()
}

// -----

// CHECK: error: 'wasm.table_slot' op wants the slot of "f", which has none in "t" [not-writable]
wasm.module @no_slot {
  wasm.table @t : !wasm.table<1, funcref>
  wasm.func @f() -> i32 {
    %slot = wasm.table_slot @f in @t : i32
    wasm.return %slot : i32
  }
}

// -----

// CHECK: error: 'wasm.module' op has lost its bytes: they were elided [not-writable]
wasm.module @elided bytes <gone> {
}

// -----

// CHECK: error: 'builtin.module' op has 2 modules at the top, wants one [not-writable]
wasm.module @a {
}
wasm.module @b {
}
