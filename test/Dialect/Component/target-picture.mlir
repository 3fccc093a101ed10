// The two components of the stream example, written by hand with declared
// modules: no byte of wasm.

// RUN: meld-opt %s | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s
// RUN: meld-opt %s --cse --canonicalize --symbol-dce | FileCheck %s

// CHECK-LABEL: component.root @pipeline
component.root @pipeline {
  wasm.module "private" @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.module "private" @producer {
    wasm.import "env" "write" : (i32, i32, i32) -> i32
    wasm.import "env" "return" : (i32) -> ()
    wasm.import "env" "mem" : !wasm.memory<1>
    wasm.export "produce" : (i32, i32) -> i32
    wasm.export "produce_cb" : (i32, i32, i32) -> i32
  }
  wasm.module "private" @consumer {
    wasm.import "env" "produce" : (i32, i32, i32) -> i32
    wasm.import "env" "read" : (i32, i32, i32) -> i32
    wasm.import "env" "return" : (i64) -> ()
    wasm.import "env" "mem" : !wasm.memory<1>
    wasm.export "run" : (i32) -> i32
    wasm.export "run_cb" : (i32, i32, i32) -> i32
  }

  // CHECK: %[[P:.*]] = component.component "producer" {
  %P = component.component "producer" {
    %mm = component.core_module @memory_only
    %mi = component.core_instantiate %mm
    %mem = component.core_alias core_memory %mi "mem"
    %st = component.type.stream u8
    // CHECK: component.type.func async (n: u32, chunk: u32) -> %
    %ft = component.type.func async (n: u32, chunk: u32) -> %st
    // CHECK: component.stream.write %{{.*}} async memory %mem
    %wr = component.stream.write %st async memory %mem
    %ret = component.task.return %st
    %env = component.core_bundle "write" = core_func %wr, "return" = core_func %ret, "mem" = core_memory %mem
    %pm = component.core_module @producer
    %pi = component.core_instantiate %pm with "env" = %env
    %f0 = component.core_alias core_func %pi "produce"
    %f1 = component.core_alias core_func %pi "produce_cb"
    // CHECK: component.lift %produce{{[_0-9]*}} as %{{.*}} async callback %produce_cb
    %f = component.lift %f0 as %ft async callback %f1
    %e = component.export "produce" func %f
  }
  // CHECK: component.component "consumer" {
  %C = component.component "consumer" {
    %st = component.type.stream u8
    %ft = component.type.func async (n: u32, chunk: u32) -> %st
    %produce = component.import "produce" func %ft
    %mm = component.core_module @memory_only
    %mi = component.core_instantiate %mm
    %mem = component.core_alias core_memory %mi "mem"
    // CHECK: component.lower %produce{{[_0-9]*}} async memory %mem
    %call = component.lower %produce async memory %mem
    %rd = component.stream.read %st async memory %mem
    %ret = component.task.return u64
    %env = component.core_bundle "produce" = core_func %call, "read" = core_func %rd, "return" = core_func %ret, "mem" = core_memory %mem
    %cm = component.core_module @consumer
    %ci = component.core_instantiate %cm with "env" = %env
    %f0 = component.core_alias core_func %ci "run"
    %f1 = component.core_alias core_func %ci "run_cb"
    %rt = component.type.func async (n: u32) -> u64
    %f = component.lift %f0 as %rt async callback %f1
    %e = component.export "run" func %f
  }
  // CHECK: %[[I:.*]] = component.instantiate %[[P]]
  %p = component.instantiate %P
  %produce = component.alias func %p "produce"
  // CHECK: component.instantiate %{{.*}} with "produce" = func %produce{{[_0-9]*}}
  %c = component.instantiate %C with "produce" = func %produce
  %run = component.alias func %c "run"
  // CHECK: component.export "run" func %run{{[_0-9]*}}
  %e = component.export "run" func %run
}
