// RUN: meld-opt %s --lower-callbacks --split-input-file | FileCheck %s

// A callback lift before flatten: the step function is a generated module that
// imports the callback, and stands in the lift where the callback stood.

// CHECK-LABEL: component.root @before
// CHECK:       wasm.module "private" @step {
// CHECK:         wasm.import @callback "" "callback" : (i32, i32, i32) -> i32
// CHECK:         wasm.func @step(%[[TASK:.*]]: i32, %[[EVENT:.*]]: i32, %[[P1:.*]]: i32, %[[P2:.*]]: i32) {
// The entry has run already when the event is START; its code is the payload.
// CHECK:           %[[PACKED:.*]] = wasm.if %{{.*}} -> i32 {
// CHECK:             wasm.yield %[[P1]] : i32
// CHECK:           } else {
// CHECK:             %[[R:.*]] = wasm.call @callback(%[[EVENT]], %[[P1]], %[[P2]])
// CHECK:             wasm.yield %[[R]] : i32
// CHECK:           %[[CODE:.*]] = wasm.binary and %[[PACKED]],
// CHECK:           async_intrinsic.task.exit %[[TASK]]
// CHECK:           async_intrinsic.task.yield %[[TASK]]
// CHECK:           %[[SET:.*]] = wasm.binary shr_u %[[PACKED]],
// CHECK:           async_intrinsic.task.wait %[[TASK]], %[[SET]]
// CHECK:           async_intrinsic.trap "UnsupportedCallbackCode"
// CHECK:         wasm.export "step" @step
// CHECK:       %[[CB:.*]] = component.core_alias core_func %{{.*}} "cb"
// CHECK:       %[[B:.*]] = component.core_bundle "callback" = core_func %[[CB]]
// CHECK:       %[[I:.*]] = component.core_instantiate %{{.*}} with "" = %[[B]]
// CHECK:       %[[STEP:.*]] = component.core_alias core_func %[[I]] "step"
// CHECK:       component.lift %{{.*}} as %{{.*}} async step %[[STEP]]
// CHECK:       async_intrinsic.trampoline @__callback
component.root @before {
  wasm.module @guest {
    wasm.export "run" : () -> i32
    wasm.export "cb" : (i32, i32, i32) -> i32
  }
  %ft = component.type.func async ()
  %m = component.core_module @guest
  %i = component.core_instantiate %m
  %f = component.core_alias core_func %i "run"
  %cb = component.core_alias core_func %i "cb"
  %run = component.lift %f as %ft async callback %cb
  %e = component.export "run" func %run
}

// -----

// After flatten the function stands in the root at once, and knows its
// instance; a lift that is a task type already is treated alike.

// CHECK-LABEL: component.root @after flattened
// CHECK:       wasm.func @run_step
// CHECK:         wasm.call @run_cb(
// CHECK:         async_intrinsic.task.exit %{{.*}} {instance = @p}
// CHECK:       component.lifted @run in @p = @run_entry as {{.*}} async step @run_step
// CHECK:       wasm.func @again_step
// CHECK:       async_intrinsic.task_type @again in @p = @run_entry async step @again_step
// One trampoline, however many callbacks.
// CHECK:       async_intrinsic.trampoline @__callback
// CHECK-NOT:   async_intrinsic.trampoline
component.root @after flattened {
  wasm.module @guest {
    wasm.export "run" : () -> i32
    wasm.export "cb" : (i32, i32, i32) -> i32
  }
  component.instance_of @p
  wasm.instance @p_core of @guest
  wasm.alias @run_entry = @p_core "run" : () -> i32
  wasm.alias @run_cb = @p_core "cb" : (i32, i32, i32) -> i32
  component.lifted @run in @p = @run_entry as !component.func_type<async ()> async callback @run_cb
  async_intrinsic.task_type @again in @p = @run_entry async callback @run_cb : !component.func_type<async ()>
  component.export_func "run" @run
}

// -----

// Something else may be called as the trampoline is.

// CHECK-LABEL: component.root @taken
// CHECK:       async_intrinsic.trampoline @__callback_0
component.root @taken flattened {
  wasm.module @__callback {
    wasm.export "run" : () -> i32
    wasm.export "cb" : (i32, i32, i32) -> i32
  }
  component.instance_of @p
  wasm.instance @p_core of @__callback
  wasm.alias @run_entry = @p_core "run" : () -> i32
  wasm.alias @run_cb = @p_core "cb" : (i32, i32, i32) -> i32
  component.lifted @run in @p = @run_entry as !component.func_type<async ()> async callback @run_cb
}

// -----

// No callback, no change.

// CHECK-LABEL: component.root @none
// CHECK-NOT:   trampoline
component.root @none {
}
