// The target picture of the design, by hand: two components whose guests are
// written as operations, in its three stages; and the last of them is executed.

// REQUIRES: node
// RUN: meld-opt %s | FileCheck %s --check-prefix=COMPONENTS
// RUN: meld-opt %s --component-flatten --lower-calls --lower-streams --lower-tasks --lower-callbacks | FileCheck %s --check-prefix=INTRINSICS
// RUN: meld-opt %s --fuse | FileCheck %s --check-prefix=CORE
// RUN: meld fuse %s -o %t.wasm
// RUN: env MELD_NODE=%node meld run %t.wasm --invoke run 1000 | FileCheck %s --check-prefix=SUM

// COMPONENTS-LABEL: component.root @pipeline {
// COMPONENTS:   %[[P:.*]] = component.component "producer" {
// COMPONENTS:     component.stream.write %{{.*}} async memory %
// COMPONENTS:     component.lift %{{.*}} as %{{.*}} async callback %
// COMPONENTS:   component.component "consumer" {
// COMPONENTS:     component.lower %{{.*}} async memory %
// COMPONENTS:   component.instantiate %[[P]]

// INTRINSICS-LABEL: component.root @pipeline flattened
// INTRINSICS:     component.instance_of @[[P:producer.*]] parent @root_instance
// INTRINSICS:     wasm.func @[[P]]_write(%[[H:.*]]: i32, %[[PTR:.*]]: i32, %[[N:.*]]: i32) -> i32 {
// INTRINSICS-NEXT:  async_intrinsic.check_may_leave @[[P]]
// INTRINSICS-NEXT:  %[[B:.*]] = async_intrinsic.buffer %[[PTR]], %[[N]] in @[[P]]_mem : !async_intrinsic.buffer<!component.u8>
// INTRINSICS-NEXT:  %[[R:.*]] = async_intrinsic.stream.write %[[H]], %[[B]] {instance = @[[P]]} : !component.stream<u8>
// INTRINSICS-NEXT:  wasm.return %[[R]] : i32
// INTRINSICS:     async_intrinsic.task_type @produce in @[[P]] = @[[P]]_produce async step @produce_step : !component.func_type<async (n: u32, chunk: u32) -> stream<u8>>
// INTRINSICS:     component.instance_of @[[C:consumer.*]] parent @root_instance
// INTRINSICS:     async_intrinsic.call @produce({{.*}}) memory @[[C]]_mem start @{{.*}} return @{{.*}} {instance = @[[C]]}
// INTRINSICS:     async_intrinsic.stream.read %{{.*}} {instance = @[[C]]}
// INTRINSICS-NOT: component.{{canonical|lowered|lifted}}

// CORE-NOT:   component.
// CORE-NOT:   async_intrinsic.
// CORE-LABEL: wasm.module @pipeline {
// CORE:         wasm.memory @rt.memory : !wasm.memory<1>
// CORE:         wasm.memory @[[P:.*]]_mem : !wasm.memory<1>
// CORE:         wasm.memory @[[C:.*]]_mem : !wasm.memory<1>
// CORE:         wasm.func @[[P]]_write(
// CORE:           wasm.call @copy_u8_[[P]]_mem_[[C]]_mem(
// CORE:         wasm.func @copy_u8_[[P]]_mem_[[C]]_mem(%[[D:.*]]: i32, %[[S:.*]]: i32, %[[N:.*]]: i32) {
// CORE-NEXT:      wasm.memory_copy @[[C]]_mem, @[[P]]_mem, %[[D]], %[[S]], %[[N]]
// CORE-NEXT:      wasm.return
// CORE:         wasm.bytes @rt.stream_write : (i32, i32, i32, i32) -> i32 = body {{[0-9]+}} of @rt
// CORE:         wasm.export "__callback" @

// 1000 bytes came, and the last of them is 3.
// SUM: 1003
component.root @pipeline {
  wasm.module "private" @producer_memory {
    wasm.memory @mem : !wasm.memory<1>
    wasm.func @size() -> i32 {
      %s = wasm.memory_size @mem : i32
      wasm.return %s : i32
    }
    wasm.export "mem" @mem : !wasm.memory<1>
    wasm.export "size" @size : () -> i32
  }
  wasm.module "private" @consumer_memory {
    wasm.memory @mem : !wasm.memory<1>
    wasm.func @size() -> i32 {
      %s = wasm.memory_size @mem : i32
      wasm.return %s : i32
    }
    wasm.export "mem" @mem : !wasm.memory<1>
    wasm.export "size" @size : () -> i32
  }

  // Returns the readable end, writes `n` bytes of value 3, and waits.
  wasm.module "private" @producer {
    wasm.import @mem "env" "mem" : !wasm.memory<1>
    wasm.import @new "env" "new" : () -> i64
    wasm.import @write "env" "write" : (i32, i32, i32) -> i32
    wasm.import @drop "env" "drop" : (i32) -> ()
    wasm.import @return "env" "return" : (i32) -> ()
    wasm.import @set "env" "set" : () -> i32
    wasm.import @join "env" "join" : (i32, i32) -> ()
    wasm.func @produce(%n: i32, %chunk: i32) -> i32 {
      %ends = wasm.call @new() : () -> i64
      %r = wasm.convert wrap_i64 %ends : i64 -> i32
      %c32 = wasm.const 32 : i64
      %high = wasm.binary shr_u %ends, %c32 : i64
      %w = wasm.convert wrap_i64 %high : i64 -> i32
      wasm.call @return(%r) : (i32) -> ()
      %at = wasm.const 64 : i32
      %three = wasm.const 3 : i32
      wasm.memory_fill @mem, %at, %three, %n : i32
      %blocked = wasm.call @write(%w, %at, %n) : (i32, i32, i32) -> i32
      %s = wasm.call @set() : () -> i32
      wasm.call @join(%w, %s) : (i32, i32) -> ()
      %c4 = wasm.const 4 : i32
      %code = wasm.binary shl %s, %c4 : i32
      %c2 = wasm.const 2 : i32
      %wait = wasm.binary or %code, %c2 : i32
      wasm.return %wait : i32
    }
    wasm.func @event(%code: i32, %w: i32, %result: i32) -> i32 {
      wasm.call @drop(%w) : (i32) -> ()
      %exit = wasm.const 0 : i32
      wasm.return %exit : i32
    }
    wasm.export "produce" @produce : (i32, i32) -> i32
    wasm.export "produce_cb" @event : (i32, i32, i32) -> i32
  }

  // Reads what is there at once, and returns the number of bytes plus the last
  // of them.
  wasm.module "private" @consumer {
    wasm.import @mem "env" "mem" : !wasm.memory<1>
    wasm.import @produce "env" "produce" : (i32, i32, i32) -> i32
    wasm.import @read "env" "read" : (i32, i32, i32) -> i32
    wasm.import @drop "env" "drop" : (i32) -> ()
    wasm.import @return "env" "return" : (i64) -> ()
    wasm.func @run(%n: i32) -> i32 {
      %at = wasm.const 64 : i32
      %zero = wasm.const 0 : i32
      %state = wasm.call @produce(%n, %n, %zero) : (i32, i32, i32) -> i32
      %r = wasm.load i32 @mem %zero
      %packed = wasm.call @read(%r, %at, %n) : (i32, i32, i32) -> i32
      %c4 = wasm.const 4 : i32
      %count = wasm.binary shr_u %packed, %c4 : i32
      %last = wasm.load i32 as u8 @mem offset=63 %count
      %sum = wasm.binary add %count, %last : i32
      wasm.call @drop(%r) : (i32) -> ()
      %wide = wasm.convert extend_i32_u %sum : i32 -> i64
      wasm.call @return(%wide) : (i64) -> ()
      wasm.return %zero : i32
    }
    wasm.func @event(%code: i32, %index: i32, %payload: i32) -> i32 {
      wasm.unreachable
    }
    wasm.export "run" @run : (i32) -> i32
    wasm.export "run_cb" @event : (i32, i32, i32) -> i32
  }

  %P = component.component "producer" {
    %mm = component.core_module @producer_memory
    %mi = component.core_instantiate %mm
    %mem = component.core_alias core_memory %mi "mem"
    %st = component.type.stream u8
    %ft = component.type.func async (n: u32, chunk: u32) -> %st
    %new = component.stream.new %st
    %wr = component.stream.write %st async memory %mem
    %drop = component.stream.drop_writable %st
    %ret = component.task.return %st
    %set = component.waitable_set.new
    %join = component.waitable.join
    %env = component.core_bundle "new" = core_func %new, "write" = core_func %wr, "drop" = core_func %drop, "return" = core_func %ret, "set" = core_func %set, "join" = core_func %join, "mem" = core_memory %mem
    %pm = component.core_module @producer
    %pi = component.core_instantiate %pm with "env" = %env
    %f0 = component.core_alias core_func %pi "produce"
    %f1 = component.core_alias core_func %pi "produce_cb"
    %f = component.lift %f0 as %ft async callback %f1
    %e = component.export "produce" func %f
  }
  %C = component.component "consumer" {
    %st = component.type.stream u8
    %ft = component.type.func async (n: u32, chunk: u32) -> %st
    %produce = component.import "produce" func %ft
    %mm = component.core_module @consumer_memory
    %mi = component.core_instantiate %mm
    %mem = component.core_alias core_memory %mi "mem"
    %call = component.lower %produce async memory %mem
    %rd = component.stream.read %st async memory %mem
    %drop = component.stream.drop_readable %st
    %ret = component.task.return u64
    %env = component.core_bundle "produce" = core_func %call, "read" = core_func %rd, "drop" = core_func %drop, "return" = core_func %ret, "mem" = core_memory %mem
    %cm = component.core_module @consumer
    %ci = component.core_instantiate %cm with "env" = %env
    %f0 = component.core_alias core_func %ci "run"
    %f1 = component.core_alias core_func %ci "run_cb"
    %rt = component.type.func async (n: u32) -> u64
    %f = component.lift %f0 as %rt async callback %f1
    %e = component.export "run" func %f
  }
  %p = component.instantiate %P
  %produce = component.alias func %p "produce"
  %c = component.instantiate %C with "produce" = func %produce
  %run = component.alias func %c "run"
  %e = component.export "run" func %run
}
