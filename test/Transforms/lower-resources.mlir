// RUN: meld-opt %s --lower-resources --lower-calls --lower-values | FileCheck %s

// CHECK-LABEL: component.root @resources
component.root @resources flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "drop" : (i32) -> ()
    wasm.export "f" : (i32, i32) -> i32
  }
  wasm.instance @i of @m
  wasm.alias @p_dtor = @i "drop" : (i32) -> ()
  wasm.alias @p_f = @i "f" : (i32, i32) -> i32
  component.resource @r in @p dtor @p_dtor

  // CHECK:      wasm.func @new(%[[REP:.*]]: i32) -> i32 {
  // CHECK-NEXT:   check_may_leave @p
  // CHECK-NEXT:   %[[H:.*]] = async_intrinsic.resource.new %[[REP]] in @p : !component.own<@r> -> i32
  // CHECK-NEXT:   wasm.return %[[H]]
  component.canonical @new in @p = resource_new !component.own<@r> : (i32) -> i32
  // Who may not leave may still look.
  // CHECK:      wasm.func @rep(%[[H:.*]]: i32) -> i32 {
  // CHECK-NEXT:   async_intrinsic.resource.rep %[[H]] in @p : !component.own<@r> -> i32
  component.canonical @rep in @p = resource_rep !component.own<@r> : (i32) -> i32
  // CHECK:      wasm.func @drop(%[[H:.*]]: i32) {
  // CHECK-NEXT:   check_may_leave @c
  // CHECK-NEXT:   async_intrinsic.resource.drop %[[H]] in @c : !component.own<@r>
  component.canonical @drop in @c = resource_drop !component.own<@r> : (i32) -> ()

  // A call that lends has a scope; each handle moves by itself.
  // CHECK:      wasm.func @c_f(%[[A:.*]]: i32, %[[B:.*]]: i32) -> i32 {
  // CHECK:        %[[S:.*]] = async_intrinsic.scope.begin : i32
  // CHECK-NEXT:   %[[X:.*]] = async_intrinsic.transfer %[[A]] to @f {instance = @c} : !component.borrow<@r>
  // CHECK-NEXT:   %[[Y:.*]] = async_intrinsic.transfer %[[B]] to @f {instance = @c} : !component.own<@r>
  // CHECK-NEXT:   %[[R:.*]] = async_intrinsic.call_entry @f(%[[X]], %[[Y]]) from @c
  // CHECK-NEXT:   async_intrinsic.scope.check %[[S]]
  // CHECK-NEXT:   %[[Z:.*]] = async_intrinsic.transfer %[[R]] from @f {instance = @c} : !component.own<@r>
  // CHECK-NEXT:   async_intrinsic.scope.end %[[S]]
  // CHECK-NEXT:   wasm.return %[[Z]]
  component.lifted @f in @p = @p_f as !component.func_type<(a: borrow<@r>, b: own<@r>) -> own<@r>>
  component.lowered @c_f in @c = @f : (i32, i32) -> i32

  // CHECK:      wasm.func @c_g_start(%[[CALL:.*]]: i32) {
  // CHECK:        async_intrinsic.scope.enter %[[CALL]]
  // CHECK-NEXT:   async_intrinsic.transfer
  component.lifted @g in @p = @p_f as !component.func_type<async (a: borrow<@r>, b: u32)> async
  component.lowered @c_g in @c = @g async : (i32, i32) -> i32
}
