// RUN: meld-opt %s --component-flatten --split-input-file | FileCheck %s

// A producer and a consumer: one lower is paired with one lift, a built-in
// gets its instance, types are resolved.
// CHECK-LABEL: component.root @pipeline flattened
component.root @pipeline {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.module @producer {
    wasm.import "env" "write" : (i32, i32, i32) -> i32
    wasm.import "env" "return" : (i32) -> ()
    wasm.import "env" "mem" : !wasm.memory<1>
    wasm.export "produce" : (i32) -> i32
    wasm.export "produce_cb" : (i32, i32, i32) -> i32
  }
  wasm.module @consumer {
    wasm.import "feed" "produce" : (i32, i32) -> i32
    wasm.export "run" : () -> i32
  }
  %P = component.component "p" {
    %mm = component.core_module @memory_only
    %mi = component.core_instantiate %mm
    %mem = component.core_alias core_memory %mi "mem"
    %st = component.type.stream u8
    %ft = component.type.func async (n: u32) -> %st
    %wr = component.stream.write %st async memory %mem
    %ret = component.task.return %st
    %env = component.core_bundle "write" = core_func %wr, "return" = core_func %ret, "mem" = core_memory %mem
    %pm = component.core_module @producer
    %pi = component.core_instantiate %pm with "env" = %env
    %f0 = component.core_alias core_func %pi "produce"
    %f1 = component.core_alias core_func %pi "produce_cb"
    %f = component.lift %f0 as %ft async callback %f1
    %e = component.export "produce" func %f
  }
  %C = component.component "c" {
    %st = component.type.stream u8
    %ft = component.type.func async (n: u32) -> %st
    %it = component.type.instance {
      %s = component.type.stream u8
      %t = component.type.func async (n: u32) -> %s
      %x = component.export_decl "produce" func %t
    }
    %feed = component.import "feed" instance %it
    %produce = component.alias func %feed "produce"
    %mm = component.core_module @memory_only
    %mi = component.core_instantiate %mm
    %mem = component.core_alias core_memory %mi "mem"
    %low = component.lower %produce async memory %mem
    %env = component.core_bundle "produce" = core_func %low
    %cm = component.core_module @consumer
    %ci = component.core_instantiate %cm with "feed" = %env
    %run0 = component.core_alias core_func %ci "run"
    %rt = component.type.func () -> u32
    %run = component.lift %run0 as %rt
    %e = component.export "run" func %run
  }
  %p = component.instantiate %P
  %c = component.instantiate %C with "feed" = instance %p
  %run = component.alias func %c "run"
  %e = component.export "run" func %run
}
// CHECK-NOT: component.component
// CHECK: component.instance_of @root_instance
// CHECK-NEXT: component.instance_of @p parent @root_instance
// CHECK-NEXT: wasm.instance @p_memory_only of @memory_only
// CHECK-NEXT: wasm.alias @p_mem = @p_memory_only "mem" : !wasm.memory<1>
// CHECK-NEXT: component.canonical @p_write in @p = stream_write !component.stream<u8> async memory @p_mem : (i32, i32, i32) -> i32
// CHECK-NEXT: component.canonical @p_return in @p = task_return !component.stream<u8> : (i32) -> ()
// CHECK-NEXT: wasm.instance @p_producer of @producer with "env" "write" = @p_write, "env" "return" = @p_return, "env" "mem" = @p_mem
// CHECK-NEXT: wasm.alias @p_produce = @p_producer "produce" : (i32) -> i32
// CHECK-NEXT: wasm.alias @p_produce_cb = @p_producer "produce_cb" : (i32, i32, i32) -> i32
// CHECK-NEXT: component.lifted @produce in @p = @p_produce as !component.func_type<async (n: u32) -> stream<u8>> async callback @p_produce_cb
// CHECK-NEXT: component.instance_of @c parent @root_instance
// CHECK: component.lowered @c_produce in @c = @produce async memory @c_mem : (i32, i32) -> i32
// CHECK-NEXT: wasm.instance @c_consumer of @consumer with "feed" "produce" = @c_produce
// CHECK: component.lifted @run in @c = @c_run as !component.func_type<() -> u32>
// CHECK-NEXT: component.export_func "run" @run

// -----

// One module, two instances; each captures its own argument.
// CHECK-LABEL: component.root @twice flattened
component.root @twice {
  wasm.module @a {
    wasm.export "get" : () -> i32
  }
  wasm.module @b {
    wasm.export "get" : () -> i32
  }
  %C = component.component "c" {
    %mt = component.type.core_module {
      component.core_export_decl "get" : () -> i32
    }
    %m = component.import "m" core_module %mt
    %inner = component.component "inner" {
      %mm = component.alias_outer core_module %m
      %i = component.core_instantiate %mm
      %f0 = component.core_alias core_func %i "get"
      %ft = component.type.func () -> u32
      %f = component.lift %f0 as %ft
      %e = component.export "get" func %f
    }
    %e = component.export "inner" component %inner
  }
  %a = component.core_module @a
  %b = component.core_module @b
  %c1 = component.instantiate %C with "m" = core_module %a
  %c2 = component.instantiate %C with "m" = core_module %b
  %i1 = component.alias component %c1 "inner"
  %i2 = component.alias component %c2 "inner"
  %x1 = component.instantiate %i1
  %x2 = component.instantiate %i2
  %g1 = component.alias func %x1 "get"
  %g2 = component.alias func %x2 "get"
  %e1 = component.export "get-1" func %g1
  %e2 = component.export "get-2" func %g2
}
// CHECK: component.instance_of @inner parent @root_instance
// CHECK-NEXT: wasm.instance @inner_a of @a
// CHECK: component.lifted @get in @inner = @inner_get
// CHECK: wasm.instance @inner_1_b of @b
// CHECK: component.lifted @get_1 in @inner_1 = @inner_1_get
// CHECK: component.export_func "get-1" @get
// CHECK: component.export_func "get-2" @get_1

// -----

// A host interface is imported, and exported again under its own name.
// CHECK-LABEL: component.root @edge flattened
component.root @edge {
  %it = component.type.instance {
    %t = component.type.func (n: u32)
    %x = component.export_decl "f" func %t
  }
  %i = component.import "ns:p/i" instance %it
  %e = component.export "ns:p/j" instance %i
}
// CHECK: component.host_func @f "ns:p/i" "f" : !component.func_type<(n: u32)>
// CHECK: component.export_func "ns:p/j#f" @f

// -----

// The functions of a generated module move into the root, once per instance;
// its imports become what they were given.
// CHECK-LABEL: component.root @generated flattened
component.root @generated {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.module "private" @size {
    wasm.import @memory "" "memory" : !wasm.memory<1>
    wasm.func @size() -> i32 {
      %s = wasm.memory_size @memory : i32
      wasm.return %s : i32
    }
    wasm.export "size" @size : () -> i32
  }
  %mm = component.core_module @memory_only
  %ft = component.type.func () -> u32
  %i1 = component.core_instantiate %mm
  %m1 = component.core_alias core_memory %i1 "mem"
  %b1 = component.core_bundle "memory" = core_memory %m1
  %sm = component.core_module @size
  %s1 = component.core_instantiate %sm with "" = %b1
  %f1 = component.core_alias core_func %s1 "size"
  %l1 = component.lift %f1 as %ft
  %e1 = component.export "first" func %l1
  %i2 = component.core_instantiate %mm
  %m2 = component.core_alias core_memory %i2 "mem"
  %b2 = component.core_bundle "memory" = core_memory %m2
  %s2 = component.core_instantiate %sm with "" = %b2
  %f2 = component.core_alias core_func %s2 "size"
  %l2 = component.lift %f2 as %ft
  %e2 = component.export "second" func %l2
}
// CHECK-NOT: wasm.module "private"
// CHECK: wasm.func @root_size
// CHECK-NEXT: wasm.memory_size @root_mem
// CHECK: component.lifted @first in @root_instance = @root_size
// CHECK: wasm.func @root_size_1
// CHECK-NEXT: wasm.memory_size @root_mem_1
// CHECK: component.lifted @second in @root_instance = @root_size_1

// -----

// A built-in with a core type and a slot keeps them.
// CHECK-LABEL: component.root @context flattened
// CHECK: component.canonical @root_context_get in @root_instance = context_get i64 slot 1 : () -> i64
// CHECK: component.canonical @root_context_set in @root_instance = context_set i32 slot 0 : (i32) -> ()
component.root @context {
  %g = component.context.get i64 1
  %s = component.context.set i32 0
}
