// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --mlir-print-op-generic | meld-opt | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s
// RUN: meld-opt %s --cse | FileCheck %s

// CHECK-LABEL: component.root @values
component.root @values {
  // CHECK: component.custom "note" "what it says"
  component.custom "note" "what it says"
  %ft = component.type.func (a: u8, b: string) -> u8
  %f = component.import "f" func %ft
  %none = component.type.func ()
  %g = component.import "g" func %none
  // CHECK: %[[V:.*]] = component.value u8 5
  %v = component.value u8 bytes "\05"
  %st = component.type.primitive string
  // CHECK: %[[S:.*]] = component.value %{{.*}} "hi"
  %s = component.value %st "hi"
  // CHECK: component.start %g()
  component.start %g ()
  // CHECK: %[[R:.*]] = component.start %f(%[[V]], %[[S]]) -> value
  %r = component.start %f (%v, %s) -> value
  %t = component.type.instance {
    // CHECK: %[[X:.*]] = component.export_decl "x" value u8
    %x = component.export_decl "x" value u8
    // CHECK: component.export_decl "y" value eq %[[X]]
    %y = component.export_decl "y" value eq %x
  }
  %in = component.import "in" instance %t
  // A value is consumed once: two aliases stay two.
  // CHECK: %[[A:.*]] = component.alias value %in "x"
  // CHECK: %[[B:.*]] = component.alias value %in "x"
  %a = component.alias value %in "x"
  %b = component.alias value %in "x"
  // CHECK: component.export "r" value %[[R]]
  %er = component.export "r" value %r
  // CHECK: component.export "a" value %[[A]]
  %ea = component.export "a" value %a
  // CHECK: component.export "b" value %[[B]]
  %eb = component.export "b" value %b
}
