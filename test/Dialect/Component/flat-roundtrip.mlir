// RUN: meld-opt %s | FileCheck %s
// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s
// RUN: meld-opt %s --mlir-print-op-generic | meld-opt | FileCheck %s

component.root @flat flattened {
  wasm.module "private" @m {
    wasm.export "mem" : !wasm.memory<1>
    wasm.export "f" : (i32) -> i32
    wasm.export "cb" : (i32, i32, i32) -> i32
  }
  // CHECK: component.instance_of @root_instance
  component.instance_of @root_instance
  // CHECK: component.instance_of @p parent @root_instance
  component.instance_of @p parent @root_instance
  wasm.instance @p_core of @m
  wasm.alias @mem = @p_core "mem" : !wasm.memory<1>
  wasm.alias @f = @p_core "f" : (i32) -> i32
  wasm.alias @cb = @p_core "cb" : (i32, i32, i32) -> i32
  // CHECK: component.resource @r in @p dtor @f
  component.resource @r in @p dtor @f
  // CHECK: component.resource @s known "ns:p/i" "s"{{$}}
  component.resource @s known "ns:p/i" "s"

  // CHECK: component.canonical @w in @p = stream_write !component.stream<u8> async memory @mem : (i32, i32, i32) -> i32
  component.canonical @w in @p = stream_write !component.stream<u8> async memory @mem : (i32, i32, i32) -> i32
  // CHECK: component.canonical @n in @p = waitable_set_new : () -> i32
  component.canonical @n in @p = waitable_set_new : () -> i32
  // CHECK: component.canonical @ret in @p = task_return !component.u64 : (i64) -> ()
  component.canonical @ret in @p = task_return !component.u64 : (i64) -> ()
  // CHECK: component.canonical @none in @p = task_return : () -> ()
  component.canonical @none in @p = task_return : () -> ()
  // CHECK: component.canonical @get in @p = context_get i32 slot 0 : () -> i32
  component.canonical @get in @p = context_get i32 slot 0 : () -> i32
  // CHECK: component.canonical @drop in @p = resource_drop !component.own<@r> : (i32) -> ()
  component.canonical @drop in @p = resource_drop !component.own<@r> : (i32) -> ()

  // CHECK: component.lifted @produce in @p = @f as !component.func_type<async (n: u32) -> stream<u8>> async callback @cb memory @mem
  component.lifted @produce in @p = @f as !component.func_type<async (n: u32) -> stream<u8>> async callback @cb memory @mem
  // CHECK: component.lifted @step in @p = @f as !component.func_type<async (n: u32)> async step @cb
  component.lifted @step in @p = @f as !component.func_type<async (n: u32)> async step @cb
  // CHECK: component.lifted @sync in @p = @f as !component.func_type<(n: u32) -> u32>
  component.lifted @sync in @p = @f as !component.func_type<(n: u32) -> u32>

  // CHECK: component.lowered @low in @p = @produce async memory @mem start @f return @f : (i32, i32) -> i32
  component.lowered @low in @p = @produce async memory @mem start @f return @f : (i32, i32) -> i32
  // CHECK: component.host_func @h "ns:p/i" "f" : !component.func_type<(n: u32)>
  component.host_func @h "ns:p/i" "f" : !component.func_type<(n: u32)>
  // CHECK: component.lowered @lowh in @p = @h : (i32) -> ()
  component.lowered @lowh in @p = @h : (i32) -> ()
  // CHECK: component.export_func "run" @produce
  component.export_func "run" @produce
  // CHECK: component.type_name "ns:p/i#point" : !component.record<x: u32, y: own<@r>>
  component.type_name "ns:p/i#point" : !component.record<x: u32, y: own<@r>>
  // CHECK: component.type_name "size" : !component.u64
  component.type_name "size" : !component.u64
}
