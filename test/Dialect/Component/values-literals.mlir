// Literals as text: by the type where that is at hand, else by their bytes.
//
// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --mlir-print-op-generic | meld-opt | FileCheck %s

// CHECK-LABEL: component.root @aliased
component.root @aliased {
  %u8 = component.type.primitive u8
  %point = component.type.record {x: %u8, "y-axis": f32}
  %c = component.component "inner" {
    %outer = component.alias_outer type %point
    %import = component.import "point" type eq %outer
    %pair = component.type.tuple (%import, bool)
    %export = component.export "pair" type %pair
    // CHECK: component.value %{{.*}} ({x: 1, "y-axis": 2.500000e+00}, false)
    %v = component.value %export ({x: 1, "y-axis": 2.5}, false)
    %e = component.export "v" value %v
  }
}

// A type that an instance exports, as its type, bundle or component says.
// CHECK-LABEL: component.root @exported
component.root @exported {
  %t = component.type.instance {
    %e = component.type.enum {a, b}
    %x = component.export_decl "e" type eq %e
    %l = component.type.list %x
    %y = component.export_decl "l" type eq %l
  }
  %i = component.import "i" instance %t
  %e = component.alias type %i "e"
  // CHECK: component.value %{{.*}} b{{$}}
  %v = component.value %e b
  %b = component.bundle "n" = instance %i, "e" = type %e
  %n = component.alias instance %b "n"
  %l = component.alias type %n "l"
  // CHECK: component.value %{{.*}} [a, b]
  %w = component.value %l [a, b]
  %be = component.alias type %b "e"
  // CHECK: component.value %{{.*}} a{{$}}
  %x = component.value %be a
  %c = component.component "inner" {
    %f = component.type.flags {p, q}
    %g = component.export "f" type %f
  }
  %j = component.instantiate %c
  %f = component.alias type %j "f"
  // CHECK: component.value %{{.*}} {q}
  %y = component.value %f {q}
}

// CHECK-LABEL: component.root @by_bytes
component.root @by_bytes {
  %t = component.type.instance {
    %x = component.export_decl "x" type sub resource
  }
  %i = component.import "i" instance %t
  %e = component.alias type %i "e"
  // CHECK: component.value %{{.*}} bytes "\01"
  %v = component.value %e bytes "\01"
  // Longer than it has to be.
  // CHECK: component.value u32 bytes "\81\00"
  %w = component.value u32 bytes "\81\00"
  // Not a value of its type.
  // CHECK: component.value bool bytes "\05"
  %b = component.value bool bytes "\05"
}
