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

// -----

// An asynchronous export with a list: the host stages it, the list of blocks
// waits in the record, and goes when the callee has its own.

// CHECK-LABEL: component.root @task
// CHECK:       wasm.func @start_f(%[[CALL:.*]]: i32) {
// CHECK:         %[[LIST:.*]]:2 = wasm.call @copy_list(
// CHECK:         %[[STAGED:.*]] = wasm.load i32 @rt.memory offset=40 %[[CALL]]
// CHECK-NEXT:    wasm.call @rt.stage_free(%[[STAGED]])
// CHECK-NEXT:    wasm.call @f_core(%[[LIST]]#0, %[[LIST]]#1)
// CHECK:       wasm.func @result_f(%[[CALL:.*]]: i32, %[[P:.*]]: i32, %[[N:.*]]: i32) {
// CHECK:         %[[ROOM:.*]] = wasm.call @rt.stage(
// CHECK:         wasm.store i32 @rt.memory %[[ROOM]]
// CHECK:         %[[STAGED:.*]] = wasm.call @rt.stage_take
// CHECK:         wasm.call @host.task_result(%{{.*}}, %[[ROOM]])
// CHECK-NEXT:    wasm.call @rt.stage_free(%[[STAGED]])
// CHECK:       wasm.func @export_f(%[[P:.*]]: i32, %[[N:.*]]: i32) -> i32 {
// CHECK:         %[[CALL:.*]] = wasm.call @rt.call_new(
// CHECK:         %[[STAGED:.*]] = wasm.call @rt.stage_take
// CHECK-NEXT:    wasm.store i32 @rt.memory offset=40 %[[CALL]], %[[STAGED]]
// CHECK:       wasm.export "__stage" @stage : (i32, i32) -> i32
component.root @task flattened {
  wasm.module @guest {
    wasm.export "mem" : !wasm.memory<1>
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
    wasm.export "f" : (i32, i32) -> i32
  }
  component.instance_of @p
  wasm.instance @core of @guest
  wasm.alias @mem = @core "mem" : !wasm.memory<1>
  wasm.alias @realloc = @core "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @f_core = @core "f" : (i32, i32) -> i32
  async_intrinsic.task_type @f in @p = @f_core async step @f_step memory @mem realloc @realloc : !component.func_type<async (xs: list<u8>) -> string>
  wasm.func @f_step(%task: i32, %event: i32, %index: i32, %payload: i32) {
    async_intrinsic.task.exit %task {instance = @p}
    wasm.return
  }
  component.export_func "f" @f
}
