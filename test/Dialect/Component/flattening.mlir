// The core type of a lowered function is its callee's, flattened: each line
// verifies one rule of `flatten_functype`.

// RUN: meld-opt %s | FileCheck %s

// CHECK-LABEL: component.root @flattening
component.root @flattening flattened {
  component.instance_of @p
  wasm.memory @m : !wasm.memory<1>

  // Scalars and their widths.
  component.host_func @scalars "" "f" : !component.func_type<(a: bool, b: s64, c: f32, d: f64, e: char, f: flags<a, b>, g: enum<x, y>) -> u64>
  component.lowered @l0 in @p = @scalars : (i32, i64, f32, f64, i32, i32, i32) -> i64

  // Pointer and length; a result of two values goes by pointer.
  component.host_func @strings "" "f" : !component.func_type<(a: string, b: list<u64>, c: map<string, u8>) -> string>
  component.lowered @l1 in @p = @strings memory @m : (i32, i32, i32, i32, i32, i32, i32) -> ()

  // Fields follow each other, in records, tuples and lists of fixed length.
  component.host_func @fields "" "f" : !component.func_type<(a: record<x: u8, y: tuple<f32, s64>>, b: list<f64, 2>)>
  component.lowered @l2 in @p = @fields : (i32, f32, i64, f64, f64) -> ()

  // Cases share values: equal types stay, 32 bits join to i32, others to i64.
  component.host_func @cases "" "f" : !component.func_type<(a: variant<a: f32, b: f32>, b: result<f32, u32>, c: result<f64, u32>, d: option<tuple<f64, u8>>)>
  component.lowered @l3 in @p = @cases : (i32, f32, i32, i32, i32, i64, i32, f64, i32) -> ()

  // Handles are numbers.
  component.resource @r
  component.host_func @handles "" "f" : !component.func_type<(a: own<@r>, b: borrow<@r>, c: stream<u64>, d: future<none>, e: error_context)>
  component.lowered @l4 in @p = @handles : (i32, i32, i32, i32, i32) -> ()

  // 16 values are flat, 17 go by pointer.
  component.host_func @flat16 "" "f" : !component.func_type<(a: list<u64, 16>)>
  component.lowered @l5 in @p = @flat16 : (i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64) -> ()
  component.host_func @flat17 "" "f" : !component.func_type<(a: list<u64, 17>) -> u64>
  component.lowered @l6 in @p = @flat17 memory @m : (i32) -> i64

  // Async: 4 values are flat, 5 go by pointer; every result goes by pointer.
  component.host_func @async4 "" "f" : !component.func_type<async (a: list<u64, 4>) -> u8>
  component.lowered @l7 in @p = @async4 async memory @m : (i64, i64, i64, i64, i32) -> i32
  component.host_func @async5 "" "f" : !component.func_type<async (a: list<u64, 5>)>
  component.lowered @l8 in @p = @async5 async memory @m : (i32) -> i32

  // task.return takes 16 values flat.
  component.canonical @ret16 in @p = task_return !component.list<f32, 16> : (f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f32) -> ()
  component.canonical @ret17 in @p = task_return !component.list<f32, 17> : (i32) -> ()
}
