// RUN: meld-opt %s --lower-async-intrinsics --split-input-file | FileCheck %s

// An export of asynchronous type: `[start]run` makes a call of the host's, runs
// what is ready, and says the number of the task, or 0 if it has resolved.

// CHECK-LABEL: component.root @export
// CHECK-DAG:   wasm.import @host.task_result "pulseengine:async" "task_result" : (i32, i32) -> ()
// CHECK-DAG:   wasm.import @host.schedule "pulseengine:async" "schedule" : () -> ()
// CHECK:       wasm.func @start_run(%[[CALL:.*]]: i32) {
// CHECK:         %[[CODE:.*]] = wasm.call @run_core(
// CHECK:         wasm.call @run_step(%[[CALL]], %{{.*}}, %[[CODE]], %{{.*}})
// CHECK:       wasm.func @result_run(%[[CALL:.*]]: i32, %[[R:.*]]: i64) {
// CHECK:         wasm.store i64 @rt.memory %[[AT:.*]], %[[R]]
// CHECK:         %[[NUMBER:.*]] = wasm.select
// CHECK:         wasm.call @host.task_result(%[[NUMBER]], %[[AT]])
// CHECK:       wasm.func @export_run(%[[N:.*]]: i32) -> i32 {
// CHECK:         wasm.global_set @entered,
// CHECK:         %[[CALL:.*]] = wasm.call @rt.call_new(
// CHECK:         %[[TASK:.*]] = wasm.call @rt.call_host(%[[CALL]])
// CHECK:         %[[ANSWER:.*]] = wasm.call @started(%{{.*}}, %[[CALL]], %[[TASK]])
// CHECK:         wasm.global_set @entered,
// CHECK:         wasm.return %[[ANSWER]]
// CHECK:       wasm.export "[start]ns:p/i#run" @export_run : (i32) -> i32
// CHECK:       wasm.func @__callback(
// CHECK:         wasm.call @turns(
// CHECK:       wasm.export "__callback" @__callback
// CHECK:       wasm.export "__memory0" @rt.memory
// CHECK:       wasm.custom "meld.abi"
// CHECK-SAME:    \22core\22:\22[start]ns:p/i#run\22
// CHECK-SAME:    \22memories\22:[\22__memory0\22],\22staging\22:0
component.root @export flattened {
  wasm.module @guest {
    wasm.export "run" : (i32) -> i32
  }
  component.instance_of @p
  wasm.instance @core of @guest
  wasm.alias @run_core = @core "run" : (i32) -> i32
  async_intrinsic.task_type @run in @p = @run_core async step @run_step : !component.func_type<async (n: u32) -> u64>
  wasm.func @run_step(%task: i32, %event: i32, %index: i32, %payload: i32) {
    async_intrinsic.task.yield %task {instance = @p}
    wasm.return
  }
  component.export_func "ns:p/i#run" @run
  async_intrinsic.trampoline @__callback
}

// -----

// An import of asynchronous type: the host writes the result into the record of
// the call, and says 1, or calls `__resolve` later. A function of the host has
// no start thunk.

// CHECK-LABEL: component.root @import
// CHECK:       wasm.import @h_import "ns:p/i" "[call]h" : (i32, i32, i32) -> i32
// CHECK:       wasm.func @c_h(%[[N:.*]]: i32, %[[P:.*]]: i32) -> i32 {
// CHECK:         %[[CALL:.*]] = wasm.call @rt.call_new(
// CHECK-NEXT:    wasm.store i32 @rt.memory offset=40 %[[CALL]], %[[P]]
// CHECK-NEXT:    %[[NUMBER:.*]] = wasm.call @rt.import_begin(%[[CALL]])
// CHECK:         %[[AT:.*]] = wasm.binary add %[[CALL]],
// CHECK:         %[[ANSWER:.*]] = wasm.call @h_import(%[[N]], %[[AT]], %[[NUMBER]])
// CHECK:         wasm.if %[[ANSWER]] {
// CHECK-NEXT:      wasm.call @c_h_return_resolve(%[[CALL]])
// CHECK:         wasm.call @rt.import_end(%[[CALL]], %[[ANSWER]])
// CHECK-NOT:   wasm.func @c_h_start
// CHECK:       wasm.func @c_h_return_resolve(%[[CALL:.*]]: i32) {
// CHECK-NEXT:    %[[R:.*]] = wasm.load i32 as u8 @rt.memory offset=104 %[[CALL]]
// CHECK-NEXT:    wasm.call @c_h_return(%[[CALL]], %[[R]])
// CHECK:       wasm.func @resolve(%[[NUMBER:.*]]: i32) {
// CHECK:         %[[CALL:.*]] = wasm.call @rt.import_resolve(%{{.*}}, %[[NUMBER]])
// CHECK:         wasm.call_indirect @rt.table[%{{.*}}](%[[CALL]])
// CHECK-NEXT:    wasm.call @rt.import_resolved(%[[CALL]])
// CHECK:       wasm.export "__resolve" @resolve
component.root @import flattened {
  wasm.module @guest {
    wasm.export "mem" : !wasm.memory<1>
  }
  component.instance_of @c
  component.host_func @h "ns:p/i" "h" : !component.func_type<async (n: u32) -> u8>
  wasm.instance @core of @guest
  wasm.alias @mem = @core "mem" : !wasm.memory<1>
  wasm.func @c_h(%n: i32, %p: i32) -> i32 {
    %s = async_intrinsic.call @h(%n, %p) memory @mem start @c_h_start return @c_h_return {instance = @c}
      : !component.func_type<async (n: u32) -> u8>, (i32, i32) -> i32
    wasm.return %s : i32
  }
  wasm.func @c_h_start(%call: i32) {
    %n = async_intrinsic.call.arguments %call : i32
    async_intrinsic.enter @h(%n) call %call : i32
    wasm.return
  }
  wasm.func @c_h_return(%call: i32, %r: i32) {
    %v = async_intrinsic.transfer %r from @h {instance = @c} : !component.u8, (i32) -> i32
    %p = async_intrinsic.call.result_pointer %call : i32
    wasm.store i32 as u8 @mem %p, %v
    wasm.return
  }
}
