// RUN: meld-opt %s --component-flatten --split-input-file | FileCheck %s

// What the input calls its core modules and instances is no name that Meld gives
// to something else later on.

// CHECK-LABEL: component.root @modules
// CHECK:       wasm.module @rt_memory {
// CHECK:       wasm.module @callback {
// CHECK:       wasm.module @rt_1 {
// CHECK:       wasm.module @module {
// CHECK:       wasm.module @rt_memory_1 {
// CHECK:       wasm.instance @root_rt_memory of @rt_memory
// CHECK:       wasm.instance @root_callback of @callback
// CHECK:       wasm.instance @root_rt of @rt_1
// CHECK:       wasm.instance @root_unnamed of @module
// CHECK:       wasm.instance @root_rt_memory_1 of @rt_memory_1
component.root @modules {
  wasm.module @"rt.memory" {}
  wasm.module @__callback {}
  wasm.module @rt {}
  wasm.module @"-" {}
  wasm.module @"rt-memory" {}
  %0 = component.core_module @"rt.memory"
  %1 = component.core_module @__callback
  %2 = component.core_module @rt
  %3 = component.core_module @"-"
  %4 = component.core_module @"rt-memory"
  %i0 = component.core_instantiate %0
  %i1 = component.core_instantiate %1
  %i2 = component.core_instantiate %2
  %i3 = component.core_instantiate %3
  %i4 = component.core_instantiate %4
}

// -----

// CHECK-LABEL: component.root @instances
// CHECK:       component.instance_of @rt_1 parent @root_instance
// CHECK-NEXT:  wasm.instance @rt_1_m of @m
// CHECK-NEXT:  wasm.alias @rt_1_memory = @rt_1_m "memory"
// CHECK:       component.instance_of @unnamed parent @root_instance
// CHECK-NEXT:  wasm.instance @unnamed_m of @m
// CHECK-NEXT:  wasm.alias @unnamed__callback = @unnamed_m "_callback"
component.root @instances {
  wasm.module @m {
    wasm.export "memory" : () -> ()
    wasm.export "_callback" : () -> ()
  }
  %a = component.component "rt" {
    %m = component.core_module @m
    %i = component.core_instantiate %m
    %f = component.core_alias core_func %i "memory"
    %t = component.type.func ()
    %run = component.lift %f as %t
    %e = component.export "run" func %run
  }
  %b = component.component "---" {
    %m = component.core_module @m
    %i = component.core_instantiate %m
    %f = component.core_alias core_func %i "_callback"
    %t = component.type.func ()
    %run = component.lift %f as %t
    %e = component.export "run" func %run
  }
  %ai = component.instantiate %a
  %bi = component.instantiate %b
}
