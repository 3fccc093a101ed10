// Component IR with a module whose functions are ops is written as any other:
// the module writer makes the bytes.
//
// RUN: meld-translate --mlir-to-component %s -o %t.wasm
// RUN: meld-translate --component-to-mlir %t.wasm | FileCheck %s
// CHECK: component.root @p "p" {
// CHECK: wasm.module "private" @twice bytes <p.twice> {
// CHECK-NEXT: wasm.export "twice" : (i32) -> i32
// CHECK: %[[M:.*]] = component.core_module @twice
// CHECK: %[[I:.*]] = component.core_instantiate %[[M]]
// CHECK: component.lift %{{.*}} as %{{.*}}

component.root @p "p" {
  wasm.module @twice {
    wasm.func @twice(%x: i32) -> i32 {
      %r = wasm.binary add %x, %x : i32
      wasm.return %r : i32
    }
    wasm.export "twice" @twice : (i32) -> i32
  }
  %m = component.core_module @twice
  %i = component.core_instantiate %m
  %f = component.core_alias core_func %i "twice"
  %t = component.type.func (x: u32) -> u32
  %g = component.lift %f as %t
  %e = component.export "twice" func %g
}
