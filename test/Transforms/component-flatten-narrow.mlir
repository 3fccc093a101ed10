// RUN: meld-opt %s --component-flatten --split-input-file | FileCheck %s

// An instance that is exported with a type has the exports of the type; so has
// one that is imported with a type and exported again.
// CHECK-LABEL: component.root @ascribed
// CHECK:       component.export_func "i#f" @f
// CHECK:       component.export_func "j#f" @f
// CHECK:       component.export_func "k#f" @f
// CHECK-NOT:   component.export_func
component.root @ascribed {
  %t = component.type.func ()
  %f = component.import "f" func %t
  %g = component.import "g" func %t
  %b = component.bundle "f" = func %f, "g" = func %g
  %it = component.type.instance {
    %u = component.alias_outer type %t
    %x = component.export_decl "f" func %u
  }
  %ei = component.export "i" instance %b as %it
  %C = component.component "c" {
    %ot = component.alias_outer type %it
    %i = component.import "i" instance %ot
    %e = component.export "i" instance %i
  }
  %c = component.instantiate %C with "i" = instance %b
  %j = component.alias instance %c "i"
  %ej = component.export "j" instance %j

  // Types inside types say it too.
  %nt = component.type.instance {
    %ot = component.alias_outer type %it
    %n = component.export_decl "n" instance %ot
  }
  %D = component.component "d" {
    %ot = component.alias_outer type %nt
    %i = component.import "i" instance %ot
    %n = component.alias instance %i "n"
    %en = component.export "n" instance %n
  }
  %nb = component.bundle "n" = instance %b
  %d = component.instantiate %D with "i" = instance %nb
  %k = component.alias instance %d "n"
  %ek = component.export "k" instance %k
}
