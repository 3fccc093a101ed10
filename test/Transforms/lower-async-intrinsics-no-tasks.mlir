// RUN: meld-opt %s --split-input-file --lower-calls --lower-tasks --lower-callbacks --lower-async-intrinsics | FileCheck %s
// RUN: meld-opt %s --split-input-file --lower-calls --lower-tasks --lower-callbacks --lower-async-intrinsics --remarks-filter=lower-async.* --remark-format=emitRemark 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// *no-tasks*: without asynchronous functions there is no current task to keep,
// and no runtime to keep it in.

// CHECK-LABEL: component.root @sync
// CHECK-NOT:   @rt.memory
// CHECK:       wasm.func @c_f(%[[A:.*]]: i32) -> i32 {
// CHECK-NEXT:    %[[R:.*]] = wasm.call @p_f(%[[A]])
// CHECK-NEXT:    wasm.return %[[R]]
// REMARK:      [Passed] frame
// REMARK-SAME: "c_f" calls "p": keeps no context slots (no-context), and no current task (no-tasks)
component.root @sync flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32) -> i32
  }
  wasm.instance @i of @m
  wasm.alias @p_f = @i "f" : (i32) -> i32
  component.lifted @f in @p = @p_f as !component.func_type<(a: u32) -> u32>
  component.lowered @c_f in @c = @f : (i32) -> i32
}

// -----

// One anywhere, and a direct call keeps the task that it may be in.

// CHECK-LABEL: component.root @tasks
// CHECK:       wasm.func @c_f(%[[A:.*]]: i32) -> i32 {
// CHECK:         %[[TASK:.*]] = wasm.load i32 @rt.memory offset=[[AT:.*]] %
// CHECK:         wasm.store i32 @rt.memory offset=[[AT]] %
// CHECK-NEXT:    %[[R:.*]] = wasm.call @p_f(%[[A]])
// CHECK:         wasm.store i32 @rt.memory offset=[[AT]] %{{.*}}, %[[TASK]]
// CHECK-NEXT:    wasm.return %[[R]]
// REMARK:      [Passed] barrier
// REMARK-SAME: no function is an exception barrier: no module has a handler (nobody-catches)
// REMARK:      [Missed] frame
// REMARK-SAME: "c_f" calls "p": keeps no context slots (no-context), and the current task (no-tasks does not hold)
component.root @tasks flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32) -> i32
    wasm.export "g" : () -> i32
    wasm.export "cb" : (i32, i32, i32) -> i32
  }
  wasm.instance @i of @m
  wasm.alias @p_f = @i "f" : (i32) -> i32
  wasm.alias @p_g = @i "g" : () -> i32
  wasm.alias @p_cb = @i "cb" : (i32, i32, i32) -> i32
  component.lifted @f in @p = @p_f as !component.func_type<(a: u32) -> u32>
  component.lifted @g in @p = @p_g as !component.func_type<async ()> async callback @p_cb
  component.lowered @c_f in @c = @f : (i32) -> i32
}
