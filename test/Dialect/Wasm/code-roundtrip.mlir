// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s
// RUN: meld-opt %s --mlir-print-op-generic | meld-opt | FileCheck %s
// RUN: meld-opt %s --cse --canonicalize --symbol-dce | meld-opt -o /dev/null

wasm.module @code {
  wasm.memory @m : !wasm.memory<1>
  wasm.memory @m64 : !wasm.memory<1, i64>
  wasm.table @t : !wasm.table<1, funcref>
  wasm.table @t64 : !wasm.table<1, funcref, i64>
  wasm.global @g : !wasm.global<mut i32> = 0
  wasm.global @object : !wasm.global<funcref> = null
  wasm.data @d "abc"
  wasm.elem @e in @t offset 0 [@control]
  wasm.elem @pe [@control]

  // CHECK-LABEL: wasm.func @numbers
  wasm.func @numbers(%a: i32, %b: i64, %x: f64) -> i32 {
    // CHECK: %{{.*}} = wasm.const 5 : i32
    %c = wasm.const 5 : i32
    // CHECK: wasm.binary and %{{.*}}, %{{.*}} : i32
    %1 = wasm.binary and %a, %c : i32
    // CHECK: wasm.binary div_u %{{.*}}, %{{.*}} : i32
    %2 = wasm.binary div_u %1, %c : i32
    // CHECK: wasm.unary sqrt %{{.*}} : f64
    %3 = wasm.unary sqrt %x : f64
    // CHECK: wasm.compare lt_u %{{.*}}, %{{.*}} : i64
    %4 = wasm.compare lt_u %b, %b : i64
    // CHECK: wasm.test eqz %{{.*}} : i64
    %5 = wasm.test eqz %b : i64
    // CHECK: wasm.convert trunc_f64_s %{{.*}} : f64 -> i64
    %6 = wasm.convert trunc_f64_s %3 : f64 -> i64
    // CHECK: wasm.convert wrap_i64 %{{.*}} : i64 -> i32
    %7 = wasm.convert wrap_i64 %6 : i64 -> i32
    // CHECK: wasm.vector i64x2_splat %{{.*}} : (i64) -> !wasm.v128
    %v = wasm.vector i64x2_splat %b : (i64) -> !wasm.v128
    // CHECK: wasm.vector or %{{.*}}, %{{.*}} : (!wasm.v128, !wasm.v128) -> !wasm.v128
    %w = wasm.vector or %v, %v : (!wasm.v128, !wasm.v128) -> !wasm.v128
    // CHECK: wasm.vector any_true %{{.*}} : (!wasm.v128) -> i32
    %any = wasm.vector any_true %w : (!wasm.v128) -> i32
    // CHECK: wasm.select %{{.*}}, %{{.*}}, %{{.*}} : i32
    %8 = wasm.select %4, %5, %7 : i32
    %9 = wasm.binary add %8, %2 : i32
    wasm.return %9 : i32
  }

  // CHECK-LABEL: wasm.func @memories
  wasm.func @memories(%p: i32, %q: i64) -> i32 {
    // CHECK: wasm.load i32 @m offset=8 %{{.*}}
    %0 = wasm.load i32 @m offset=8 %p
    // CHECK: wasm.load i32 as u8 @m %{{.*}}
    %1 = wasm.load i32 as u8 @m %p
    // CHECK: wasm.load f64 @m64 %{{.*}} : i64
    %2 = wasm.load f64 @m64 %q : i64
    // CHECK: wasm.store i32 @m offset=8 %{{.*}}, %{{.*}}
    wasm.store i32 @m offset=8 %p, %0
    // CHECK: wasm.store i32 as u16 @m %{{.*}}, %{{.*}}
    wasm.store i32 as u16 @m %p, %0
    // CHECK: wasm.store f64 @m64 %{{.*}}, %{{.*}} : i64
    wasm.store f64 @m64 %q, %2 : i64
    // CHECK: wasm.memory_size @m{{$}}
    %s = wasm.memory_size @m
    // CHECK: wasm.memory_grow @m, %{{.*}}
    %o = wasm.memory_grow @m, %s
    // CHECK: wasm.memory_copy @m, @m, %{{.*}}, %{{.*}}, %{{.*}}
    wasm.memory_copy @m, @m, %p, %0, %1
    // CHECK: wasm.memory_copy @m64, @m, %{{.*}}, %{{.*}}, %{{.*}} : i64, i32, i32
    wasm.memory_copy @m64, @m, %q, %0, %1 : i64, i32, i32
    // CHECK: wasm.memory_fill @m, %{{.*}}, %{{.*}}, %{{.*}}
    wasm.memory_fill @m, %p, %o, %1
    // CHECK: wasm.memory_init @m, @d, %{{.*}}, %{{.*}}, %{{.*}}
    wasm.memory_init @m, @d, %p, %o, %1
    // CHECK: wasm.data_drop @d
    wasm.data_drop @d
    // CHECK: wasm.table_init @t, @pe, %{{.*}}, %{{.*}}, %{{.*}}
    wasm.table_init @t, @pe, %p, %o, %1
    // CHECK: wasm.table_init @t64, @pe, %{{.*}}, %{{.*}}, %{{.*}} : i64
    wasm.table_init @t64, @pe, %q, %o, %1 : i64
    // CHECK: wasm.table_fill @t with @object
    wasm.table_fill @t with @object
    // CHECK: wasm.elem_drop @pe
    wasm.elem_drop @pe
    // CHECK: wasm.global_get @g : i32
    %g = wasm.global_get @g : i32
    // CHECK: wasm.global_set @g, %{{.*}} : i32
    wasm.global_set @g, %g : i32
    // CHECK: wasm.table_slot @control in @t : i32
    %slot = wasm.table_slot @control in @t : i32
    // CHECK: wasm.call_indirect @t[%{{.*}}](%{{.*}}) : (i32) -> i32
    %r = wasm.call_indirect @t[%slot](%p) : (i32) -> i32
    wasm.return %r : i32
  }

  // CHECK-LABEL: wasm.func @control
  wasm.func @control(%n: i32) -> i32 {
    %one = wasm.const 1 : i32
    // CHECK: %[[I:.*]] = wasm.local %{{.*}} : i32
    %i = wasm.local %n : i32
    // CHECK: %[[R:.*]] = wasm.block %[[DONE:.*]] -> i32 {
    %r = wasm.block %done -> i32 {
      // CHECK: wasm.loop %[[AGAIN:.*]] {
      wasm.loop %again {
        // CHECK: %[[V:.*]] = wasm.local_get %[[I]] : i32
        %v = wasm.local_get %i : i32
        %z = wasm.test eqz %v : i32
        // CHECK: wasm.br_if %[[DONE]], %{{.*}} with %{{.*}} : i32
        wasm.br_if %done, %z with %n : i32
        %w = wasm.binary sub %v, %one : i32
        // CHECK: wasm.local_set %[[I]], %{{.*}} : i32
        wasm.local_set %i, %w : i32
        // CHECK: wasm.br %[[AGAIN]]
        wasm.br %again
      }
      wasm.unreachable
    }
    // CHECK: wasm.block %[[A:.*]] {
    wasm.block %a {
      // CHECK-NEXT: wasm.block %[[B:.*]] {
      wasm.block %b {
        // CHECK-NEXT: wasm.br_table %{{.*}} [%[[A]]] else %[[B]]
        wasm.br_table %r [%a] else %b
      }
      // CHECK: }
      // CHECK-NEXT: }
    }
    // CHECK: wasm.block %[[C:.*]] {
    wasm.block %c {
      // CHECK-NEXT: wasm.try catch_all %[[C]] {
      // CHECK-NEXT: }
      wasm.try catch_all %c {
      }
    }
    // CHECK: wasm.if %{{.*}} -> i32 {
    %s = wasm.if %r -> i32 {
      // CHECK: wasm.call @control(%{{.*}}) : (i32) -> i32
      %v = wasm.call @control(%r) : (i32) -> i32
      wasm.yield %v : i32
      // CHECK: } else {
    } else {
      wasm.yield %one : i32
    }
    // CHECK: wasm.if %{{.*}} {
    // CHECK-NEXT: wasm.return %{{.*}} : i32
    wasm.if %s {
      wasm.return %r : i32
    }
    wasm.return %s : i32
  }
}
