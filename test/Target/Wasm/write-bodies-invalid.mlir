// RUN: not meld-translate --mlir-to-wasm --split-input-file %s -o %t.wasm 2>&1 | FileCheck %s

// The body of the function goes on after its end.
// CHECK: error: the body goes on after its last `end` (byte 0x19 of the module) [size-mismatch]
wasm.module @longer {
  wasm.module "private" @guest bytes <longer> {
  }
  wasm.space @g of @guest types [() -> ()]
  wasm.bytes @f : () -> () = body 0 of @g
}

{-#
  dialect_resources: {
    wasm: {
      longer: "0x010000000061736d01000000010401600000030201000a06010400010b0b"
    }
  }
#-}

// -----

// The body has an opcode that no instruction has.
// CHECK: error: no instruction has the opcode 0xff (byte 0x18 of the module) [unknown-opcode]
wasm.module @unknown {
  wasm.module "private" @guest bytes <unknown> {
  }
  wasm.space @g of @guest types [() -> ()]
  wasm.bytes @f : () -> () = body 0 of @g
}

{-#
  dialect_resources: {
    wasm: {
      unknown: "0x010000000061736d01000000010401600000030201000a0601040001ff0b"
    }
  }
#-}

// -----

// Globals that are equal to each other in a circle, and a table to them.
// CHECK: error: 'wasm.table' op has an initial value that depends on a global of another instance and is not equal to one of its initializers [unsupported-feature]
wasm.module @circle {
  wasm.module "private" @guest bytes <circle> {
  }
  wasm.table @t : !wasm.table<1, funcref> = body 0 of @g
  wasm.global @a : !wasm.global<funcref> = body 0 of @g
  wasm.space @g of @guest tables [@t] globals [@a, @a]
}

{-#
  dialect_resources: {
    wasm: {
      circle: "0x010000000061736d01000000020701000167037000040901400070000123000b060601700023000b"
    }
  }
#-}
