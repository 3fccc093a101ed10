// RUN: meld-opt %s --lower-async-intrinsics --split-input-file | FileCheck %s

// A resource of the host: its number comes in and goes out, a handle is what the
// instance sees. Values whose handles are flat stay in the guest's memory.

// CHECK-LABEL: component.root @flat
// CHECK:       wasm.import @drop_r "ns:p/i" "[resource-drop]r" : (i32) -> ()
// CHECK:       wasm.import @h_import "ns:p/i" "[method]r.write" : (i32, i32, i32) -> ()
// CHECK:       wasm.func @c_h(%[[H:.*]]: i32, %[[P:.*]]: i32, %[[N:.*]]: i32) {
// CHECK:         %[[SCOPE:.*]] = wasm.call @rt.scope_begin
// CHECK:         %[[REP:.*]] = wasm.call @rt.borrow_lift(%{{.*}}, %[[H]], %{{.*}})
// CHECK:         wasm.call @h_import(%[[REP]], %[[P]], %[[N]])
// CHECK:         wasm.call @rt.scope_check(%[[SCOPE]])
// CHECK-NEXT:    wasm.call @rt.scope_end(%[[SCOPE]])
// CHECK:       wasm.func @c_drop(%[[H:.*]]: i32) {
// CHECK:         %[[D:.*]] = wasm.call @rt.resource_drop(%{{.*}}, %[[H]], %{{.*}})
// CHECK:         wasm.if
// CHECK:           wasm.call @drop_r(
// CHECK:       wasm.export "__memory0" @mem
// CHECK:       wasm.custom "meld.abi"
// CHECK-SAME:    \22resources\22:[{\22host\22:true,\22interface\22:\22ns:p/i\22,\22name\22:\22r\22,\22resource\22:\22r\22}]
component.root @flat flattened {
  wasm.module @guest {
    wasm.export "mem" : !wasm.memory<1>
  }
  component.instance_of @c
  component.resource @r known "ns:p/i" "r"
  component.host_func @h "ns:p/i" "[method]r.write" : !component.func_type<(self: borrow<@r>, text: string)>
  wasm.instance @core of @guest
  wasm.alias @mem = @core "mem" : !wasm.memory<1>
  wasm.func @c_h(%h: i32, %p: i32, %n: i32) {
    async_intrinsic.call_direct @h(%h, %p, %n) memory @mem {instance = @c}
      : !component.func_type<(self: borrow<@r>, text: string)>, (i32, i32, i32) -> ()
    wasm.return
  }
  wasm.func @c_drop(%h: i32) {
    async_intrinsic.resource.drop %h in @c : !component.own<@r>
    wasm.return
  }
}

// -----

// Handles in a list: the host sees the list in the runtime's memory.

// CHECK-LABEL: component.root @staged
// CHECK:       wasm.import @h_import "ns:p/i" "all" : (i32, i32) -> ()
// CHECK:       wasm.func @c_h(%[[P:.*]]: i32, %[[N:.*]]: i32) {
// CHECK:         %[[LIST:.*]]:2 = wasm.call @move_list(%[[P]], %[[N]])
// CHECK:         %[[STAGED:.*]] = wasm.call @rt.stage_take
// CHECK:         wasm.call @h_import(%[[LIST]]#0, %[[LIST]]#1)
// CHECK:         wasm.call @rt.stage_free(%[[STAGED]])
// CHECK:       wasm.func @move_list(
// CHECK:         wasm.call @rt.stage(
// CHECK:         wasm.loop
// CHECK:           wasm.load i32 @mem
// CHECK:           wasm.call @rt.borrow_lift(
// CHECK:           wasm.store i32 @rt.memory
// CHECK:       wasm.export "__memory0" @rt.memory
component.root @staged flattened {
  wasm.module @guest {
    wasm.export "mem" : !wasm.memory<1>
  }
  component.instance_of @c
  component.resource @r known "ns:p/i" "r"
  component.host_func @h "ns:p/i" "all" : !component.func_type<(rs: list<borrow<@r>>)>
  wasm.instance @core of @guest
  wasm.alias @mem = @core "mem" : !wasm.memory<1>
  wasm.func @c_h(%p: i32, %n: i32) {
    async_intrinsic.call_direct @h(%p, %n) memory @mem {instance = @c}
      : !component.func_type<(rs: list<borrow<@r>>)>, (i32, i32) -> ()
    wasm.return
  }
}
