// RUN: meld-opt %s --lower-values --split-input-file --verify-diagnostics

component.root @no_memory flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32, i32) -> ()
  }
  wasm.instance @i of @m
  wasm.alias @p_f = @i "f" : (i32, i32) -> ()
  component.lifted @f in @p = @p_f as !component.func_type<(a: string)>
  wasm.func @c_f(%p: i32, %n: i32) {
    // expected-error @+1 {{'async_intrinsic.call_direct' op lifts from memory, but there is none}}
    async_intrinsic.call_direct @f(%p, %n) {instance = @c} : !component.func_type<(a: string)>, (i32, i32) -> ()
    wasm.return
  }
}

// -----

component.root @no_realloc flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32, i32) -> ()
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.instance @i of @m
  wasm.alias @p_f = @i "f" : (i32, i32) -> ()
  wasm.alias @mem = @i "mem" : !wasm.memory<1>
  component.lifted @f in @p = @p_f as !component.func_type<(a: string)> memory @mem
  wasm.func @c_f(%p: i32, %n: i32) {
    // expected-error @+1 {{'async_intrinsic.call_direct' op lowers into memory, but there is no realloc}}
    async_intrinsic.call_direct @f(%p, %n) memory @mem {instance = @c} : !component.func_type<(a: string)>, (i32, i32) -> ()
    wasm.return
  }
}

// -----

component.root @other_types flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32) -> ()
  }
  wasm.instance @i of @m
  wasm.alias @p_f = @i "f" : (i32) -> ()
  component.lifted @f in @p = @p_f as !component.func_type<(a: u8)>
  wasm.func @c_f(%p: i64) {
    // expected-error @+1 {{'async_intrinsic.call_direct' op takes or gives other core values than its type}}
    async_intrinsic.call_direct @f(%p) {instance = @c} : !component.func_type<(a: u8)>, (i64) -> ()
    wasm.return
  }
}
