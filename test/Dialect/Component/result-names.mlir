// What a definition is called when it is printed. What is no part of an
// identifier is left out of the name of the value, and stays as it is in the op.
// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s | FileCheck %s

component.root @names {
  wasm.module @lib {
    wasm.export "ns:p/i@1.0.0#[method]r.get" : () -> ()
  }
  // CHECK: %lib = component.core_module @lib
  %0 = component.core_module @lib
  // CHECK: %lib.instance = component.core_instantiate %lib
  %1 = component.core_instantiate %0
  // CHECK: %i.r.get = component.core_alias core_func %lib.instance "ns:p/i@1.0.0#[method]r.get"
  %2 = component.core_alias core_func %1 "ns:p/i@1.0.0#[method]r.get"
  // CHECK: %func = component.type.func ()
  %3 = component.type.func ()
  // CHECK: %i.r.get.lifted = component.lift %i.r.get as %func
  %4 = component.lift %2 as %3
  // CHECK: %instance = component.type.instance {
  %5 = component.type.instance {
    // CHECK: %r.get = component.export_decl "[method]r.get" func %func
    %6 = component.type.func ()
    %7 = component.export_decl "[method]r.get" func %6
  }
  // CHECK: %iface = component.import "ns:pkg/iface@1.2.3" instance %instance
  %8 = component.import "ns:pkg/iface@1.2.3" instance %5
  // CHECK: %component = component.type.component {
  %9 = component.type.component {
  }
  // CHECK: %lib_0 = component.import "locked-dep=<ns:pkg/lib@1.0.0>,integrity=<sha256-AA>" component %component
  %10 = component.import "locked-dep=<ns:pkg/lib@1.0.0>,integrity=<sha256-AA>" component %9
  // CHECK: %x.wasm = component.import "url=<https://example.com/x.wasm>" component %component
  %11 = component.import "url=<https://example.com/x.wasm>" component %9
  // CHECK: %stream = component.type.stream u8
  %12 = component.type.stream u8
  // CHECK: %stream_new = component.stream.new %stream
  %13 = component.stream.new %12
  // CHECK: %inner = component.component "inner" {
  %14 = component.component "inner" {
    // CHECK: %stream_1 = component.alias_outer type %stream
    %15 = component.alias_outer type %12
  }
  // CHECK: %inner.instance = component.instantiate %inner
  %16 = component.instantiate %14
  // CHECK: %lowered = component.lower %i.r.get.lifted
  %17 = component.lower %4
  // CHECK: %__31m_ = component.import "\1B[31m\0A" func
  %18 = component.import "\1B[31m\0A" func %3
  // CHECK: %import = component.import "" func
  %19 = component.import "" func %3
}
