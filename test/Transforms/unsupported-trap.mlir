// RUN: meld-opt %s --set-target=unsupported=trap --lower-async-intrinsics | FileCheck %s

// What has no lowering traps when it is called, not before; who may not leave
// hears of that first.

// CHECK-LABEL: component.root @traps
// CHECK:       wasm.func @cancel(%{{.*}}: i32) -> i32 {
// CHECK:         %[[KIND:.*]] = wasm.const 9 : i32
// CHECK:         wasm.call @rt.trap(%[[KIND]]
component.root @traps flattened {
  component.instance_of @p
  component.canonical @cancel in @p = subtask_cancel : (i32) -> i32
}
