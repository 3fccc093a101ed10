// A component that fails is made small: what the failure does not need goes.
// RUN: meld-reduce %s --remove-definitions=test=%S/Inputs/still-fails.sh -o %t.mlir
// RUN: not meld-opt --component-flatten %t.mlir 2>&1 | FileCheck %s --check-prefix=STILL
// RUN: FileCheck %s --input-file=%t.mlir
// STILL: [lift-type]
// CHECK:     component.root @r
// CHECK:     wasm.module @m
// CHECK-NOT: wasm.module @other
// CHECK-NOT: component.export
// CHECK:     component.lift
// CHECK-NOT: component.type.list
component.root @r {
  wasm.module @m {
    wasm.export "f" : (i64) -> ()
    wasm.export "g" : () -> ()
  }
  wasm.module @other {
    wasm.export "g" : () -> ()
  }
  %m = component.core_module @m
  %i = component.core_instantiate %m
  %om = component.core_module @other
  %o = component.core_instantiate %om
  %g0 = component.core_alias core_func %o "g"
  %gt = component.type.func ()
  %g = component.lift %g0 as %gt
  %ge = component.export "g" func %g
  %l = component.type.list u8
  %f0 = component.core_alias core_func %i "f"
  %ft = component.type.func (n: u32)
  %f = component.lift %f0 as %ft
  %fe = component.export "f" func %f
}
