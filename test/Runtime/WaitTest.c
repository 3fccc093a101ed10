//===- WaitTest.c - frames that wait, tasks that end early --------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the replayed traces do not reach: code that waits in the middle of a
// call, and cancellation of tasks that have started.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Expect.h"
#include <stdio.h>
#include <stdlib.h>

enum { Host, A, B, C };

static ref taskType;
static u32 steps, seenEvent, seenSet;
static u64 ends; // of a future of no elements
static ref lastTask;

static ref futureType(void) {
  return newStreamType(1, 0, StreamOfNumbers | StreamIsFuture);
}
static u32 readable(void) { return (u32)ends; }
static u32 writable(void) { return (u32)(ends >> 32); }
static u32 wantRead(void) { return 1 << 16 | KindFutureReadable; }
static u32 wantWrite(void) { return 1 << 16 | KindFutureWritable; }

static u32 writeFuture(u32 instance) {
  ref i = instanceAt(instance);
  return rt_future_write(rt_stream_end(i, writable(), wantWrite()), 0,
                         instance);
}

static u32 readFuture(u32 instance) {
  ref i = instanceAt(instance);
  return rt_future_read(rt_stream_end(i, readable(), wantRead()), 0, instance);
}

static void resolve(ref task) {
  rt_task_return_resolve(task);
  rt_task_return_end(task);
}

static void startAndYield(u32 call) {
  lastTask = call;
  rt_task_yield(call);
}

static void startAndReturn(u32 call) {
  resolve(call);
  rt_task_exit(call);
}

/// Ends as the task is asked to, or else writes the future and returns.
static void stepAndEnd(u32 task, u32 event, u32 index, u32 payload) {
  (void)index, (void)payload;
  ++steps;
  seenEvent = event;
  if (event == EventTaskCancelled)
    return rt_task_cancel(), rt_task_exit(task);
  if (ends)
    EXPECT(writeFuture(B) == CopyCompleted || seenSet);
  resolve(task);
  rt_task_exit(task);
}

static void setUp(void) {
  nativeReset();
  steps = seenEvent = seenSet = 0;
  ends = 0;
  onStart = startAndYield;
  onStep = stepAndEnd;
  taskType = newTaskType(B, 7, 0, TaskAsync | TaskExclusive);
}

static u32 call(u32 caller) {
  return rt_call_async(rt_call_new(instanceAt(caller), taskType, StartSlot, 0));
}

/// A task of instance A, as if its callback ran; its set.
static void runInTask(void) {
  ref type = newTaskType(A, 7, 0, TaskAsync | TaskExclusive);
  control()->current = rt_call_new(instanceAt(Host), type, 0, 0);
  AT(Call, control()->current)->state = TaskStarted;
}

static u32 setWith(u32 instance, u32 waitable) {
  u32 set = rt_waitable_set_new(instanceAt(instance));
  rt_waitable_join(instanceAt(instance), waitable, set);
  return set;
}

//===----------------------------------------------------------------------===//
// Frames that wait
//===----------------------------------------------------------------------===//

/// Both ends are in B here: the reader waits while the other task writes.
static void readerWaitsUntilTheWriterHasRun(void) {
  setUp();
  runInTask();
  ends = rt_stream_new(instanceAt(B), futureType());
  call(A);
  control()->context[0] = 17;
  ref task = control()->current;
  EXPECT(readFuture(B) == Blocked);
  ref reader = *(AT(u32, AT(Instance, instanceAt(B))->table) + readable());
  EXPECT(rt_copy_wait(instanceAt(B), reader) == CopyCompleted);
  EXPECT(steps == 1 && control()->context[0] == 17);
  EXPECT(control()->current == task && !control()->blocked);
}

static void waitTakesTheEventThatIsThere(void) {
  setUp();
  runInTask();
  u32 subtask = call(A) >> 4, set = setWith(A, subtask);
  EXPECT(rt_waitable_set_wait(instanceAt(A), set, 0) == KindSubtask);
  EXPECT(control()->eventIndex == subtask);
  EXPECT(control()->eventPayload == SubtaskReturned);
}

static void nothingToRunIsADeadlockOrTheHostsTurn(void) {
  setUp();
  runInTask();
  u32 set = rt_waitable_set_new(instanceAt(A));
  EXPECT_TRAP(Deadlock, rt_waitable_set_wait(instanceAt(A), set, 0));
  ++control()->open;
  EXPECT_TRAP(NeedsFiber, rt_waitable_set_wait(instanceAt(A), set, 0));
}

/// The caller would go on if the callee could block.
static void startAndWait(u32 task) {
  (void)task;
  u32 set = rt_waitable_set_new(instanceAt(B));
  EXPECT_TRAP(NeedsFiber, rt_waitable_set_wait(instanceAt(B), set, 0));
  startAndReturn(task);
}

static void callerThatGoesOnNeedsAFiber(void) {
  setUp();
  onStart = startAndWait;
  EXPECT(call(A) == SubtaskReturned);
}

/// So would a synchronous caller that has its result.
static void startReturnAndWait(u32 task) {
  resolve(task);
  u32 set = rt_waitable_set_new(instanceAt(B));
  EXPECT_TRAP(NeedsFiber, rt_waitable_set_wait(instanceAt(B), set, 0));
}

static void callerThatHasItsResultNeedsAFiber(void) {
  setUp();
  runInTask();
  onStart = startReturnAndWait;
  rt_call_sync(rt_call_new(instanceAt(A), taskType, StartSlot, 0));
}

static void syncCallWaitsForItsCallee(void) {
  setUp();
  runInTask();
  ref c = rt_call_new(instanceAt(A), taskType, StartSlot, 0);
  rt_call_sync(c);
  EXPECT(steps == 1 && AT(Call, c)->progress == SubtaskReturned);
  rt_call_end(c);
}

/// A task of synchronous type lets only its own instance run.
static void syncTypeMayNotBlock(void) {
  setUp();
  u32 subtask = call(A) >> 4, set = setWith(A, subtask);
  EXPECT_TRAP(CannotBlock, rt_waitable_set_wait(instanceAt(A), set, 0));
  EXPECT_TRAP(Deadlock, rt_check_may_block(instanceAt(A)));
  rt_check_may_block(instanceAt(B)); // its task is ready
  control()->runHead = 0;
  EXPECT_TRAP(CannotBlock, rt_check_may_block(instanceAt(A)));
  EXPECT(steps == 0);
}

/// Of that, it lets those run that do not need the instance for themselves.
static void syncTypeWaitsForItsOwnInstance(void) {
  setUp();
  taskType = newTaskType(B, 7, 0, TaskAsync);
  ends = rt_stream_new(instanceAt(B), futureType());
  call(A);
  EXPECT(readFuture(B) == Blocked);
  ref reader = *(AT(u32, AT(Instance, instanceAt(B))->table) + readable());
  EXPECT(rt_copy_wait(instanceAt(B), reader) == CopyCompleted && steps == 1);
}

static void yieldLetsOneRun(void) {
  setUp();
  runInTask();
  call(A);
  EXPECT(rt_thread_yield(instanceAt(A), 0) == 0 && steps == 1);
  EXPECT(rt_thread_yield(instanceAt(A), 0) == 0 && steps == 1);
}

static void whatIsWaitedForIsLeftAlone(void) {
  setUp();
  ref b = instanceAt(B);
  ends = rt_stream_new(b, futureType());
  u32 set = setWith(B, readable());
  ref reader = rt_stream_end(b, readable(), wantRead());
  EXPECT_TRAP(SyncInWaitableSet, rt_end_alone(reader));
  rt_waitable_join(b, readable(), 0);
  rt_end_alone(reader);
  readFuture(B);
  EXPECT_TRAP(CannotBlock, rt_copy_wait(b, reader));
  EXPECT_TRAP(HasSyncWaiter, rt_waitable_join(b, readable(), set));
  EXPECT_TRAP(NothingToCancel, rt_copy_cancel(b, readable(), wantRead(), 0));
}

//===----------------------------------------------------------------------===//
// Cancellation
//===----------------------------------------------------------------------===//

static void taskThatYieldsIsToldAtOnce(void) {
  setUp();
  runInTask();
  u32 subtask = call(A) >> 4;
  ref task = control()->current;
  EXPECT(rt_subtask_cancel(instanceAt(A), subtask, 0) ==
         SubtaskCancelledBeforeReturned);
  EXPECT(seenEvent == EventTaskCancelled && control()->current == task);
  EXPECT(rt_run(10) == 0 && steps == 1);
  rt_subtask_drop(instanceAt(A), subtask);
}

static u32 waitSet;
static void startAndWaitForSet(u32 task) { rt_task_wait(task, waitSet); }

static void taskThatWaitsIsToldAtOnce(void) {
  setUp();
  waitSet = rt_waitable_set_new(instanceAt(B));
  onStart = startAndWaitForSet;
  u32 subtask = call(A) >> 4;
  EXPECT(rt_subtask_cancel(instanceAt(A), subtask, 1) ==
         SubtaskCancelledBeforeReturned);
  rt_waitable_set_drop(instanceAt(B), waitSet);
  EXPECT_TRAP(SubtaskResolved, rt_subtask_cancel(instanceAt(A), subtask, 0));
}

static void callThatWaitsToEnterNeverStarts(void) {
  setUp();
  u32 live = 0;
  for (u32 i = 0; i < 100; ++i) {
    rt_backpressure_inc(instanceAt(B));
    u32 first = call(A) >> 4, second = call(A) >> 4;
    if (i & 1)
      rt_backpressure_dec(instanceAt(B)); // the first one's turn has come
    EXPECT(rt_subtask_cancel(instanceAt(A), first, i & 2) ==
           SubtaskCancelledBeforeStarted);
    rt_subtask_drop(instanceAt(A), first);
    if (!(i & 1))
      rt_backpressure_dec(instanceAt(B));
    EXPECT(rt_run(10) == 0);
    rt_subtask_cancel(instanceAt(A), second, 0);
    rt_subtask_drop(instanceAt(A), second);
    EXPECT(AT(Instance, instanceAt(B))->gate == 0);
    if (i == 10)
      live = rt_stat_live();
  }
  EXPECT(rt_stat_live() == live);
}

/// While another task holds the lock, it is told at its next suspension.
static void taskIsToldWhenTheLockIsFree(void) {
  setUp();
  u32 subtask = call(A) >> 4;
  AT(Instance, instanceAt(B))->gate |= GateExclusive;
  EXPECT(rt_subtask_cancel(instanceAt(A), subtask, 0) == Blocked);
  EXPECT_TRAP(SubtaskCancelledTwice,
              rt_subtask_cancel(instanceAt(A), subtask, 0));
  AT(Instance, instanceAt(B))->gate &= ~GateExclusive;
  EXPECT(AT(Call, lastTask)->state == TaskPendingCancel);
  control()->current = lastTask;
  rt_task_yield_cancellable(lastTask);
  EXPECT(seenEvent == EventTaskCancelled);
}

/// Ends although it was not asked to.
static void stepAndCancel(u32 task, u32 event, u32 index, u32 payload) {
  (void)task, (void)event, (void)index, (void)payload;
  EXPECT_TRAP(TaskNotCancelled, rt_task_cancel());
}

static void taskCancelNeedsARequest(void) {
  setUp();
  onStep = stepAndCancel;
  call(A);
  rt_run(1);
  control()->current = 0;
  EXPECT_TRAP(TaskReturnNotAsync, rt_task_cancel());
}

//===----------------------------------------------------------------------===//
// Futures
//===----------------------------------------------------------------------===//

static void futuresTrapByKind(void) {
  setUp();
  ref b = instanceAt(B);
  ends = rt_stream_new(b, futureType());
  EXPECT_TRAP(DropUnwrittenFuture, rt_stream_drop(b, writable(), wantWrite()));
  EXPECT(writeFuture(B) == Blocked);
  EXPECT_TRAP(StreamBusy, rt_stream_end(b, writable(), wantWrite()));
  EXPECT_TRAP(DropUnwrittenFuture, rt_stream_drop(b, writable(), wantWrite()));
  EXPECT(readFuture(B) == CopyCompleted);
  EXPECT_TRAP(ReadFutureTwice, rt_stream_end(b, readable(), wantRead()));
  EXPECT_TRAP(LiftFutureAfterRead, rt_stream_lift(b, readable(), wantRead()));
  u32 set = setWith(B, writable());
  EXPECT(rt_waitable_set_poll(b, set) == KindFutureWritable);
  EXPECT(control()->eventPayload == CopyCompleted);
  EXPECT_TRAP(WriteFutureTwice, rt_stream_end(b, writable(), wantWrite()));
  rt_stream_drop(b, readable(), wantRead());
  rt_stream_drop(b, writable(), wantWrite());
  ends = rt_stream_new(b, futureType());
  rt_waitable_join(b, readable(), set);
  EXPECT_TRAP(LiftFutureInWaitableSet,
              rt_stream_lift(b, readable(), wantRead()));
  readFuture(B);
  EXPECT_TRAP(RemoveBusyFuture, rt_stream_lift(b, readable(), wantRead()));
  EXPECT_TRAP(RemoveBusyFuture, rt_stream_drop(b, readable(), wantRead()));
  EXPECT_TRAP(WrongHandleType,
              rt_stream_drop(b, readable(), 1 << 16 | KindStreamReadable));
}

static void futureBetweenStringsStaysBetweenInstances(void) {
  setUp();
  ref b = instanceAt(B);
  ends = rt_stream_new(b, newStreamType(1, 8, StreamIsFuture));
  EXPECT(readFuture(B) == Blocked);
  EXPECT_TRAP(IntraComponentFuture, writeFuture(B));
}

static void futuresTakeNothingFromTheHeap(void) {
  setUp();
  ref b = instanceAt(B), type = futureType();
  u32 live = 0;
  for (u32 i = 0; i < 1000; ++i) {
    ends = rt_stream_new(b, type);
    EXPECT(writeFuture(B) == Blocked);
    EXPECT(readFuture(B) == CopyCompleted);
    EXPECT(rt_copy_cancel(b, writable(), wantWrite(), 1) == CopyCompleted);
    rt_stream_drop(b, readable(), wantRead());
    rt_stream_drop(b, writable(), wantWrite());
    if (i == 10)
      live = rt_stat_live();
  }
  EXPECT(rt_stat_live() == live);
}

int main(void) {
  readerWaitsUntilTheWriterHasRun();
  waitTakesTheEventThatIsThere();
  nothingToRunIsADeadlockOrTheHostsTurn();
  callerThatGoesOnNeedsAFiber();
  callerThatHasItsResultNeedsAFiber();
  syncCallWaitsForItsCallee();
  syncTypeMayNotBlock();
  syncTypeWaitsForItsOwnInstance();
  yieldLetsOneRun();
  whatIsWaitedForIsLeftAlone();
  taskThatYieldsIsToldAtOnce();
  taskThatWaitsIsToldAtOnce();
  callThatWaitsToEnterNeverStarts();
  taskIsToldWhenTheLockIsFree();
  taskCancelNeedsARequest();
  futuresTrapByKind();
  futureBetweenStringsStaysBetweenInstances();
  futuresTakeNothingFromTheHeap();
  return failures != 0;
}
