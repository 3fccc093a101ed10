// RUN: not meld-opt %s --lower-calls=only=c_f,g 2>&1 | FileCheck %s
// RUN: not meld-opt %s --lower-resources=only=m 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: meld-opt %s --lower-calls=only=c_f --lower-calls=only=c_f -o %t.mlir
// RUN: not meld-opt %s --component-flatten --lower-resources=only=p_f 2>&1 | FileCheck %s --check-prefix=ALIAS
// RUN: echo "component.root @empty {}" | not meld-opt --lower-calls=only=f 2>&1 | FileCheck %s --check-prefix=NONE

// A word of `only` that names nothing to lower is an error [lower-only].

// CHECK: error: {{.*}}option `only` names definitions or instances of the root: "g" is none; there are "c", "p", "new", "c_f" [lower-only]
// OTHER: error: {{.*}}option `only` names definitions or instances of the root: "m" is none; there are "c", "p", "new", "c_f" [lower-only]
// ALIAS: "p_f" is none
// NONE:  error: {{.*}}"f" is none; there are none (before `--component-flatten` nothing has a symbol) [lower-only]
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
  component.canonical @new in @p = resource_new !component.own<@r> : (i32) -> i32
  component.lowered @c_f in @c = @f : (i32) -> i32
}
