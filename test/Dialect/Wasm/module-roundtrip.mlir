// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s
// RUN: meld-opt %s --mlir-print-op-generic | meld-opt | FileCheck %s
// RUN: meld-opt %s --cse --canonicalize | FileCheck %s

// CHECK-LABEL: wasm.module "private" @producer {
wasm.module "private" @producer {
  // CHECK: wasm.import "env" "write" : (i32) -> i32
  wasm.import "env" "write" : (i32) -> i32
  // CHECK: wasm.import "env" "mem" : !wasm.memory<1>
  wasm.import "env" "mem" : !wasm.memory<1>
  // CHECK: wasm.export "produce" : (i32, i32) -> i32
  wasm.export "produce" : (i32, i32) -> i32
}

// CHECK: wasm.module @shim source "shim.wasm" {
wasm.module @shim source "shim.wasm" {
}

// CHECK: wasm.module @guest bytes <guest.wasm> {
wasm.module @guest bytes <guest.wasm> {
}

// CHECK-LABEL: wasm.module @types
wasm.module @types {
  // CHECK: wasm.import @m0 "env" "m0" : !wasm.memory<1, 4, shared, i64>
  wasm.import @m0 "env" "m0" : !wasm.memory<1, 4, shared, i64>
  // CHECK: wasm.import "env" "m1" : !wasm.memory<1, i64>
  wasm.import "env" "m1" : !wasm.memory<1, i64>
  // CHECK: wasm.table @t0 : !wasm.table<1, 8, externref, i64>
  wasm.table @t0 : !wasm.table<1, 8, externref, i64>
  // CHECK: wasm.tag @tag : !wasm.tag<(i32) -> ()>
  wasm.tag @tag : !wasm.tag<(i32) -> ()>
  // CHECK: wasm.global @g : !wasm.global<mut i32> = 5
  wasm.global @g : !wasm.global<mut i32> = 5
  // CHECK: wasm.global @h : !wasm.global<f64> = 1.500000e+00
  wasm.global @h : !wasm.global<f64> = 1.5
  // CHECK: wasm.global @r : !wasm.global<funcref> = @f
  wasm.global @r : !wasm.global<funcref> = @f
  // CHECK: wasm.global @n : !wasm.global<externref> = null
  wasm.global @n : !wasm.global<externref> = null
  // CHECK: wasm.func private @f(%{{.*}}: i32, %{{.*}}: !wasm.v128) -> i32 {
  wasm.func private @f(%a: i32, %b: !wasm.v128) -> i32 {
    wasm.return %a : i32
  }
  // CHECK: wasm.table @t : !wasm.table<4, funcref>
  wasm.table @t : !wasm.table<4, funcref>
  // CHECK: wasm.elem @e in @t offset 1 [@f, @f]
  wasm.elem @e in @t offset 1 [@f, @f]
  // CHECK: wasm.elem @passive [@f]
  wasm.elem @passive [@f]
  // CHECK: wasm.memory @m : !wasm.memory<1>
  wasm.memory @m : !wasm.memory<1>
  // CHECK: wasm.data @d in @m offset 16 "hello"
  wasm.data @d in @m offset 16 "hello"
  // CHECK: wasm.data @p dense<[1, 2]> : tensor<2xi32>
  wasm.data @p dense<[1, 2]> : tensor<2xi32>
  // CHECK: wasm.func @start() {
  wasm.func @start() {
    wasm.return
  }
  // CHECK: wasm.start @start
  wasm.start @start
  // CHECK: wasm.export "f" @f : (i32, !wasm.v128) -> i32
  wasm.export "f" @f : (i32, !wasm.v128) -> i32
  // CHECK: wasm.custom "meld.abi" "{}"
  wasm.custom "meld.abi" "{}"
}

// CHECK-LABEL: wasm.module @merged
wasm.module @merged {
  // CHECK: wasm.module "private" @inner
  wasm.module "private" @inner {
  }
  // CHECK: wasm.memory "private" @memory : !wasm.memory<1>
  wasm.memory "private" @memory : !wasm.memory<1>
  // CHECK: wasm.space @i of @inner types [(i32) -> i32] functions [@i.f] memories [@memory]
  wasm.space @i of @inner types [(i32) -> i32] functions [@i.f] memories [@memory]
  // CHECK: wasm.bytes @i.f : (i32) -> i32 = body 3 of @i
  wasm.bytes @i.f : (i32) -> i32 = body 3 of @i
  // CHECK: wasm.global @i.g : !wasm.global<i32> = body 2 of @i
  wasm.global @i.g : !wasm.global<i32> = body 2 of @i
  // CHECK: wasm.data @i.d in @memory = body 0 of @i
  wasm.data @i.d in @memory = body 0 of @i
  // CHECK: wasm.elem @i.e = body 1 of @i
  wasm.elem @i.e = body 1 of @i
}

// CHECK: wasm.instance @root_i of @producer with "env" "write" = @write, "env" "mem" = @memory
wasm.memory @memory : !wasm.memory<2>
wasm.func @write(%a: i32) -> i32 {
  wasm.return %a : i32
}
wasm.instance @root_i of @producer with "env" "write" = @write, "env" "mem" = @memory
// CHECK: wasm.alias @produce = @root_i "produce" : (i32, i32) -> i32
wasm.alias @produce = @root_i "produce" : (i32, i32) -> i32
// CHECK: wasm.module @located
wasm.module @located {
} loc("m"(#wasm.at<"x.wasm", 0x1a2>))

{-#
  dialect_resources: {
    wasm: {
      guest.wasm: "0x010000000061736d01000000"
    }
  }
#-}
