// RUN: meld-opt %s | FileCheck %s
// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s
// RUN: meld-opt %s --mlir-print-op-generic | meld-opt | FileCheck %s

// CHECK-LABEL: component.root @empty {
// CHECK-NEXT: }
component.root @empty {
}

// CHECK: component.root @flat flattened target <spec = "2026-08", memory = single> {
component.root @flat flattened target <memory = single, spec = "2026-08"> {
}

// CHECK-LABEL: component.root @scopes
component.root @scopes {
  // CHECK: %[[FT:.*]] = component.type.func (n: u32)
  %ft = component.type.func (n: u32)
  // CHECK: %[[C:.*]] = component.component "producer" {
  %c = component.component "producer" {
    // CHECK: %[[OUTER:.*]] = component.alias_outer type %[[FT]]
    %t = component.alias_outer type %ft
    // CHECK: %[[F:.*]] = component.import "f" func %[[OUTER]]
    %f = component.import "f" func %t
    // CHECK: component.export "g" func %[[F]] as %[[OUTER]]
    %g = component.export "g" func %f as %t
  }
  // CHECK: component.component {
  %d = component.component {
  }
  // CHECK: %[[H:.*]] = component.import "h" func %[[FT]]
  %h = component.import "h" func %ft
  // CHECK: %[[B:.*]] = component.bundle "f" = func %[[H]], "t" = type %[[FT]]
  %b = component.bundle "f" = func %h, "t" = type %ft
  // CHECK: component.bundle "f" = func %[[H]] {external_id = "x"}, "t" = type %[[FT]]
  %a = component.bundle "f" = func %h {external_id = "x"}, "t" = type %ft
  // CHECK: component.bundle none
  %n = component.bundle none
  // CHECK: %[[I:.*]] = component.instantiate %[[C]] with "f" = func %[[H]], "b" = instance %[[B]]
  %i = component.instantiate %c with "f" = func %h, "b" = instance %b
  // CHECK: component.instantiate %[[C]]{{$}}
  %j = component.instantiate %c
  // CHECK: component.alias func %[[I]] "g"
  %g = component.alias func %i "g"
}

// CHECK-LABEL: component.root @imports
component.root @imports {
  %t = component.type.primitive u8
  %it = component.type.instance {
  }
  %ct = component.type.component {
  }
  %mt = component.type.core_module {
  }
  // CHECK: component.import "ns:p/i@1.0.0" instance %{{.*}} {external_id = "x"}
  %i = component.import "ns:p/i@1.0.0" instance %it {external_id = "x"}
  // CHECK: component.import "c" component
  %c = component.import "c" component %ct
  // CHECK: component.import "m" core_module
  %m = component.import "m" core_module %mt
  // CHECK: %[[R:.*]] = component.import "r" type sub resource
  %r = component.import "r" type sub resource
  // CHECK: component.import "t" type eq
  %e = component.import "t" type eq %t
  // CHECK: %[[V:.*]] = component.import "v" value u8
  %v = component.import "v" value u8
  // CHECK: component.import "w" value %
  %w = component.import "w" value %t
  // CHECK: component.export "s" type %[[R]] sub resource
  %s = component.export "s" type %r sub resource
  // CHECK: %[[X:.*]] = component.export "x" value %[[V]] as u8
  %x = component.export "x" value %v as u8
  // CHECK: component.export "y" value %[[V]] as eq %[[X]]
  %y = component.export "y" value %v as eq %x
  // CHECK: component.export "z" value %[[V]] as %
  %z = component.export "z" value %v as %t
  // CHECK: component.export "n" core_module %{{.*}} as %
  %n = component.export "n" core_module %m as %mt
}

// CHECK-LABEL: component.root @core
component.root @core {
  %mt = component.type.core_module {
  }
  %m = component.import "m" core_module %mt
  // CHECK: %[[I:.*]] = component.core_instantiate %{{[^ ]*}}{{$}}
  %i = component.core_instantiate %m
  // CHECK: %[[F:.*]] = component.core_alias core_func %[[I]] "write"
  %f = component.core_alias core_func %i "write"
  // CHECK: component.core_alias core_memory %[[I]] "mem"
  %mem = component.core_alias core_memory %i "mem"
  // CHECK: component.core_alias core_table
  %tab = component.core_alias core_table %i "table"
  // CHECK: component.core_alias core_global
  %glob = component.core_alias core_global %i "global"
  // CHECK: component.core_alias core_tag
  %tag = component.core_alias core_tag %i "tag"
  // CHECK: %[[B:.*]] = component.core_bundle "write" = core_func %[[F]], "mem" = core_memory %
  %b = component.core_bundle "write" = core_func %f, "mem" = core_memory %mem
  // CHECK: component.core_bundle none
  %n = component.core_bundle none
  // CHECK: component.core_instantiate %{{.*}} with "env" = %[[B]], "libc" = %[[I]]
  %j = component.core_instantiate %m with "env" = %b, "libc" = %i
}
