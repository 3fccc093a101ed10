// RUN: meld-opt %s --lower-async-intrinsics --split-input-file | FileCheck %s

// A call of a task: the record holds arguments and result pointer until the
// start thunk takes them out.

// CHECK-LABEL: component.root @call
// CHECK:       wasm.func @c_f(%[[N:.*]]: i32, %[[P:.*]]: i32) -> i32 {
// CHECK-NEXT:    %[[START:.*]] = wasm.table_slot @c_f_start in @rt.table : i32
// CHECK-NEXT:    %[[RETURN:.*]] = wasm.table_slot @c_f_return in @rt.table : i32
// CHECK:         %[[CALL:.*]] = wasm.call @rt.call_new(%{{.*}}, %{{.*}}, %[[START]], %[[RETURN]])
// CHECK-NEXT:    wasm.store i32 @rt.memory offset=40 %[[CALL]], %[[P]]
// CHECK-NEXT:    wasm.store i32 @rt.memory offset=104 %[[CALL]], %[[N]]
// CHECK-NEXT:    %[[STATE:.*]] = wasm.call @rt.call_async(%[[CALL]])
// CHECK-NEXT:    wasm.return %[[STATE]]
// CHECK:       wasm.func @c_f_start(%[[CALL:.*]]: i32) {
// CHECK-NEXT:    %[[N:.*]] = wasm.load i32 @rt.memory offset=104 %[[CALL]]
// CHECK:         %[[CODE:.*]] = wasm.call @f_core(%[[N]])
// CHECK-NEXT:    %[[EVENT:.*]] = wasm.const 15 : i32
// CHECK-NEXT:    %[[NONE:.*]] = wasm.const 0 : i32
// CHECK-NEXT:    wasm.call @f_step(%[[CALL]], %[[EVENT]], %[[CODE]], %[[NONE]])
// The end moves from table to table.
// CHECK:       wasm.func @c_f_return(%[[CALL:.*]]: i32, %[[R:.*]]: i32) {
// CHECK:         %[[STREAM:.*]] = wasm.call @rt.stream_lift(%{{.*}}, %[[R]], %{{.*}})
// CHECK:         wasm.call @rt.stream_lower(%{{.*}}, %[[STREAM]])
// CHECK:       wasm.func @p_return(%[[R:.*]]: i32) {
// CHECK:         %[[CALL:.*]] = wasm.call @rt.task_return_begin(
// CHECK-NEXT:    wasm.call @rt.task_return_resolve(%[[CALL]])
// CHECK-NEXT:    %[[SLOT:.*]] = wasm.load i32 @rt.memory offset=36 %[[CALL]]
// CHECK-NEXT:    wasm.call_indirect @rt.table[%[[SLOT]]](%[[CALL]], %[[R]])
// CHECK-NEXT:    wasm.call @rt.task_return_end(%[[CALL]])
// CHECK:       wasm.func @f_step
// CHECK:         wasm.call @rt.task_wait(
// The record of the task type: instance, step, result, options, flags.
// CHECK:       wasm.elem @rt.slots in @rt.table offset 1 [@c_f_start, @c_f_return, @f_step]
// CHECK:       wasm.data @rt.records in @rt.memory offset 512 dense<[384, 3, 1, 0, 3, 0, 0, 0,
component.root @call flattened {
  wasm.module @guest {
    wasm.export "mem" : !wasm.memory<1>
    wasm.export "f" : (i32) -> i32
  }
  component.instance_of @p
  component.instance_of @c
  wasm.instance @core of @guest
  wasm.alias @f_core = @core "f" : (i32) -> i32
  wasm.alias @mem = @core "mem" : !wasm.memory<1>
  async_intrinsic.task_type @f in @p = @f_core async step @f_step : !component.func_type<async (n: u32) -> stream<u8>>
  wasm.func @c_f(%n: i32, %p: i32) -> i32 {
    %s = async_intrinsic.call @f(%n, %p) memory @mem start @c_f_start return @c_f_return {instance = @c}
      : !component.func_type<async (n: u32) -> stream<u8>>, (i32, i32) -> i32
    wasm.return %s : i32
  }
  wasm.func @c_f_start(%call: i32) {
    %n = async_intrinsic.call.arguments %call : i32
    %m = async_intrinsic.transfer %n to @f {instance = @c} : !component.u32, (i32) -> i32
    async_intrinsic.enter @f(%m) call %call : i32
    wasm.return
  }
  wasm.func @c_f_return(%call: i32, %r: i32) {
    %h = async_intrinsic.transfer %r from @f {instance = @c} : !component.stream<u8>, (i32) -> i32
    %p = async_intrinsic.call.result_pointer %call : i32
    wasm.store i32 @mem %p, %h
    wasm.return
  }
  wasm.func @p_return(%r: i32) {
    async_intrinsic.task.return %r : i32 as !component.stream<u8> {instance = @p}
    wasm.return
  }
  wasm.func @f_step(%task: i32, %event: i32, %index: i32, %payload: i32) {
    async_intrinsic.task.wait %task, %index {instance = @p}
    wasm.return
  }
}

// -----

// A task of a sync lift ends when its entry returns.

// CHECK-LABEL: component.root @sync_lift
// CHECK:       wasm.func @start(%[[CALL:.*]]: i32) {
// CHECK:         %[[R:.*]] = wasm.call @f_core()
// CHECK-NEXT:    wasm.call @rt.task_return_resolve(%[[CALL]])
// CHECK:         wasm.call_indirect @rt.table[%{{.*}}](%[[CALL]], %[[R]])
// CHECK-NEXT:    wasm.call @rt.task_return_end(%[[CALL]])
// Its post-return function may not leave.
// CHECK:         wasm.global_set @p_cannot_leave,
// CHECK-NEXT:    wasm.call @post_core(%[[R]])
// CHECK:         wasm.global_set @p_cannot_leave,
// CHECK-NEXT:    wasm.call @rt.task_exit(%[[CALL]])
// CHECK:       wasm.func @new() -> i32 {
// CHECK-NEXT:    %[[OFF:.*]] = wasm.global_get @p_cannot_leave : i32
// CHECK-NEXT:    wasm.if %[[OFF]] {
component.root @sync_lift flattened {
  wasm.module @guest {
    wasm.export "f" : () -> i32
    wasm.export "post" : (i32) -> ()
  }
  component.instance_of @p
  wasm.instance @core of @guest
  wasm.alias @f_core = @core "f" : () -> i32
  wasm.alias @post_core = @core "post" : (i32) -> ()
  async_intrinsic.task_type @f in @p = @f_core post_return @post_core : !component.func_type<async () -> u32>
  wasm.func @start(%call: i32) {
    async_intrinsic.enter @f() call %call
    wasm.return
  }
  wasm.func @new() -> i32 {
    async_intrinsic.check_may_leave @p
    %s = async_intrinsic.waitable_set.new {instance = @p} : i32
    wasm.return %s : i32
  }
}

// -----

// A call of a function of synchronous type keeps task and context of its
// caller, where somebody could tell.

// CHECK-LABEL: component.root @frame
// CHECK:       wasm.func @other_g()
// CHECK-DAG:     %[[TASK:.*]] = wasm.load i32 @rt.memory offset=16
// CHECK-DAG:     %[[SLOT0:.*]] = wasm.load i64 @rt.memory offset=24
// CHECK-DAG:     %[[SLOT1:.*]] = wasm.load i64 @rt.memory offset=32
// CHECK:         wasm.call @f_core()
// CHECK-DAG:     wasm.store i32 @rt.memory offset=16 %{{.*}}, %[[TASK]]
// CHECK-DAG:     wasm.store i64 @rt.memory offset=24 %{{.*}}, %[[SLOT0]]
// CHECK-DAG:     wasm.store i64 @rt.memory offset=32 %{{.*}}, %[[SLOT1]]
// CHECK:       wasm.func @c_f()
// CHECK-NOT:     wasm.load i64
// CHECK:         wasm.call @f_core()
// CHECK-NOT:     wasm.store i64
component.root @frame flattened {
  wasm.module @guest {
    wasm.export "f" : () -> ()
  }
  component.instance_of @p
  component.instance_of @c
  component.instance_of @other
  wasm.instance @core of @guest
  wasm.alias @f_core = @core "f" : () -> ()
  async_intrinsic.task_type @task in @c = @f_core async : !component.func_type<async ()>
  component.lifted @f in @p = @f_core as !component.func_type<()>
  component.lifted @g in @c = @f_core as !component.func_type<()>
  wasm.func @other_g() {
    async_intrinsic.call_direct @g() {instance = @other} : !component.func_type<()>, () -> ()
    wasm.return
  }
  wasm.func @c_f() {
    async_intrinsic.call_direct @f() {instance = @c} : !component.func_type<()>, () -> ()
    wasm.return
  }
  wasm.func @get() -> i32 {
    %v = async_intrinsic.context.get 0 {instance = @c} : i32
    wasm.return %v : i32
  }
}

// -----

// A caller that waits takes the result out of the record of the call.

// CHECK-LABEL: component.root @waits
// CHECK:       wasm.func @c_f(%[[N:.*]]: i32) -> i32 {
// CHECK:         %[[CALL:.*]] = wasm.call @rt.call_new(
// CHECK-NEXT:    wasm.store i32 @rt.memory offset=104 %[[CALL]], %[[N]]
// CHECK-NEXT:    wasm.call @rt.call_sync(%[[CALL]])
// CHECK-NEXT:    %[[R:.*]] = wasm.load i32 @rt.memory offset=104 %[[CALL]]
// CHECK-NEXT:    wasm.call @rt.call_end(%[[CALL]])
// CHECK-NEXT:    wasm.return %[[R]]
// CHECK:       wasm.func @c_f_return(%[[CALL:.*]]: i32, %[[R:.*]]: i32) {
// CHECK:         wasm.store i32 @rt.memory offset=104 %[[CALL]], %[[R]]
// The host has the result at once, or it is a trap.
// CHECK:       wasm.func @c_h() -> i32 {
// CHECK:         %[[ANSWER:.*]] = wasm.call @h_import(
// CHECK:         %[[LATER:.*]] = wasm.test eqz %[[ANSWER]]
// CHECK-NEXT:    wasm.if %[[LATER]] {
// CHECK-NEXT:      wasm.call @rt.cannot_block()
component.root @waits flattened {
  wasm.module @guest {
    wasm.export "f" : (i32) -> i32
  }
  component.instance_of @p
  component.instance_of @c
  component.host_func @h "" "h" : !component.func_type<async () -> u32>
  wasm.instance @core of @guest
  wasm.alias @f_core = @core "f" : (i32) -> i32
  async_intrinsic.task_type @f in @p = @f_core : !component.func_type<async (n: u32) -> u32>
  wasm.func @c_f(%n: i32) -> i32 {
    %r = async_intrinsic.call_sync @f(%n) start @c_f_start return @c_f_return {instance = @c}
      : !component.func_type<async (n: u32) -> u32>, (i32) -> i32
    wasm.return %r : i32
  }
  wasm.func @c_f_start(%call: i32) {
    %n = async_intrinsic.call.arguments %call : i32
    async_intrinsic.enter @f(%n) call %call : i32
    wasm.return
  }
  wasm.func @c_f_return(%call: i32, %r: i32) {
    async_intrinsic.call.set_result %call, %r : i32
    wasm.return
  }
  wasm.func @c_h() -> i32 {
    %r = async_intrinsic.call_sync @h() start @c_f_start return @c_f_return {instance = @c}
      : !component.func_type<async () -> u32>, () -> i32
    wasm.return %r : i32
  }
}

// -----

// A call without the operands that its type wants, and an entry without the
// code that its step wants, stay.

// CHECK-LABEL: component.root @malformed
// CHECK:       async_intrinsic.call @f()
// CHECK:       async_intrinsic.enter @f()
component.root @malformed flattened {
  wasm.module @guest {
    wasm.export "f" : () -> ()
  }
  component.instance_of @p
  wasm.instance @core of @guest
  wasm.alias @f_core = @core "f" : () -> ()
  async_intrinsic.task_type @f in @p = @f_core async step @step : !component.func_type<async () -> u32>
  wasm.func @step(%task: i32, %event: i32, %index: i32, %payload: i32) {
    wasm.return
  }
  wasm.func @call() -> i32 {
    %s = async_intrinsic.call @f() start @start return @start {instance = @p} : !component.func_type<async () -> u32>, () -> i32
    wasm.return %s : i32
  }
  wasm.func @start(%call: i32) {
    async_intrinsic.enter @f() call %call
    wasm.return
  }
}
