// RUN: meld-opt %s --lower-futures --split-input-file | FileCheck %s

// A future is copied as one element.

// CHECK-LABEL: component.root @before
// CHECK:       wasm.module "private" @future_new {
// CHECK:         async_intrinsic.future.new : !component.future<u32> -> i64
// CHECK:       wasm.module "private" @future_read {
// CHECK-NEXT:    wasm.import @memory "" "memory" : !wasm.memory<0>
// CHECK-NEXT:    wasm.func @future_read(%[[H:.*]]: i32, %[[P:.*]]: i32) -> i32 {
// CHECK-NEXT:      async_intrinsic.check_may_leave
// CHECK-NEXT:      %[[ONE:.*]] = wasm.const 1 : i32
// CHECK-NEXT:      %[[B:.*]] = async_intrinsic.buffer %[[P]], %[[ONE]] in @memory : !async_intrinsic.buffer<!component.u32>
// CHECK-NEXT:      %[[R:.*]] = async_intrinsic.future.read %[[H]], %[[B]] : !component.future<u32>
// CHECK-NEXT:      wasm.return %[[R]] : i32
// CHECK:       wasm.module "private" @future_write {
// CHECK:         async_intrinsic.buffer %{{.*}}, %{{.*}} : !async_intrinsic.buffer<none>
// CHECK:         async_intrinsic.future.write %{{.*}}, %{{.*}} sync : !component.future<none>
// CHECK:       async_intrinsic.future.cancel_read %{{.*}} : !component.future<u32> -> i32
// CHECK:       async_intrinsic.future.cancel_write %{{.*}} sync : !component.future<u32> -> i32
// CHECK:       async_intrinsic.future.drop_readable %{{.*}} : !component.future<u32>
// CHECK:       async_intrinsic.future.drop_writable %{{.*}} : !component.future<u32>
component.root @before {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  %mm = component.core_module @memory_only
  %mi = component.core_instantiate %mm
  %mem = component.core_alias core_memory %mi "mem"
  %ft = component.type.future u32
  %none = component.type.future none
  %new = component.future.new %ft
  %read = component.future.read %ft async memory %mem
  %write = component.future.write %none
  %cr = component.future.cancel_read %ft async
  %cw = component.future.cancel_write %ft
  %dr = component.future.drop_readable %ft
  %dw = component.future.drop_writable %ft
  %env = component.core_bundle "new" = core_func %new, "read" = core_func %read, "write" = core_func %write, "cr" = core_func %cr, "cw" = core_func %cw, "dr" = core_func %dr, "dw" = core_func %dw
}

// -----

// CHECK-LABEL: component.root @after flattened
// CHECK:       wasm.func @p_write(%{{.*}}: i32, %{{.*}}: i32) -> i32 {
// CHECK-NEXT:    async_intrinsic.check_may_leave @p
// CHECK:         async_intrinsic.future.write %{{.*}}, %{{.*}} {instance = @p}
component.root @after flattened {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  component.instance_of @p
  wasm.instance @p_memory of @memory_only
  wasm.alias @p_mem = @p_memory "mem" : !wasm.memory<1>
  component.canonical @p_write in @p = future_write !component.future<u8> async memory @p_mem : (i32, i32) -> i32
}
