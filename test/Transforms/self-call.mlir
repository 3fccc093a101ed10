// RUN: meld-opt %s --lower-calls --lower-values | FileCheck %s
// RUN: meld-opt %s --lower-calls --lower-values --lower-async-intrinsics | FileCheck %s --check-prefix=AFTER
// RUN: meld-opt %s --lower-calls --lower-values --lower-async-intrinsics --remarks-filter=lower-async.* --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// An instance that calls itself: numbers go as they are, all else waits for
// --lower-async-intrinsics, which has a place for it.

// CHECK:       wasm.func @call_number(
// CHECK-NEXT:    check_may_leave
// CHECK-NEXT:    async_intrinsic.call_entry @number
// CHECK:       wasm.func @call_text(
// CHECK-NEXT:    check_may_leave
// CHECK-NEXT:    async_intrinsic.call_direct @text(

// REMARK-NOT:  remark: {{.*}}"call_number": values wait
// REMARK:      remark: {{.*}}"call_text": values wait in the staging area between lifting and lowering, because the instance calls itself (two-instances does not hold)
// REMARK:      remark: {{.*}}string from "a" to the staging area
// REMARK:      remark: {{.*}}string from the staging area to "a"
// AFTER:       wasm.func @call_text(
// AFTER:         %[[LIFTED:.*]]:2 = wasm.call @move_string(
// AFTER-NEXT:    %[[LIST:.*]] = wasm.call @rt.stage_take(
// AFTER-NEXT:    wasm.call @move_string_{{.*}}(%[[LIFTED]]#0, %[[LIFTED]]#1)
// AFTER-NEXT:    wasm.call @rt.stage_free(%[[LIST]])
// AFTER-NEXT:    wasm.call @a_text(
// AFTER-NEXT:    wasm.return
component.root @r flattened {
  component.instance_of @a
  wasm.module @m {
    wasm.export "memory" : !wasm.memory<1>
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
    wasm.export "text" : (i32, i32) -> ()
    wasm.export "number" : (i32) -> i32
  }
  wasm.instance @i of @m
  wasm.alias @memory = @i "memory" : !wasm.memory<1>
  wasm.alias @realloc = @i "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @a_text = @i "text" : (i32, i32) -> ()
  wasm.alias @a_number = @i "number" : (i32) -> i32
  component.lifted @number in @a = @a_number as !component.func_type<(n: u32) -> u32>
  component.lifted @text in @a = @a_text as !component.func_type<(s: string)> memory @memory realloc @realloc
  component.lowered @call_number in @a = @number : (i32) -> i32
  component.lowered @call_text in @a = @text memory @memory : (i32, i32) -> ()
}
