// RUN: meld-opt %s --lower-tasks --split-input-file | FileCheck %s
// RUN: meld-opt %s --lower-tasks --split-input-file | FileCheck %s --check-prefix=CONTEXT

// CHECK-LABEL: component.root @before
// CHECK-DAG:   async_intrinsic.task.return %{{.*}} : i32 as !component.u32
// CHECK-DAG:   async_intrinsic.context.get 0 : i32
// CHECK-DAG:   async_intrinsic.context.set 1, %{{.*}} : i32
// CHECK-DAG:   async_intrinsic.waitable_set.new : i32
// CHECK-DAG:   async_intrinsic.waitable_set.poll %{{.*}}, %{{.*}} in @memory : i32
// CHECK-DAG:   async_intrinsic.waitable_set.drop
// CHECK-DAG:   async_intrinsic.waitable.join
// CHECK-DAG:   async_intrinsic.subtask.drop
// CHECK-DAG:   async_intrinsic.backpressure.inc
// CHECK-DAG:   async_intrinsic.backpressure.dec
// A guest may use its own context wherever it runs.
// CONTEXT:       wasm.func @context_get() -> i32 {
// CONTEXT-NEXT:    async_intrinsic.context.get
// So may it close and open its gate.
// CONTEXT:       wasm.func @backpressure_inc() {
// CONTEXT-NEXT:    async_intrinsic.backpressure.inc
// CONTEXT:       wasm.func @backpressure_dec() {
// CONTEXT-NEXT:    async_intrinsic.backpressure.dec
component.root @before {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  %mm = component.core_module @memory_only
  %mi = component.core_instantiate %mm
  %mem = component.core_alias core_memory %mi "mem"
  %a = component.task.return u32
  %b = component.context.get i32 0
  %c = component.context.set i32 1
  %d = component.waitable_set.new
  %e = component.waitable_set.poll memory %mem
  %f = component.waitable_set.drop
  %g = component.waitable.join
  %h = component.subtask.drop
  %i = component.backpressure.inc
  %j = component.backpressure.dec
  %env = component.core_bundle "a" = core_func %a, "b" = core_func %b, "c" = core_func %c, "d" = core_func %d, "e" = core_func %e, "f" = core_func %f, "g" = core_func %g, "h" = core_func %h, "i" = core_func %i, "j" = core_func %j
}

// -----

// An asynchronous lower becomes a function with a call. The component function
// is an import of its module: who that is, flatten finds out.

// CHECK-LABEL: component.root @lower
// CHECK:       wasm.module "private" @lower {
// CHECK-NEXT:    wasm.import @callee "" "callee" : !component.func_type<async (n: u32) -> u64>
// CHECK-NEXT:    wasm.import @memory "" "memory" : !wasm.memory<0>
// CHECK-NEXT:    wasm.func @lower(%[[N:.*]]: i32, %[[P:.*]]: i32) -> i32 {
// CHECK-NEXT:      async_intrinsic.check_may_leave
// CHECK-NEXT:      %[[S:.*]] = async_intrinsic.call @callee(%[[N]], %[[P]]) memory @memory
// CHECK-NEXT:      wasm.return %[[S]] : i32
component.root @lower {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  %mm = component.core_module @memory_only
  %mi = component.core_instantiate %mm
  %mem = component.core_alias core_memory %mi "mem"
  %ft = component.type.func async (n: u32) -> u64
  %f = component.import "f" func %ft
  %l = component.lower %f async memory %mem
  %env = component.core_bundle "f" = core_func %l
}

// -----

// After flatten an asynchronous lift becomes a task type.

// CHECK-LABEL: component.root @after flattened
// CHECK:       async_intrinsic.task_type @run in @p = @run_entry async callback @run_cb : !component.func_type<async ()>
// A function that cannot suspend is no task.
// CHECK:       component.lifted @now
component.root @after flattened {
  wasm.module @guest {
    wasm.export "run" : () -> i32
    wasm.export "now" : () -> ()
    wasm.export "cb" : (i32, i32, i32) -> i32
  }
  component.instance_of @p
  wasm.instance @p_core of @guest
  wasm.alias @run_entry = @p_core "run" : () -> i32
  wasm.alias @now_entry = @p_core "now" : () -> ()
  wasm.alias @run_cb = @p_core "cb" : (i32, i32, i32) -> i32
  component.lifted @run in @p = @run_entry as !component.func_type<async ()> async callback @run_cb
  component.lifted @now in @p = @now_entry as !component.func_type<()>
}

// -----

// Calls may wait at the gate, so the host needs a way to let them in.

// CHECK-LABEL: component.root @gate flattened
// CHECK-DAG:   async_intrinsic.backpressure.inc {instance = @p}
// CHECK-DAG:   async_intrinsic.task_type @run in @p = @run_entry
// CHECK-DAG:   async_intrinsic.trampoline @__callback
component.root @gate flattened {
  wasm.module @guest {
    wasm.export "run" : () -> ()
  }
  component.instance_of @p
  wasm.instance @p_core of @guest
  wasm.alias @run_entry = @p_core "run" : () -> ()
  component.lifted @run in @p = @run_entry as !component.func_type<async ()>
  component.canonical @inc in @p = backpressure_inc : () -> ()
}
