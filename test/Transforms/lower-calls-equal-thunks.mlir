// RUN: meld-opt %s --lower-calls | FileCheck %s

// Thunks that would be equal are made once: those of a synchronous and an
// asynchronous lower, where the result goes to memory. Another instance, and
// other options, have others; so has a result that is a core value for one.
// CHECK-LABEL: component.root @r flattened
// CHECK:         wasm.func @now_start
// CHECK:         wasm.func @now_return
// CHECK:         async_intrinsic.call_sync @text({{.*}}) start @now_start return @now_return
// CHECK-NOT:     wasm.func @later_
// CHECK:         component.lowered @later in @c = @text {{.*}}start @now_start return @now_return
// CHECK:         wasm.func @utf16_start
// CHECK:         wasm.func @utf16_return
// CHECK:         wasm.func @number_start
// CHECK:         wasm.func @number_return
// CHECK-NOT:     wasm.func @number_later_start
// CHECK:         wasm.func @number_later_return
// CHECK:         component.lowered @number_later in @c = @count {{.*}}start @number_start return @number_later_return
component.root @r flattened {
  component.instance_of @c
  component.instance_of @p
  component.host_func @text "" "text" : !component.func_type<async (a: string) -> string>
  component.host_func @count "" "count" : !component.func_type<async (a: u32) -> u32>
  wasm.import @mem "" "mem" : !wasm.memory<1>
  wasm.import @realloc "" "realloc" : (i32, i32, i32, i32) -> i32
  component.lowered @now in @c = @text memory @mem realloc @realloc : (i32, i32, i32) -> ()
  component.lowered @later in @c = @text async memory @mem realloc @realloc : (i32, i32, i32) -> i32
  component.lowered @utf16 in @c = @text async memory @mem realloc @realloc string_encoding utf16 : (i32, i32, i32) -> i32
  component.lowered @number in @c = @count memory @mem : (i32) -> i32
  component.lowered @number_later in @c = @count async memory @mem : (i32, i32) -> i32
}
