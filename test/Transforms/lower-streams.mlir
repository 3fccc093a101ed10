// RUN: meld-opt %s --lower-streams --split-input-file | FileCheck %s

// CHECK-LABEL: component.root @before
// CHECK:       wasm.module "private" @stream_new {
// CHECK-NEXT:    wasm.func @stream_new() -> i64 {
// CHECK-NEXT:      async_intrinsic.check_may_leave
// CHECK-NEXT:      %[[E:.*]] = async_intrinsic.stream.new : !component.stream<u8> -> i64
// CHECK-NEXT:      wasm.return %[[E]] : i64
// CHECK:       wasm.module "private" @stream_write {
// CHECK-NEXT:    wasm.import @memory "" "memory" : !wasm.memory<0>
// CHECK-NEXT:    wasm.func @stream_write(%[[H:.*]]: i32, %[[P:.*]]: i32, %[[N:.*]]: i32) -> i32 {
// CHECK-NEXT:      async_intrinsic.check_may_leave
// CHECK-NEXT:      %[[B:.*]] = async_intrinsic.buffer %[[P]], %[[N]] in @memory : !async_intrinsic.buffer<!component.u8>
// CHECK-NEXT:      %[[R:.*]] = async_intrinsic.stream.write %[[H]], %[[B]] : !component.stream<u8>, !async_intrinsic.buffer<!component.u8> -> i32
// CHECK-NEXT:      wasm.return %[[R]] : i32
// CHECK:       wasm.module "private" @stream_read {
// CHECK:         async_intrinsic.buffer %{{.*}}, %{{.*}} : !async_intrinsic.buffer<none>
// CHECK:       wasm.module "private" @stream_drop_readable {
// CHECK:         async_intrinsic.stream.drop_readable %{{.*}} : !component.stream<u8>
// CHECK:       wasm.module "private" @stream_drop_writable {
// CHECK:         async_intrinsic.stream.drop_writable %{{.*}} : !component.stream<u8>
// CHECK:       %[[MEM:.*]] = component.core_alias core_memory
// CHECK-NOT:   component.stream.write %{{.*}} async
// CHECK:       component.core_bundle "memory" = core_memory %[[MEM]]
// CHECK:       component.core_alias core_func %{{.*}} "stream_write"
component.root @before {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  %mm = component.core_module @memory_only
  %mi = component.core_instantiate %mm
  %mem = component.core_alias core_memory %mi "mem"
  %st = component.type.stream u8
  %none = component.type.stream none
  %new = component.stream.new %st
  %write = component.stream.write %st async memory %mem
  %read = component.stream.read %none async
  %dr = component.stream.drop_readable %st
  %dw = component.stream.drop_writable %st
  %env = component.core_bundle "new" = core_func %new, "write" = core_func %write, "read" = core_func %read, "dr" = core_func %dr, "dw" = core_func %dw
}

// -----

// The synchronous form waits; cancelling is never waited for.

// CHECK-LABEL: component.root @waiting
// CHECK:       wasm.func @stream_write
// CHECK:         async_intrinsic.stream.write %{{.*}}, %{{.*}} sync : !component.stream<u8>
// CHECK:       wasm.func @stream_cancel_read(%[[H:.*]]: i32) -> i32 {
// CHECK-NEXT:    async_intrinsic.check_may_leave
// CHECK-NEXT:    %[[R:.*]] = async_intrinsic.stream.cancel_read %[[H]] : !component.stream<u8> -> i32
// CHECK-NEXT:    wasm.return %[[R]]
// CHECK:       wasm.func @stream_cancel_write
// CHECK:         async_intrinsic.stream.cancel_write %{{.*}} sync : !component.stream<u8> -> i32
component.root @waiting {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  %mm = component.core_module @memory_only
  %mi = component.core_instantiate %mm
  %mem = component.core_alias core_memory %mi "mem"
  %st = component.type.stream u8
  %write = component.stream.write %st memory %mem
  %cancel = component.stream.cancel_read %st async
  %sync = component.stream.cancel_write %st
  %env = component.core_bundle "a" = core_func %write, "b" = core_func %cancel, "c" = core_func %sync
}

// -----

// What realloc the elements need is imported by the generated module.

// CHECK-LABEL: component.root @strings
// CHECK:       wasm.import @[[REALLOC:.*]] "" "realloc" : (i32, i32, i32, i32) -> i32
// CHECK:       async_intrinsic.buffer %{{.*}}, %{{.*}} in @{{.*}} realloc @[[REALLOC]] string_encoding "utf16"
component.root @strings {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
  }
  %mm = component.core_module @memory_only
  %mi = component.core_instantiate %mm
  %mem = component.core_alias core_memory %mi "mem"
  %realloc = component.core_alias core_func %mi "realloc"
  %st = component.type.stream string
  %read = component.stream.read %st async memory %mem realloc %realloc string_encoding utf16
  %env = component.core_bundle "a" = core_func %read
}

// -----

// What has no lowering here stays what it is: futures, and a type that only the
// importer of the component knows.

// CHECK-LABEL: component.root @left
// CHECK:       component.future.new
// CHECK:       component.stream.new
component.root @left {
  %r = component.import "r" type sub resource
  %own = component.type.own %r
  %ot = component.type.stream %own
  %ft = component.type.future u8
  %future = component.future.new %ft
  %other = component.stream.new %ot
  %env = component.core_bundle "c" = core_func %future, "d" = core_func %other
}

// -----

// After flatten the function takes the definition's symbol.

// CHECK-LABEL: component.root @after flattened
// CHECK:       wasm.func @p_write(%[[H:.*]]: i32, %[[P:.*]]: i32, %[[N:.*]]: i32) -> i32 {
// CHECK-NEXT:    async_intrinsic.check_may_leave @p
// CHECK-NEXT:    %[[B:.*]] = async_intrinsic.buffer %[[P]], %[[N]] in @p_mem
// CHECK-NEXT:    async_intrinsic.stream.write %[[H]], %[[B]] {instance = @p}
// CHECK:       wasm.instance @p_core of @producer with "env" "write" = @p_write
component.root @after flattened {
  wasm.module @memory_only {
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.module @producer {
    wasm.import "env" "write" : (i32, i32, i32) -> i32
  }
  component.instance_of @p
  wasm.instance @p_memory of @memory_only
  wasm.alias @p_mem = @p_memory "mem" : !wasm.memory<1>
  component.canonical @p_write in @p = stream_write !component.stream<u8> async memory @p_mem : (i32, i32, i32) -> i32
  wasm.instance @p_core of @producer with "env" "write" = @p_write
}
