// RUN: meld-opt %s --lower-calls --split-input-file | FileCheck %s
// RUN: meld-opt %s --lower-tasks --lower-calls --split-input-file | FileCheck %s --check-prefix=AFTER

// A synchronous lower of a function that cannot block is a direct call.

// CHECK-LABEL: component.root @direct
// CHECK:       wasm.module "private" @lower {
// CHECK-NEXT:    wasm.import @callee "" "callee" : !component.func_type<(x: u8) -> u32>
// CHECK-NEXT:    wasm.func @lower(%[[X:.*]]: i32) -> i32 {
// CHECK-NEXT:      async_intrinsic.check_may_leave
// CHECK-NEXT:      %[[R:.*]] = async_intrinsic.call_direct @callee(%[[X]])
// CHECK-NEXT:      wasm.return %[[R]] : i32
component.root @direct {
  %ft = component.type.func (x: u8) -> u32
  %f = component.import "f" func %ft
  %l = component.lower %f
  %env = component.core_bundle "f" = core_func %l
}

// -----

// An asynchronous lower stays one, and gets the two halves of its adapter.

// CHECK-LABEL: component.root @thunks
// CHECK:       wasm.module "private" @thunks
// CHECK:         wasm.func @start(%[[C:.*]]: i32) {
// CHECK-NEXT:      %[[A:.*]]:2 = async_intrinsic.call.arguments %[[C]] : i32, i64
// CHECK-NEXT:      %[[X:.*]] = async_intrinsic.transfer %[[A]]#0 to @callee : !component.u8
// CHECK-NEXT:      %[[Y:.*]] = async_intrinsic.transfer %[[A]]#1 to @callee : !component.u64
// CHECK-NEXT:      async_intrinsic.enter @callee(%[[X]], %[[Y]]) call %[[C]]
// CHECK-NEXT:      wasm.return
// CHECK:         wasm.func @return(%[[C:.*]]: i32, %[[R:.*]]: i32) {
// CHECK-NEXT:      %[[V:.*]] = async_intrinsic.transfer %[[R]] from @callee : !component.u16
// CHECK-NEXT:      %[[P:.*]] = async_intrinsic.call.result_pointer %[[C]] : i32
// CHECK-NEXT:      async_intrinsic.check_pointer %[[P]] size 2 alignment 2 in @memory
// CHECK-NEXT:      wasm.store i32 as u16 @memory %[[P]], %[[V]]
// CHECK:       component.lower %{{.*}} async memory %{{.*}} start %{{.*}} return %{{.*}}

// When --lower-tasks came first, the same thunks stand beside its function.
// AFTER-LABEL: component.root @thunks
// AFTER:       wasm.module "private" @lower
// AFTER:         wasm.func @lower_start
// AFTER:         wasm.func @lower_return
// AFTER:         async_intrinsic.call @callee({{.*}}) memory @memory start @lower_start return @lower_return
component.root @thunks {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  %mm = component.core_module @memory_only
  %mi = component.core_instantiate %mm
  %mem = component.core_alias core_memory %mi "mem"
  %ft = component.type.func async (x: u8, y: u64) -> u16
  %f = component.import "f" func %ft
  %l = component.lower %f async memory %mem
  %env = component.core_bundle "f" = core_func %l
}

// -----

// A synchronous lower of a function of asynchronous type waits for its result,
// which comes back through the call record. Its adapter has two halves as well.

// CHECK-LABEL: component.root @waits
// CHECK:       wasm.module "private" @lower {
// CHECK:         wasm.func @start(%[[C:.*]]: i32) {
// CHECK:           async_intrinsic.enter @callee(%{{.*}}) call %[[C]]
// CHECK:         wasm.func @return(%[[C:.*]]: i32, %[[R:.*]]: i32) {
// CHECK-NEXT:      %[[V:.*]] = async_intrinsic.transfer %[[R]] from @callee : !component.u8
// CHECK-NEXT:      async_intrinsic.call.set_result %[[C]], %[[V]] : i32
// CHECK:         wasm.func @lower(%[[X:.*]]: i64) -> i32 {
// CHECK-NEXT:      async_intrinsic.check_may_leave
// CHECK-NEXT:      %[[R:.*]] = async_intrinsic.call_sync @callee(%[[X]]) start @start return @return
// CHECK-NEXT:      wasm.return %[[R]] : i32
component.root @waits {
  %ft = component.type.func async (x: u64) -> u8
  %f = component.import "f" func %ft
  %l = component.lower %f
  %env = component.core_bundle "f" = core_func %l
}

// -----

// CHECK-LABEL: component.root @after flattened
// CHECK:       wasm.func @l(%[[X:.*]]: i32) -> i32
// CHECK:         async_intrinsic.call_direct @f(%[[X]]) {instance = @c}
component.root @after flattened {
  component.instance_of @c
  component.host_func @f "" "f" : !component.func_type<(x: u32) -> u32>
  component.lowered @l in @c = @f : (i32) -> i32
}
