// RUN: meld-opt %s --lower-calls=only=c_f --lower-resources=only=p | FileCheck %s
// RUN: meld-opt %s --lower-calls=only=c --lower-resources=only=new,drop | FileCheck %s --check-prefix=OTHER

// What the words do not name stays as it was.

// CHECK:      component.canonical @drop in @c
// CHECK:      wasm.func @new(
// CHECK:      wasm.func @c_f(
// CHECK:      component.lowered @c_g in @c

// OTHER:      wasm.func @drop(
// OTHER:      wasm.func @new(
// OTHER:      wasm.func @c_f(
// OTHER:      wasm.func @c_g(
component.root @r flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32) -> i32
  }
  wasm.instance @i of @m
  wasm.alias @p_f = @i "f" : (i32) -> i32
  component.resource @r in @p
  component.lifted @f in @p = @p_f as !component.func_type<(a: u32) -> u32>
  component.canonical @drop in @c = resource_drop !component.own<@r> : (i32) -> ()
  component.canonical @new in @p = resource_new !component.own<@r> : (i32) -> i32
  component.lowered @c_f in @c = @f : (i32) -> i32
  component.lowered @c_g in @c = @f : (i32) -> i32
}
