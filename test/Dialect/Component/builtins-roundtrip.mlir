// RUN: meld-opt %s | FileCheck %s
// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s
// RUN: meld-opt %s --mlir-print-op-generic | meld-opt | FileCheck %s

component.root @builtins {
  %mt = component.type.core_module {
  }
  %cm = component.import "m" core_module %mt
  %i = component.core_instantiate %cm
  %m = component.core_alias core_memory %i "mem"
  %ra = component.core_alias core_func %i "realloc"
  %tab = component.core_alias core_table %i "table"
  %cf = component.type.core_func (i32) -> ()
  %s = component.type.stream u8
  %f = component.type.future u8
  %r = component.type.resource i32

  // CHECK: component.resource.new %{{[a-z0-9_.]+$}}
  %0 = component.resource.new %r
  // CHECK: component.resource.drop %
  %1 = component.resource.drop %r
  // CHECK: component.resource.rep %
  %2 = component.resource.rep %r
  // CHECK: component.error_context.new memory %mem realloc %realloc string_encoding utf16
  %3 = component.error_context.new memory %m realloc %ra string_encoding utf16
  // CHECK: component.error_context.debug_message memory %mem realloc %realloc
  %4 = component.error_context.debug_message memory %m realloc %ra
  // CHECK: component.error_context.drop{{$}}
  %5 = component.error_context.drop

  // CHECK: component.backpressure.inc
  %6 = component.backpressure.inc
  // CHECK: component.backpressure.dec
  %7 = component.backpressure.dec
  // CHECK: component.task.return none{{$}}
  %8 = component.task.return none
  // CHECK: component.task.return u8
  %9 = component.task.return u8
  // CHECK: component.task.return %{{[a-z0-9_.]+}} memory %mem string_encoding latin1_utf16
  %10 = component.task.return %s string_encoding latin1_utf16 memory %m
  // CHECK: component.task.cancel
  %11 = component.task.cancel
  // CHECK: component.context.get i32 0
  %12 = component.context.get i32 0
  // CHECK: component.context.set i32 1
  %13 = component.context.set i32 1
  // CHECK: component.subtask.cancel async
  %14 = component.subtask.cancel async
  // CHECK: component.subtask.cancel{{$}}
  %15 = component.subtask.cancel
  // CHECK: component.subtask.drop
  %16 = component.subtask.drop
  // CHECK: component.waitable_set.new
  %17 = component.waitable_set.new
  // CHECK: component.waitable_set.wait memory %mem cancellable
  %18 = component.waitable_set.wait memory %m cancellable
  // CHECK: component.waitable_set.poll memory %mem{{$}}
  %19 = component.waitable_set.poll memory %m
  // CHECK: component.waitable_set.drop
  %20 = component.waitable_set.drop
  // CHECK: component.waitable.join
  %21 = component.waitable.join

  // CHECK: component.stream.new %
  %22 = component.stream.new %s
  // CHECK: component.stream.read %{{[a-z0-9_.]+}} async memory %mem realloc %realloc string_encoding utf8
  %23 = component.stream.read %s memory %m async realloc %ra string_encoding utf8
  // CHECK: component.stream.write %{{[a-z0-9_.]+}} async memory %mem{{$}}
  %24 = component.stream.write %s async memory %m
  // CHECK: component.stream.cancel_read %{{[a-z0-9_.]+}} async
  %25 = component.stream.cancel_read %s async
  // CHECK: component.stream.cancel_write %{{[a-z0-9_.]+$}}
  %26 = component.stream.cancel_write %s
  // CHECK: component.stream.drop_readable %
  %27 = component.stream.drop_readable %s
  // CHECK: component.stream.drop_writable %
  %28 = component.stream.drop_writable %s
  // CHECK: component.future.new %
  %29 = component.future.new %f
  // CHECK: component.future.read %{{[a-z0-9_.]+}} memory %mem
  %30 = component.future.read %f memory %m
  // CHECK: component.future.write %{{[a-z0-9_.]+}} async memory %mem
  %31 = component.future.write %f async memory %m
  // CHECK: component.future.cancel_read %
  %32 = component.future.cancel_read %f
  // CHECK: component.future.cancel_write %{{[a-z0-9_.]+}} async
  %33 = component.future.cancel_write %f async
  // CHECK: component.future.drop_readable %
  %34 = component.future.drop_readable %f
  // CHECK: component.future.drop_writable %
  %35 = component.future.drop_writable %f

  // CHECK: component.thread.index
  %36 = component.thread.index
  // CHECK: component.thread.new_indirect %{{[a-z0-9_.]+}} table %table
  %37 = component.thread.new_indirect %cf table %tab
  // CHECK: component.thread.resume_later
  %38 = component.thread.resume_later
  // CHECK: component.thread.suspend cancellable
  %39 = component.thread.suspend cancellable
  // CHECK: component.thread.yield{{$}}
  %40 = component.thread.yield
  // CHECK: component.thread.suspend_then_resume
  %41 = component.thread.suspend_then_resume
  // CHECK: component.thread.yield_then_resume
  %42 = component.thread.yield_then_resume
  // CHECK: component.thread.suspend_then_promote
  %43 = component.thread.suspend_then_promote
  // CHECK: component.thread.yield_then_promote cancellable
  %44 = component.thread.yield_then_promote cancellable
  // CHECK: component.thread.spawn_ref %{{[a-z0-9_.]+}} shared
  %45 = component.thread.spawn_ref %cf shared
  // CHECK: component.thread.spawn_indirect %{{[a-z0-9_.]+}} table %table{{$}}
  %46 = component.thread.spawn_indirect %cf table %tab
  // CHECK: component.thread.available_parallelism shared
  %47 = component.thread.available_parallelism shared
}
