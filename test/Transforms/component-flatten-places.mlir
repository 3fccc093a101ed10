// RUN: meld-opt %s --component-flatten --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s
// RUN: not meld-opt %s --component-flatten --wasm-merge -o /dev/null --diagnostics=json 2>&1 | FileCheck %s --check-prefix=PATH

// The place of what is in an instance is the path of instantiations that leads
// to it, the innermost first; a diagnostic has its names as `path`, the
// outermost first.

// CHECK:      component.instance_of @first parent @root_instance loc("first")
// CHECK-NEXT: component.instance_of @inner parent @first loc(callsite("inner" at "first"))
// CHECK-NEXT: component.canonical @inner_new in @inner {{.*}} loc(callsite("new" at callsite("inner" at "first")))
// CHECK-NEXT: component.instance_of @second parent @root_instance loc("second")
// CHECK:      component.canonical @inner_1_new in @inner_1 {{.*}} loc(callsite("new" at callsite("inner" at "second")))
// PATH: "path":["first","inner","new"],"message":"`future.new` \"inner_new\""
component.root @r {
  %Outer = component.component "outer" {
    %Inner = component.component "inner" {
      %t = component.type.future u8
      %new = component.future.new %t loc("new")
    }
    %i = component.instantiate %Inner loc("inner")
  }
  %a = component.instantiate %Outer loc("first")
  %b = component.instantiate %Outer loc("second")
}
