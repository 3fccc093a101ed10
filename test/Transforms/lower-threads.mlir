// RUN: meld-opt %s --lower-threads | FileCheck %s

// A thread may give way, and wait for another; threads that run in parallel stay.

// CHECK-LABEL: component.root @r
// CHECK:       async_intrinsic.check_may_leave
// CHECK-NEXT:  %[[C:.*]] = async_intrinsic.thread.yield cancellable : i32
// CHECK-NEXT:  wasm.return %[[C]] : i32
// CHECK:       async_intrinsic.check_may_leave
// CHECK-NEXT:  %[[C:.*]] = async_intrinsic.thread.suspend : i32
// CHECK-NEXT:  wasm.return %[[C]] : i32
// CHECK:       %[[T:.*]] = async_intrinsic.thread.index : i32
// CHECK:       async_intrinsic.thread.resume_later %
// CHECK:       async_intrinsic.thread.switch %{{.*}} yield promote cancellable : i32
// CHECK:       component.thread.available_parallelism
component.root @r {
  %yield = component.thread.yield cancellable
  %suspend = component.thread.suspend
  %index = component.thread.index
  %later = component.thread.resume_later
  %switch = component.thread.yield_then_promote cancellable
  %parallel = component.thread.available_parallelism
  %env = component.core_bundle "y" = core_func %yield, "s" = core_func %suspend, "i" = core_func %index, "l" = core_func %later, "w" = core_func %switch, "p" = core_func %parallel
}
