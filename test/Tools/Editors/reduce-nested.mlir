// What is nested goes with what it stands in, and a script that does not know
// the input is told so.
// RUN: meld-reduce %s --remove-definitions=test=%S/Inputs/still-fails.sh | FileCheck %s
// RUN: not meld-reduce %s --remove-definitions=test=/bin/true 2>&1 | FileCheck %s --check-prefix=NOT
// RUN: not meld-reduce %s --remove-definitions=test=absent.sh 2>&1 | FileCheck %s --check-prefix=ABSENT
// ABSENT: the script cannot be executed: "absent.sh"
// NOT: the script does not find the input interesting: it has to exit with status 1
// CHECK:      component.root @r {
// CHECK-NEXT:   wasm.module @m {
// CHECK-NEXT:     wasm.export "f"
// CHECK-NEXT:   }
// CHECK-NEXT:   component.component "c" {
// CHECK-NEXT:     component.core_module @m
// CHECK-NEXT:     component.core_instantiate
// CHECK-NEXT:     component.core_alias core_func
// CHECK-NEXT:     component.type.func
// CHECK-NEXT:     component.lift
// CHECK-NEXT:   }
// CHECK-NEXT:   component.instantiate
// CHECK-NEXT: }
component.root @r {
  wasm.module @m {
    wasm.export "f" : (i64) -> ()
  }
  %t = component.type.list u8
  %C = component.component "c" {
    %u = component.alias_outer type %t
    %s = component.type.stream %u
    %m = component.core_module @m
    %i = component.core_instantiate %m
    %f0 = component.core_alias core_func %i "f"
    %ft = component.type.func (n: u32)
    %f = component.lift %f0 as %ft
    %e = component.export "f" func %f
  }
  %D = component.component "d" {
  }
  %d = component.instantiate %D
  %c = component.instantiate %C
  %f = component.alias func %c "f"
  %e = component.export "f" func %f
}
