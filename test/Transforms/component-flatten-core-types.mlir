// Core types leave nothing behind, however many a group defines.
//
// RUN: meld-opt %s --component-flatten | FileCheck %s --implicit-check-not=core_rec

// CHECK-LABEL: component.root @core_types flattened
component.root @core_types {
  %t:2 = component.type.core_rec () <final struct(ref null 1), final struct(ref null 0)> -> core_type, core_type
  %u = component.type.core_rec (%t#0, %t#1) <final struct(ref null 0, ref null 1)> -> core_type
  %c = component.component "inner" {
    %v = component.alias_outer core_type %t#1
    %w = component.type.core_rec (%v) <final struct(ref null 0)> -> core_type
  }
  // CHECK: component.instance_of @inner
  %i = component.instantiate %c
}
