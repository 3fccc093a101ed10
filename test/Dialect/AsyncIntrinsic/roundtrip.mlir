// RUN: meld-opt %s -allow-unregistered-dialect | meld-opt -allow-unregistered-dialect | FileCheck %s
// RUN: meld-opt %s -allow-unregistered-dialect --emit-bytecode | meld-opt -allow-unregistered-dialect | FileCheck %s

%h, %p, %n, %v = "test.values"() : () -> (i32, i32, i32, i64)

// CHECK: async_intrinsic.task_type @produce in @p = @p_produce step @p_step : i32
async_intrinsic.task_type @produce in @p = @p_produce step @p_step : i32
// CHECK: async_intrinsic.task_type @poll in @p = @p_poll async callback @cb memory @m : i32
async_intrinsic.task_type @poll in @p = @p_poll memory @m callback @cb async : i32
// CHECK: async_intrinsic.copy @copy : i8 from @p_mem to @c_mem
async_intrinsic.copy @copy : i8 from @p_mem to @c_mem
// CHECK: async_intrinsic.copy @strings : i8 from @p_mem to @c_mem writer @p reader @c realloc @realloc source_encoding "utf16" target_encoding "utf8"
async_intrinsic.copy @strings : i8 from @p_mem to @c_mem target_encoding "utf8" source_encoding "utf16" realloc @realloc writer @p reader @c
// CHECK: async_intrinsic.trampoline @__callback
async_intrinsic.trampoline @__callback

// CHECK: async_intrinsic.check_may_leave @p
async_intrinsic.check_may_leave @p
// Before flatten the instance is the enclosing one; nothing stands at the end.
// CHECK: async_intrinsic.check_may_leave{{$}}
async_intrinsic.check_may_leave
// CHECK: %[[B:.*]] = async_intrinsic.buffer %{{.*}}, %{{.*}} in @mem : !async_intrinsic.buffer<i8>
%b = async_intrinsic.buffer %p, %n in @mem : !async_intrinsic.buffer<i8>
// CHECK: async_intrinsic.buffer %{{.*}}, %{{.*}} : !async_intrinsic.buffer<none>
%e = async_intrinsic.buffer %p, %n : !async_intrinsic.buffer<none>

// CHECK: async_intrinsic.check_pointer %{{.*}} size 4 alignment 4 in @mem
async_intrinsic.check_pointer %p size 4 alignment 4 in @mem

// CHECK: async_intrinsic.stream.new : i8 -> i64
%s = async_intrinsic.stream.new : i8 -> i64
// CHECK: async_intrinsic.stream.read %{{.*}}, %[[B]] : i8, !async_intrinsic.buffer<i8> -> i32
%r = async_intrinsic.stream.read %h, %b : i8, !async_intrinsic.buffer<i8> -> i32
// CHECK: async_intrinsic.stream.write %{{.*}}, %[[B]] {instance = @p} : i8, !async_intrinsic.buffer<i8> -> i32
%w = async_intrinsic.stream.write %h, %b {instance = @p} : i8, !async_intrinsic.buffer<i8> -> i32
// CHECK: async_intrinsic.buffer %{{.*}}, %{{.*}} in @mem realloc @f string_encoding "utf16" : !async_intrinsic.buffer<i8>
%lifted = async_intrinsic.buffer %p, %n in @mem string_encoding "utf16" realloc @f : !async_intrinsic.buffer<i8>
// CHECK: async_intrinsic.stream.read %{{.*}}, %[[B]] sync {instance = @p} : i8, !async_intrinsic.buffer<i8> -> i32
%rs = async_intrinsic.stream.read %h, %b sync {instance = @p} : i8, !async_intrinsic.buffer<i8> -> i32
// CHECK: async_intrinsic.stream.cancel_read %{{.*}} : i8 -> i32
%cr = async_intrinsic.stream.cancel_read %h : i8 -> i32
// CHECK: async_intrinsic.stream.cancel_write %{{.*}} sync : i8 -> i32
%cw = async_intrinsic.stream.cancel_write %h sync : i8 -> i32
// CHECK: async_intrinsic.stream.drop_readable %{{.*}} : i8
async_intrinsic.stream.drop_readable %h : i8
// CHECK: async_intrinsic.stream.drop_writable %{{.*}} : i8
async_intrinsic.stream.drop_writable %h : i8

// CHECK: async_intrinsic.future.new : i8 -> i64
%f = async_intrinsic.future.new : i8 -> i64
// CHECK: async_intrinsic.future.read %{{.*}}, %[[B]] : i8, !async_intrinsic.buffer<i8> -> i32
%fr = async_intrinsic.future.read %h, %b : i8, !async_intrinsic.buffer<i8> -> i32
// CHECK: async_intrinsic.future.write %{{.*}}, %[[B]] sync : i8, !async_intrinsic.buffer<i8> -> i32
%fw = async_intrinsic.future.write %h, %b sync : i8, !async_intrinsic.buffer<i8> -> i32
// CHECK: async_intrinsic.future.cancel_read %{{.*}} sync : i8 -> i32
%fcr = async_intrinsic.future.cancel_read %h sync : i8 -> i32
// CHECK: async_intrinsic.future.cancel_write %{{.*}} : i8 -> i32
%fcw = async_intrinsic.future.cancel_write %h : i8 -> i32
// CHECK: async_intrinsic.future.drop_readable %{{.*}} : i8
async_intrinsic.future.drop_readable %h : i8
// CHECK: async_intrinsic.future.drop_writable %{{.*}} : i8
async_intrinsic.future.drop_writable %h : i8

// CHECK: async_intrinsic.waitable_set.new : i32
%set = async_intrinsic.waitable_set.new : i32
// CHECK: async_intrinsic.waitable_set.poll %{{.*}}, %{{.*}} in @mem : i32
%ev = async_intrinsic.waitable_set.poll %set, %p in @mem : i32
// CHECK: async_intrinsic.waitable_set.wait %{{.*}}, %{{.*}} in @mem cancellable : i32
%wa = async_intrinsic.waitable_set.wait %set, %p in @mem cancellable : i32
// CHECK: async_intrinsic.waitable_set.drop %{{.*}}
async_intrinsic.waitable_set.drop %set
// CHECK: async_intrinsic.waitable.join %{{.*}}, %{{.*}}
async_intrinsic.waitable.join %h, %set
// CHECK: async_intrinsic.subtask.drop %{{.*}}
async_intrinsic.subtask.drop %h

// CHECK: async_intrinsic.subtask.cancel %{{.*}} sync : i32
%ssc = async_intrinsic.subtask.cancel %h sync : i32
// CHECK: async_intrinsic.task.cancel {instance = @p}
async_intrinsic.task.cancel {instance = @p}
// CHECK: async_intrinsic.thread.yield cancellable : i32
%ty = async_intrinsic.thread.yield cancellable : i32

// CHECK: async_intrinsic.backpressure.inc {instance = @p}
async_intrinsic.backpressure.inc {instance = @p}
// CHECK: async_intrinsic.backpressure.dec{{$}}
async_intrinsic.backpressure.dec

// CHECK: async_intrinsic.context.get 0 : i32
%c = async_intrinsic.context.get 0 : i32
// CHECK: async_intrinsic.context.set 1, %{{.*}} : i64
async_intrinsic.context.set 1, %v : i64
// CHECK: async_intrinsic.task.return %{{.*}} : i32 as i8
async_intrinsic.task.return %h : i32 as i8
// CHECK: async_intrinsic.task.return{{$}}
async_intrinsic.task.return
// CHECK: async_intrinsic.task.exit %{{.*}}
async_intrinsic.task.exit %h
// CHECK: async_intrinsic.task.yield %{{.*}} {instance = @p}
async_intrinsic.task.yield %h {instance = @p}
// CHECK: async_intrinsic.task.wait %{{.*}}, %{{.*}}
async_intrinsic.task.wait %h, %set

// CHECK: async_intrinsic.call @f(%{{.*}}, %{{.*}}) memory @m start @s return @r : i8, (i32, i32) -> i32
%state = async_intrinsic.call @f(%h, %p) memory @m start @s return @r : i8, (i32, i32) -> i32
// CHECK: async_intrinsic.call_sync @f(%{{.*}}) start @s return @r memory @m : i8, (i32) -> i32
%sync = async_intrinsic.call_sync @f(%h) start @s return @r memory @m : i8, (i32) -> i32
// CHECK: async_intrinsic.call.set_result %{{.*}}, %{{.*}} : i32
async_intrinsic.call.set_result %h, %sync : i32
// CHECK: async_intrinsic.call_direct @f(%{{.*}}) : i8, (i32) -> (i32, i64)
%d:2 = async_intrinsic.call_direct @f(%h) : i8, (i32) -> (i32, i64)
// CHECK: async_intrinsic.call.arguments %{{.*}} : i32, i64
%a:2 = async_intrinsic.call.arguments %h : i32, i64
// CHECK: async_intrinsic.call.arguments %{{[^ ]*}}{{$}}
async_intrinsic.call.arguments %h
// CHECK: async_intrinsic.call.result_pointer %{{.*}} : i32
%rp = async_intrinsic.call.result_pointer %h : i32
// CHECK: async_intrinsic.enter @f(%{{.*}}, %{{.*}}) call %{{.*}} : i32, i64
async_intrinsic.enter @f(%a#0, %a#1) call %h : i32, i64
// CHECK: async_intrinsic.transfer %{{.*}} to @f : i8, (i32) -> i32
%t = async_intrinsic.transfer %h to @f : i8, (i32) -> i32
// CHECK: async_intrinsic.transfer %{{.*}} from @f : i8, (i32) -> i32
%u = async_intrinsic.transfer %h from @f : i8, (i32) -> i32
// CHECK: async_intrinsic.transfer %{{.*}} from @f into %{{.*}} : i32 memory @m realloc @r string_encoding "utf16" {instance = @c} : i8, (i32) -> ()
async_intrinsic.transfer %h from @f into %p : i32 string_encoding "utf16" memory @m realloc @r {instance = @c} : i8, (i32) -> ()
// CHECK: async_intrinsic.call_direct @f(%{{.*}}) memory @m realloc @r string_encoding "utf16" : i8, (i32) -> i32
%e1 = async_intrinsic.call_direct @f(%h) memory @m realloc @r string_encoding "utf16" : i8, (i32) -> i32
// CHECK: async_intrinsic.call_entry @f(%{{.*}}) from @c : (i32) -> i64
%e2 = async_intrinsic.call_entry @f(%h) from @c : (i32) -> i64
// CHECK: async_intrinsic.call_realloc @p_realloc(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) in @p : (i32, i32, i32, i32) -> i32
%e3 = async_intrinsic.call_realloc @p_realloc(%h, %h, %h, %h) in @p : (i32, i32, i32, i32) -> i32
// CHECK: async_intrinsic.call_post_return @p_post(%{{.*}}) in @p : (i32) -> ()
async_intrinsic.call_post_return @p_post(%h) in @p : (i32) -> ()
// CHECK: async_intrinsic.resource.new %{{.*}} in @p : i8 -> i32
%q1 = async_intrinsic.resource.new %h in @p : i8 -> i32
// CHECK: async_intrinsic.resource.rep %{{.*}} in @p : i8 -> i32
%q2 = async_intrinsic.resource.rep %h in @p : i8 -> i32
// CHECK: async_intrinsic.resource.drop %{{.*}} in @p : i8
async_intrinsic.resource.drop %h in @p : i8
// CHECK: %[[SCOPE:.*]] = async_intrinsic.scope.begin : i32
%sc = async_intrinsic.scope.begin : i32
// CHECK: async_intrinsic.scope.enter %{{.*}}
async_intrinsic.scope.enter %h
// CHECK: async_intrinsic.scope.check %[[SCOPE]]
async_intrinsic.scope.check %sc
// CHECK: async_intrinsic.scope.end %[[SCOPE]]
async_intrinsic.scope.end %sc
