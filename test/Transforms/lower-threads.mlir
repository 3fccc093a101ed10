// RUN: meld-opt %s --lower-threads | FileCheck %s

// A thread may give way; what needs threads of its own stays.

// CHECK-LABEL: component.root @r
// CHECK:       async_intrinsic.check_may_leave
// CHECK-NEXT:  %[[C:.*]] = async_intrinsic.thread.yield cancellable : i32
// CHECK-NEXT:  wasm.return %[[C]] : i32
// CHECK:       component.thread.suspend
component.root @r {
  %yield = component.thread.yield cancellable
  %suspend = component.thread.suspend
  %env = component.core_bundle "y" = core_func %yield, "s" = core_func %suspend
}
