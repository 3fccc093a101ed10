// RUN: meld-translate --mlir-to-wasm %s -o %t.wasm
// RUN: wasm-validate %t.wasm
// RUN: wasm-interp --run-all-exports %t.wasm | FileCheck %s
// RUN: wasm2wat %t.wasm | FileCheck %s --check-prefix=WAT

wasm.module @vectors {
  wasm.memory @m : !wasm.memory<1>
  wasm.data @text in @m offset 3 "caf\C3\A9 au lait, noir"

  // WAT: v128.load offset=3
  // WAT: i8x16.bitmask
  // CHECK: not_ascii() => i32:24
  wasm.func @not_ascii() -> i32 {
    %zero = wasm.const 0 : i32
    %v = wasm.load !wasm.v128 @m offset=3 %zero
    %r = wasm.vector i8x16_bitmask %v : (!wasm.v128) -> i32
    wasm.return %r : i32
  }
  // Units of 16 bits, and bytes again.
  // CHECK: there_and_back() => i32:6381923
  wasm.func @there_and_back() -> i32 {
    %zero = wasm.const 0 : i32
    %v = wasm.load !wasm.v128 @m offset=3 %zero
    %low = wasm.vector i16x8_extend_low_i8x16_u %v : (!wasm.v128) -> !wasm.v128
    %high = wasm.vector i16x8_extend_high_i8x16_u %v : (!wasm.v128) -> !wasm.v128
    wasm.store !wasm.v128 @m offset=100 %zero, %low
    %bytes = wasm.vector i8x16_narrow_i16x8_u %low, %high : (!wasm.v128, !wasm.v128) -> !wasm.v128
    wasm.store !wasm.v128 @m offset=200 %zero, %bytes
    %a = wasm.load i32 as u16 @m offset=102 %zero
    %b = wasm.load i32 @m offset=200 %zero
    %c = wasm.const 16 : i32
    %d = wasm.binary shl %a, %c : i32
    %mask = wasm.const 65535 : i32
    %e = wasm.binary and %b, %mask : i32
    %f = wasm.binary or %d, %e : i32
    wasm.return %f : i32
  }
  // CHECK: masked() => i32:1
  wasm.func @masked() -> i32 {
    %zero = wasm.const 0 : i32
    %bit = wasm.const 32768 : i64
    %mask = wasm.vector i64x2_splat %bit : (i64) -> !wasm.v128
    %v = wasm.load !wasm.v128 @m offset=6 %zero
    %both = wasm.vector and %v, %mask : (!wasm.v128, !wasm.v128) -> !wasm.v128
    %same = wasm.vector i16x8_eq %v, %v : (!wasm.v128, !wasm.v128) -> !wasm.v128
    %all = wasm.vector and %same, %both : (!wasm.v128, !wasm.v128) -> !wasm.v128
    %r = wasm.vector any_true %all : (!wasm.v128) -> i32
    wasm.return %r : i32
  }
  wasm.export "not_ascii" @not_ascii : () -> i32
  wasm.export "there_and_back" @there_and_back : () -> i32
  wasm.export "masked" @masked : () -> i32
}
