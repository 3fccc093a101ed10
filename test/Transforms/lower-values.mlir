// RUN: meld-opt %s --lower-calls --lower-values --split-input-file | FileCheck %s

// Numbers are brought into range; nothing else is left of a call.

// CHECK-LABEL: component.root @numbers
// CHECK:       wasm.func @c_f(%[[A:.*]]: i32, %[[B:.*]]: i64) -> i32 {
// CHECK-NEXT:    check_may_leave @c
// CHECK-NEXT:    %[[MASK:.*]] = wasm.const 255 : i32
// CHECK-NEXT:    %[[X:.*]] = wasm.binary and %[[A]], %[[MASK]] : i32
// CHECK-NEXT:    %[[R:.*]] = async_intrinsic.call_entry @f(%[[X]], %[[B]]) from @c : (i32, i64) -> i32
// CHECK-NEXT:    wasm.return %[[R]] : i32
component.root @numbers flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32, i64) -> i32
  }
  wasm.instance @i of @m
  wasm.alias @p_f = @i "f" : (i32, i64) -> i32
  component.lifted @f in @p = @p_f as !component.func_type<(a: u8, b: s64) -> u32>
  component.lowered @c_f in @c = @f : (i32, i64) -> i32
}

// -----

// A plain list is checked, allocated and copied by one function. The callee's
// instance has no way out, so its realloc is called as it is.

// CHECK-LABEL: component.root @plain
// CHECK:       wasm.func @c_f(
// CHECK:         %[[L:.*]]:2 = wasm.call @copy_list(%arg0, %arg1)
// CHECK-NEXT:    async_intrinsic.call_entry @f(%[[L]]#0, %[[L]]#1) from @c
// CHECK:       wasm.func @copy_list(%[[P:.*]]: i32, %[[N:.*]]: i32) -> (i32, i32) {
// CHECK:         async_intrinsic.trap "ListTooLong"
// CHECK:         wasm.call @[[CHECK:check_range]](%[[P]]
// CHECK:         %[[TO:.*]] = wasm.call @p_realloc(
// CHECK:         wasm.call @[[CHECK]]_0(%[[TO]]
// CHECK:         wasm.memory_copy @p_mem, @c_mem, %[[TO]], %[[P]]
// CHECK-NOT:     wasm.loop
// CHECK:         wasm.return %[[TO]], %[[N]]
component.root @plain flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32, i32) -> ()
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.instance @ci of @m
  wasm.instance @i of @m
  wasm.alias @c_mem = @ci "mem" : !wasm.memory<1>
  wasm.alias @p_mem = @i "mem" : !wasm.memory<1>
  wasm.alias @p_realloc = @i "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @p_f = @i "f" : (i32, i32) -> ()
  component.lifted @f in @p = @p_f as !component.func_type<(a: list<record<x: f32, y: f32>>)> memory @p_mem realloc @p_realloc
  component.lowered @c_f in @c = @f memory @c_mem : (i32, i32) -> ()
}

// -----

// Two lowers share what moves a text, though one names a realloc for its result.

// CHECK-LABEL: component.root @shared
// CHECK:       wasm.func @c_f(
// CHECK:         wasm.call @move_string(%arg0, %arg1)
// CHECK:       wasm.func @c_g(
// CHECK:         wasm.call @move_string(%arg0, %arg1)
component.root @shared flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32, i32) -> ()
    wasm.export "g" : (i32, i32) -> i32
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.instance @ci of @m
  wasm.instance @i of @m
  wasm.alias @c_mem = @ci "mem" : !wasm.memory<1>
  wasm.alias @c_realloc = @ci "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @p_mem = @i "mem" : !wasm.memory<1>
  wasm.alias @p_realloc = @i "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @p_f = @i "f" : (i32, i32) -> ()
  wasm.alias @p_g = @i "g" : (i32, i32) -> i32
  component.lifted @f in @p = @p_f as !component.func_type<(a: string)> memory @p_mem realloc @p_realloc
  component.lifted @g in @p = @p_g as !component.func_type<(a: string) -> string> memory @p_mem realloc @p_realloc
  component.lowered @c_f in @c = @f memory @c_mem : (i32, i32) -> ()
  component.lowered @c_g in @c = @g memory @c_mem realloc @c_realloc : (i32, i32, i32) -> ()
}

// -----

// Where the callee's instance has a way out, realloc and post-return may not
// take it. A result of more than one core value goes from pointer to pointer.

// CHECK-LABEL: component.root @forbidden
// CHECK:       wasm.func @c_f(%[[P:.*]]: i32, %[[N:.*]]: i32, %[[INTO:.*]]: i32) {
// CHECK:         %[[R:.*]] = async_intrinsic.call_entry @f
// CHECK:         wasm.call @check_range{{.*}}(%[[R]]
// CHECK:         wasm.call @check_range{{.*}}(%[[INTO]]
// CHECK:         wasm.load i64 @p_mem %[[R]]
// CHECK:         wasm.store i64 @c_mem %[[INTO]]
// CHECK:         async_intrinsic.call_post_return @p_post(%[[R]]) in @p
// CHECK-NEXT:    wasm.return
// CHECK:       wasm.func @allocate(
// CHECK-NEXT:    async_intrinsic.call_realloc @p_realloc(%{{.*}}) in @p
component.root @forbidden flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32, i32) -> i32
    wasm.export "post" : (i32) -> ()
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.instance @ci of @m
  wasm.instance @i of @m
  wasm.alias @c_mem = @ci "mem" : !wasm.memory<1>
  wasm.alias @p_mem = @i "mem" : !wasm.memory<1>
  wasm.alias @p_realloc = @i "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @p_f = @i "f" : (i32, i32) -> i32
  wasm.alias @p_post = @i "post" : (i32) -> ()
  component.host_func @h "" "h" : !component.func_type<()>
  component.lowered @p_h in @p = @h : () -> ()
  component.lifted @f in @p = @p_f as !component.func_type<(a: string) -> tuple<s64, bool>> memory @p_mem realloc @p_realloc post_return @p_post
  component.lowered @c_f in @c = @f memory @c_mem : (i32, i32, i32) -> ()
}
