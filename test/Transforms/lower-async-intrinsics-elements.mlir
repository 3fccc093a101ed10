// RUN: meld-opt %s --lower-async-intrinsics | FileCheck %s

// Elements that are not the same bytes on both sides are moved one by one, by
// the same code as the values of calls. Streams and futures share it.

// CHECK-LABEL: component.root @r flattened
// CHECK:       wasm.func @copy_string_p_mem_c_mem(%{{.*}}: i32, %{{.*}}: i32, %[[BYTES:.*]]: i32) {
// CHECK:         wasm.binary div_u %[[BYTES]],
// CHECK:         wasm.loop
// CHECK:           wasm.call @move_string
// CHECK-NOT:   wasm.func @copy_string_p_mem
// CHECK:       wasm.elem @rt.slots in @rt.table offset 2 [@copy_string_p_mem_c_mem]
component.root @r flattened {
  wasm.module @libc {
    wasm.export "mem" : !wasm.memory<1>
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
  }
  component.instance_of @p
  component.instance_of @c
  wasm.instance @p_core of @libc
  wasm.instance @c_core of @libc
  wasm.alias @p_mem = @p_core "mem" : !wasm.memory<1>
  wasm.alias @c_mem = @c_core "mem" : !wasm.memory<1>
  wasm.alias @c_realloc = @c_core "realloc" : (i32, i32, i32, i32) -> i32
  wasm.func @p_write(%h: i32, %p: i32, %n: i32) -> i32 {
    %b = async_intrinsic.buffer %p, %n in @p_mem : !async_intrinsic.buffer<!component.string>
    %r = async_intrinsic.stream.write %h, %b {instance = @p} : !component.stream<string>, !async_intrinsic.buffer<!component.string> -> i32
    wasm.return %r : i32
  }
  wasm.func @c_read(%h: i32, %p: i32, %n: i32) -> i32 {
    %b = async_intrinsic.buffer %p, %n in @c_mem realloc @c_realloc : !async_intrinsic.buffer<!component.string>
    %r = async_intrinsic.stream.read %h, %b {instance = @c} : !component.stream<string>, !async_intrinsic.buffer<!component.string> -> i32
    wasm.return %r : i32
  }
  wasm.func @p_set(%h: i32, %p: i32) -> i32 {
    %one = wasm.const 1 : i32
    %b = async_intrinsic.buffer %p, %one in @p_mem : !async_intrinsic.buffer<!component.string>
    %r = async_intrinsic.future.write %h, %b {instance = @p} : !component.future<string>, !async_intrinsic.buffer<!component.string> -> i32
    wasm.return %r : i32
  }
  wasm.func @c_get(%h: i32, %p: i32) -> i32 {
    %one = wasm.const 1 : i32
    %b = async_intrinsic.buffer %p, %one in @c_mem realloc @c_realloc : !async_intrinsic.buffer<!component.string>
    %r = async_intrinsic.future.read %h, %b {instance = @c} : !component.future<string>, !async_intrinsic.buffer<!component.string> -> i32
    wasm.return %r : i32
  }
}
