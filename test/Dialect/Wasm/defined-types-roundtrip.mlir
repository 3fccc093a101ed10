// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s

// Each group is printed once, however often it is named, and so are function
// types that name others.
// CHECK-DAG: ![[PLAIN:.*]] = (!wasm.ref<(i32) -> f64>) -> !wasm.ref<i31>
// CHECK-DAG: #[[LIST:.*]] = #wasm.rec<sub struct(mut i32, ref null 0)>
// CHECK-DAG: #[[ARRAYS:.*]] = #wasm.rec<sub array(mut i8), final 0 array(mut i8)>
// CHECK-DAG: #[[OWNER:.*]] = #wasm.rec<final struct(ref 1, i16) with !wasm.defined<0 of #[[LIST]]>>
// CHECK-DAG: #[[FUNC:.*]] = #wasm.rec<sub func(ref 1, ref null 2, f32) -> (ref any) with () -> (), (i32) -> i32>
// CHECK-DAG: #[[CONT:.*]] = #wasm.rec<final cont 1 with (i32) -> i32>

// CHECK-LABEL: wasm.module @groups
wasm.module @groups {
  // CHECK: "list" : !wasm.global<!wasm.ref<null !wasm.defined<0 of #[[LIST]]>>>
  wasm.import "" "list" : !wasm.global<!wasm.ref<null !wasm.defined<0 of <sub struct(mut i32, ref null 0)>>>>
  // CHECK: "array" : !wasm.table<1, !wasm.ref<null !wasm.defined<1 of #[[ARRAYS]]>>>
  wasm.import "" "array" : !wasm.table<1, !wasm.ref<null !wasm.defined<1 of <sub array(mut i8), final 0 array(mut i8)>>>>
  // CHECK: "owner" : !wasm.global<mut !wasm.ref<!wasm.defined<0 of #[[OWNER]]>>>
  wasm.import "" "owner" : !wasm.global<mut !wasm.ref<!wasm.defined<0 of <final struct(ref 1, i16) with !wasm.defined<0 of <sub struct(mut i32, ref null 0)>>>>>>
  // CHECK: "plain" : ![[PLAIN]]
  wasm.import "" "plain" : (!wasm.ref<(i32) -> f64>) -> !wasm.ref<i31>
  // Types outside of the group are numbered as they are named first, each once.
  // CHECK: "func" : !wasm.defined<0 of #[[FUNC]]>
  wasm.import "" "func" : !wasm.defined<0 of <sub func(ref 2, ref null 1, f32) -> (ref any) with (i32) -> i32, () -> ()>>
  // CHECK: "tag" : !wasm.tag<!wasm.defined<0 of #[[FUNC]]>>
  wasm.import "" "tag" : !wasm.tag<!wasm.defined<0 of <sub func(ref 2, ref null 3, f32) -> (ref any) with () -> f64, () -> (), (i32) -> i32>>>
  // CHECK: "task" : (!wasm.ref<!wasm.defined<0 of #[[CONT]]>>) -> ()
  wasm.import "" "task" : (!wasm.ref<!wasm.defined<0 of <final cont 1 with (i32) -> i32>>>) -> ()
}

// CHECK-LABEL: wasm.module @bodies
wasm.module @bodies {
  wasm.module "private" @guest bytes <guest.wasm> {
  }
  wasm.space @i of @guest types [!wasm.defined<0 of <sub func() -> ()>>]
  // CHECK: wasm.bytes @i.f : !wasm.defined<0 of #{{.*}}> = body 0 of @i
  wasm.bytes @i.f : !wasm.defined<0 of <sub func() -> ()>> = body 0 of @i
  // CHECK: wasm.table @i.t : !wasm.table<1, !wasm.ref<func>> = body 0 of @i
  wasm.table @i.t : !wasm.table<1, !wasm.ref<func>> = body 0 of @i
  // CHECK: wasm.memory @m : !wasm.memory<1, 9, shared, i64, bytes>
  wasm.memory @m : !wasm.memory<1, 9, shared, i64, bytes>
  // CHECK: wasm.elem @e [@i.f]
  wasm.elem @e [@i.f]
}
