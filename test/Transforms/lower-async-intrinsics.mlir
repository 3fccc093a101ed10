// RUN: meld-opt %s --lower-async-intrinsics --split-input-file | FileCheck %s

// A stream between two instances: the third stage of the target picture. Where
// the other end waits with room, the function copies by itself. All else is for
// a function whose checks come in the order of the specification: the handle,
// the buffer, and then the runtime copies.

// CHECK-LABEL: component.root @pipeline flattened
// CHECK:       wasm.memory @rt.memory : !wasm.memory<1>
// CHECK:       wasm.table @rt.table : !wasm.table<5, funcref>
// CHECK-DAG:   wasm.import @rt.stream_write "meld:runtime" "stream_write" : (i32, i32, i32, i32) -> i32
// CHECK:       wasm.func @p_write(%[[H:.*]]: i32, %[[P:.*]]: i32, %[[N:.*]]: i32) -> i32 {
// CHECK:         wasm.block %[[DONE:.*]] -> i32 {
// CHECK:           wasm.block %[[OTHERWISE:.*]] {
// The table of the instance, the header of an idle writable end of type 0.
// CHECK:             wasm.load i32 @rt.memory offset=396
// CHECK:             %[[END:.*]] = wasm.load i32 @rt.memory %{{.*}}
// CHECK-DAG:         %[[HEADER:.*]] = wasm.load i32 @rt.memory %[[END]]
// CHECK-DAG:         %[[WANT:.*]] = wasm.const 3 : i32
// CHECK:             wasm.compare ne %[[HEADER]], %[[WANT]]
// CHECK:             wasm.memory_size @p_mem
// CHECK:             wasm.call @copy_u8_p_mem_c_mem(%[[TO:.*]], %[[P]], %[[COUNT:.*]]) :
// CHECK:             wasm.call @rt.stream_posted(
// CHECK:             wasm.br %[[DONE]]
// CHECK:           wasm.call @p_write_slow(%[[H]], %[[P]], %[[N]])
// CHECK:       wasm.func @c_read
// CHECK:         wasm.call @copy_u8_p_mem_c_mem(
// The only code that touches both memories.
// CHECK:       wasm.func @copy_u8_p_mem_c_mem(%[[D:.*]]: i32, %[[S:.*]]: i32, %[[B:.*]]: i32) {
// CHECK-NEXT:    wasm.memory_copy @c_mem, @p_mem, %[[D]], %[[S]], %[[B]]
// CHECK:       wasm.func @p_write_slow(%[[H:.*]]: i32, %[[P:.*]]: i32, %[[N:.*]]: i32) -> i32 {
// CHECK-NEXT:    %[[WANT:.*]] = wasm.const 3 : i32
// CHECK-NEXT:    %[[INSTANCE:.*]] = wasm.const 384 : i32
// CHECK-NEXT:    %[[END:.*]] = wasm.call @rt.stream_end(%[[INSTANCE]], %[[H]], %[[WANT]])
// CHECK:         wasm.const 72 : i32
// CHECK:         wasm.call @rt.trap
// CHECK:         wasm.memory_size @p_mem
// CHECK:         wasm.const 73 : i32
// CHECK:         wasm.call @rt.trap
// CHECK:         %[[MEMORY:.*]] = wasm.const 0 : i32
// CHECK:         %[[R:.*]] = wasm.call @rt.stream_write(%[[END]], %[[P]], %[[N]], %[[MEMORY]])
// CHECK:         wasm.return %[[R]]
// CHECK:       wasm.func @rt.trap(%[[K:.*]]: i32, %[[A:.*]]: i32) {
// CHECK-NEXT:    wasm.global_set @rt.trap_kind, %[[K]] : i32
// CHECK-NEXT:    wasm.global_set @rt.trap_argument, %[[A]] : i32
// CHECK-NEXT:    wasm.unreachable
// The copy is at the base, 1, and 0 * 2 + 1.
// CHECK:       wasm.elem @rt.slots in @rt.table offset 2 [@copy_u8_p_mem_c_mem]
// The heap begins behind the records; two rows of copies; one stream type.
// CHECK:       wasm.data @rt.heap in @rt.memory offset 20 dense<544>
// CHECK:       wasm.data @rt.rows in @rt.memory offset 56 dense<2>
// CHECK:       wasm.data @rt.records in @rt.memory offset 512 dense<[0, 1, 1, 1]>
// CHECK-NOT:   async_intrinsic
component.root @pipeline flattened {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  component.instance_of @p
  component.instance_of @c
  wasm.instance @p_core of @memory_only
  wasm.instance @c_core of @memory_only
  wasm.alias @p_mem = @p_core "mem" : !wasm.memory<1>
  wasm.alias @c_mem = @c_core "mem" : !wasm.memory<1>
  wasm.func @p_write(%h: i32, %ptr: i32, %n: i32) -> i32 {
    async_intrinsic.check_may_leave @p
    %b = async_intrinsic.buffer %ptr, %n in @p_mem : !async_intrinsic.buffer<!component.u8>
    %r = async_intrinsic.stream.write %h, %b {instance = @p} : !component.stream<u8>, !async_intrinsic.buffer<!component.u8> -> i32
    wasm.return %r : i32
  }
  wasm.func @c_read(%h: i32, %ptr: i32, %n: i32) -> i32 {
    %b = async_intrinsic.buffer %ptr, %n in @c_mem : !async_intrinsic.buffer<!component.u8>
    %r = async_intrinsic.stream.read %h, %b {instance = @c} : !component.stream<u8>, !async_intrinsic.buffer<!component.u8> -> i32
    wasm.return %r : i32
  }
}

// -----

// With the counters on, the twins that count are called.

// CHECK-LABEL: component.root @counted
// CHECK:       wasm.call @rt.stream_drop(
// CHECK:       wasm.export "__stat_copies" @rt.stat_copies : () -> i64
// CHECK:       wasm.export "__stat_live" @rt.stat_live : () -> i32
component.root @counted flattened target <count_copies = true> {
  component.instance_of @p
  wasm.func @drop(%h: i32) {
    async_intrinsic.stream.drop_readable %h {instance = @p} : !component.stream<u8>
    wasm.return
  }
}

// -----

// Functions of synchronous type use no runtime: no memory, no import but the
// host's, and an export in the Canonical ABI's own signature. Nothing enters
// after a trap, which leaves @entered too high.

// CHECK-LABEL: component.root @sync
// CHECK-NEXT:    wasm.import @log_import "ns:p/i" "log" : (i32) -> ()
// CHECK-NOT:     "meld:runtime"
// CHECK-NOT:     wasm.memory
// CHECK:         wasm.func @export_twice(%[[X:.*]]: i32) -> i32 {
// CHECK-NEXT:      %[[ENTERED:.*]] = wasm.global_get @entered : i32
// CHECK-NEXT:      %[[OUTSIDE:.*]] = wasm.global_get @outside : i32
// CHECK-NEXT:      %[[ILLEGAL:.*]] = wasm.compare ne %[[ENTERED]], %[[OUTSIDE]] : i32
// CHECK-NEXT:      wasm.if %[[ILLEGAL]] {
// CHECK:             wasm.call @rt.trap(
// CHECK:           wasm.binary add %[[ENTERED]],
// CHECK:           %[[R:.*]] = wasm.call @twice_core(%[[X]])
// CHECK-NEXT:      %[[NOW:.*]] = wasm.global_get @entered : i32
// CHECK-NEXT:      %[[ONE:.*]] = wasm.const 1
// CHECK-NEXT:      %[[LEFT:.*]] = wasm.binary sub %[[NOW]], %[[ONE]] : i32
// CHECK-NEXT:      wasm.global_set @entered, %[[LEFT]] : i32
// CHECK-NEXT:      wasm.return %[[R]]
// CHECK:         wasm.export "ns:p/i#twice" @export_twice
// CHECK-NOT:     component.lifted
// CHECK-NOT:     component.host_func
// CHECK:         wasm.custom "meld.abi"
// CHECK-SAME:      \22async\22:false
// CHECK-SAME:      \22core\22:\22ns:p/i#twice\22,\22interface\22:\22ns:p/i\22
component.root @sync flattened {
  wasm.module @guest {
    wasm.export "twice" : (i32) -> i32
  }
  component.instance_of @p
  component.host_func @log "ns:p/i" "log" : !component.func_type<(x: u32)>
  wasm.func @p_log(%x: i32) {
    async_intrinsic.check_may_leave @p
    async_intrinsic.call_direct @log(%x) {instance = @p} : !component.func_type<(x: u32)>, (i32) -> ()
    wasm.return
  }
  wasm.instance @p_core of @guest
  wasm.alias @twice_core = @p_core "twice" : (i32) -> i32
  component.lifted @twice in @p = @twice_core as !component.func_type<(x: u32) -> u32>
  component.export_func "ns:p/i#twice" @twice
}

// -----

// The version 2026-08 lets nobody enter while the host is called, and traps a
// call between an instance and the one that holds it.

// CHECK-LABEL: component.root @version_2026_08
// CHECK:       wasm.func @c_f()
// CHECK:         %[[KIND:.*]] = wasm.const 1 : i32
// CHECK:         wasm.call @rt.trap(%[[KIND]],
// CHECK-NOT:     wasm.call @f_core
// CHECK:       wasm.func @s_f()
// CHECK:         wasm.call @f_core
component.root @version_2026_08 flattened target <spec = "2026-08"> {
  wasm.module @guest {
    wasm.export "f" : () -> ()
  }
  component.instance_of @p
  component.instance_of @c parent @p
  component.instance_of @s
  wasm.instance @p_core of @guest
  wasm.alias @f_core = @p_core "f" : () -> ()
  component.lifted @f in @p = @f_core as !component.func_type<()>
  wasm.func @c_f() {
    async_intrinsic.call_direct @f() {instance = @c} : !component.func_type<()>, () -> ()
    wasm.return
  }
  wasm.func @s_f() {
    async_intrinsic.call_direct @f() {instance = @s} : !component.func_type<()>, () -> ()
    wasm.return
  }
}

// -----

// Without information about traps, a trap is a bare `unreachable`.

// CHECK-LABEL: component.root @no_trap_info
// CHECK:       wasm.func @rt.trap(%{{.*}}: i32, %{{.*}}: i32) {
// CHECK-NEXT:    wasm.unreachable
// CHECK-NOT:   __trap_kind
component.root @no_trap_info flattened target <trap_info = none> {
  wasm.func @f() {
    async_intrinsic.trap "Deadlock"
  }
}

// -----

// What cannot be lowered stays, with what it names, for --wasm-merge to refuse.

// CHECK-LABEL: component.root @left
// CHECK:       component.host_func @greet
// CHECK:       async_intrinsic.call_direct @greet
component.root @left flattened {
  component.instance_of @p
  component.host_func @greet "" "greet" : !component.func_type<(name: string)>
  wasm.func @p_greet(%p: i32, %n: i32) {
    async_intrinsic.call_direct @greet(%p, %n) {instance = @p} : !component.func_type<(name: string)>, (i32, i32) -> ()
    wasm.return
  }
}

// -----

// An export that cannot be made keeps its task type.

// CHECK-LABEL: component.root @left_export
// CHECK:       async_intrinsic.task_type @f
// CHECK:       component.export_func "f" @f
component.root @left_export flattened {
  wasm.module @guest {
    wasm.export "f" : () -> i32
  }
  component.instance_of @p
  wasm.instance @core of @guest
  wasm.alias @f_core = @core "f" : () -> i32
  async_intrinsic.task_type @f in @p = @f_core : !component.func_type<async () -> future<error_context>>
  component.export_func "f" @f
}

// -----

// The runtime gets a trap function, though no check here calls it.

// CHECK-LABEL: component.root @trap_function
// CHECK:       wasm.import @rt.waitable_set_new
// CHECK:       wasm.func @rt.trap
component.root @trap_function flattened {
  component.instance_of @p
  wasm.func @new() -> i32 {
    %s = async_intrinsic.waitable_set.new {instance = @p} : i32
    wasm.return %s : i32
  }
}
