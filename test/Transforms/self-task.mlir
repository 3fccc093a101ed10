// RUN: meld-opt %s --lower-calls --lower-tasks --lower-values | FileCheck %s
// RUN: meld-opt %s --lower-calls --lower-tasks --lower-values --lower-async-intrinsics | FileCheck %s --check-prefix=AFTER
// RUN: meld-opt %s --lower-calls --lower-tasks --lower-values --lower-async-intrinsics --remarks-filter=lower-async.* --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// An instance whose task it calls itself. The result, a record, is read from
// core values: nothing that is written could change it.

// CHECK:       wasm.func @call_text_start(
// CHECK:         async_intrinsic.transfer %{{.*}} to @text memory @memory
// CHECK-NEXT:    async_intrinsic.enter @text(
// CHECK:       wasm.func @call_text_return(
// CHECK-NOT:     async_intrinsic.transfer
// CHECK:         wasm.return

// REMARK-NOT:  remark: {{.*}}"call_text_return": values wait
// REMARK:      remark: {{.*}}"call_text_start": values wait in the staging area between lifting and lowering, because the instance calls itself (two-instances does not hold)
// AFTER:       wasm.func @call_text_start(
// AFTER:         %[[LIFTED:.*]]:2 = wasm.call @move_string(
// AFTER-NEXT:    %[[LIST:.*]] = wasm.call @rt.stage_take(
// AFTER-NEXT:    wasm.call @move_string_{{.*}}(%[[LIFTED]]#0, %[[LIFTED]]#1)
// AFTER-NEXT:    wasm.call @rt.stage_free(%[[LIST]])
// AFTER-NEXT:    wasm.call @a_text(
component.root @r flattened {
  component.instance_of @a
  wasm.module @m {
    wasm.export "memory" : !wasm.memory<1>
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
    wasm.export "text" : (i32, i32) -> ()
  }
  wasm.instance @i of @m
  wasm.alias @memory = @i "memory" : !wasm.memory<1>
  wasm.alias @realloc = @i "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @a_text = @i "text" : (i32, i32) -> ()
  component.lifted @text in @a = @a_text as !component.func_type<async (s: string) -> record<x: u32, y: u32>> async memory @memory realloc @realloc
  component.lowered @call_text in @a = @text memory @memory async : (i32, i32, i32) -> i32
}
