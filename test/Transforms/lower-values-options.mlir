// RUN: meld-opt %s --lower-calls --lower-values | FileCheck %s
// RUN: meld-opt %s --set-target=simd=on --lower-calls --lower-values | FileCheck %s --check-prefix=SIMD
// RUN: meld-opt %s --set-target=adapters=small --lower-calls --lower-values | FileCheck %s --check-prefix=SMALL
// RUN: meld-opt %s --lower-calls --lower-values=inline-parts=2 | FileCheck %s --check-prefix=PARTS

// Options change how values are moved: loops over text, and what is written
// where it runs. What no guest has values of, v128, is left alone by default.

// CHECK-LABEL: wasm.func @c_f(
// CHECK-NOT:     wasm.call @move(
// CHECK-NOT:     v128
// CHECK-LABEL: wasm.func @check_utf8(
// CHECK-COUNT-4: wasm.load i64
// CHECK:         wasm.load i64
// CHECK:         wasm.load i32 as u8
// CHECK-NOT:     v128

// SIMD-LABEL:  wasm.func @check_utf8(
// SIMD-COUNT-4:  wasm.load !wasm.v128
// SIMD:          wasm.vector i8x16_bitmask
// SIMD:          wasm.load !wasm.v128
// SIMD:          wasm.load i32 as u8

// SMALL-LABEL: wasm.func @c_f(
// SMALL:         wasm.call @move(
// SMALL-LABEL: wasm.func @check_utf8(
// SMALL-COUNT-1: wasm.load i64
// SMALL-NOT:     wasm.load i64 @c_mem offset=8
// SMALL:         wasm.return

// PARTS-LABEL: wasm.func @c_f(
// PARTS:         wasm.call @move(
// PARTS:         wasm.call @move_1(
component.root @r flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> ()
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.instance @ci of @m
  wasm.instance @i of @m
  wasm.alias @c_mem = @ci "mem" : !wasm.memory<1>
  wasm.alias @p_mem = @i "mem" : !wasm.memory<1>
  wasm.alias @p_realloc = @i "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @p_f = @i "f" : (i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> ()
  component.lifted @f in @p = @p_f as !component.func_type<(s: string, a: record<a: u8, b: bool, c: char, d: u8, e: bool>, b: tuple<bool, char, u8>)> memory @p_mem realloc @p_realloc
  component.lowered @c_f in @c = @f memory @c_mem : (i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> ()
}
