// Equal definitions stay apart, dead ones go, and nothing moves into or out of
// a nested component.

// RUN: meld-opt %s --cse --canonicalize --symbol-dce | FileCheck %s

// CHECK-LABEL: component.root @types
component.root @types {
  // CHECK: component.type.list u8
  // CHECK-NEXT: component.type.list u8
  // CHECK-NOT: component.type.list s8
  %a = component.type.list u8
  %b = component.type.list u8
  %dead = component.type.list s8
  %f = component.type.func (x: %a, y: %b)
  %i = component.import "f" func %f
  // CHECK: component.component {
  // CHECK-NEXT: component.type.list u8
  // CHECK-NEXT: component.alias_outer type
  %c = component.component {
    %t = component.type.list u8
    %o = component.alias_outer type %f
    %e = component.export "t" type %t
    %g = component.import "g" func %o
  }
  %j = component.instantiate %c
}

// CHECK-LABEL: component.root @builtins
component.root @builtins {
  %mt = component.type.core_module {
  }
  %m = component.import "m" core_module %mt
  // CHECK: component.waitable_set.new
  // CHECK: component.waitable_set.new
  // CHECK-NOT: component.task.cancel
  %0 = component.waitable_set.new
  %1 = component.waitable_set.new
  %2 = component.task.cancel
  %b = component.core_bundle "a" = core_func %0, "b" = core_func %1
  %i = component.core_instantiate %m with "env" = %b
  // CHECK: component.component {
  // CHECK: component.waitable_set.new
  %c = component.component {
    %o = component.alias_outer core_module %m
    %n = component.waitable_set.new
    %d = component.core_bundle "a" = core_func %n
    %k = component.core_instantiate %o with "env" = %d
  }
  %j = component.instantiate %c
}

// Equal aliases of one instance are one.
// CHECK-LABEL: component.root @aliases
component.root @aliases {
  %it = component.type.instance {
  }
  %i = component.import "i" instance %it
  // CHECK: %[[F:.*]] = component.alias func %{{.*}} "f"
  // CHECK-NOT: component.alias
  %f = component.alias func %i "f"
  %g = component.alias func %i "f"
  // CHECK: component.export "f" func %[[F]]
  // CHECK: component.export "g" func %[[F]]
  %e0 = component.export "f" func %f
  %e1 = component.export "g" func %g
}

// A resource has uses inside types, which no symbol table sees.
// CHECK-LABEL: component.root @resources
component.root @resources flattened {
  // CHECK: component.resource @r
  component.resource @r
}
