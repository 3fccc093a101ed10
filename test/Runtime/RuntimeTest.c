//===- RuntimeTest.c - calls, tasks and limits of the runtime -----*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the replayed traces do not reach: tasks and the driver, kinds of traps,
// and that nothing is allocated in the steady state.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Expect.h"
#include <stdio.h>
#include <stdlib.h>

enum { Host, A, B };
enum { Readable = KindStreamReadable, Writable = KindStreamWritable };

/// What the last step saw.
static u32 steps, seenEvent, seenIndex, seenPayload;
static ref lastTask;

static void resolve(ref task) {
  rt_task_return_resolve(task);
  rt_task_return_end(task);
}

static void startAndReturn(u32 call) {
  resolve(call);
  rt_task_exit(call);
}

static void startAndYield(u32 call) {
  lastTask = call;
  rt_task_yield(call);
}

static void stepAndReturn(u32 task, u32 event, u32 index, u32 payload) {
  ++steps;
  seenEvent = event;
  seenIndex = index;
  seenPayload = payload;
  resolve(task);
  rt_task_exit(task);
}

static u32 call(u32 caller, ref type) {
  return rt_call_async(rt_call_new(instanceAt(caller), type, StartSlot, 0));
}

static ref setUp(u32 flags) {
  nativeReset();
  steps = 0;
  onStart = startAndYield;
  onStep = stepAndReturn;
  return newTaskType(B, 7, 0, flags);
}

static ref callbackType(void) { return setUp(TaskAsync | TaskExclusive); }

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

static void callThatReturnsAtOnceAllocatesOneRecordEver(void) {
  ref type = callbackType();
  onStart = startAndReturn;
  EXPECT(call(A, type) == SubtaskReturned);
  u32 live = rt_stat_live();
  for (u32 i = 0; i < 1000; ++i)
    EXPECT(call(A, type) == SubtaskReturned);
  EXPECT(rt_stat_live() == live);
  EXPECT(AT(Instance, instanceAt(A))->top == 0);
  EXPECT(AT(Instance, instanceAt(B))->gate == 0);
}

static void callThatBlocksGivesSubtaskAndEvent(void) {
  ref type = callbackType();
  ref a = instanceAt(A);
  u32 set = rt_waitable_set_new(a);
  u32 packed = call(A, type);
  EXPECT(packed == (SubtaskStarted | 2 << 4));
  rt_waitable_join(a, 2, set);
  EXPECT(rt_waitable_set_poll(a, set) == EventNone);
  EXPECT_TRAP(SubtaskNotResolved, rt_subtask_drop(a, 2));
  EXPECT(rt_run(1) == 0);
  EXPECT(steps == 1 && seenEvent == EventNone);
  EXPECT(rt_waitable_set_poll(a, set) == KindSubtask);
  EXPECT(control()->eventIndex == 2);
  EXPECT(control()->eventPayload == SubtaskReturned);
  rt_subtask_drop(a, 2);
  rt_waitable_set_drop(a, set);
}

static void steadyStateTakesNothingFromTheHeap(void) {
  ref type = callbackType();
  ref a = instanceAt(A), stream = newStreamType(0, 1, StreamOfNumbers);
  u32 live = 0;
  for (u32 i = 0; i < 1000; ++i) {
    u64 ends = rt_stream_new(a, stream);
    u32 subtask = call(A, type) >> 4;
    rt_run(10);
    u32 set = rt_waitable_set_new(a);
    rt_waitable_join(a, subtask, set);
    EXPECT(rt_waitable_set_poll(a, set) == KindSubtask);
    rt_subtask_drop(a, subtask);
    rt_stream_drop(a, (u32)ends, Readable);
    rt_stream_drop(a, (u32)(ends >> 32), Writable);
    rt_waitable_set_drop(a, set);
    if (i == 10)
      live = rt_stat_live();
  }
  EXPECT(rt_stat_live() == live);
}

/// A second call finds the first one inside and has to wait for it.
static void startAndCallAgain(u32 c) {
  lastTask = c;
  EXPECT(call(A, AT(Call, c)->type) == (SubtaskStarting | 1 << 4));
  onStart = startAndReturn;
  rt_task_yield(c);
}

static void callWaitsForTheExclusiveLock(void) {
  ref type = callbackType();
  onStart = startAndCallAgain;
  EXPECT(call(A, type) == (SubtaskStarted | 2 << 4));
  EXPECT(AT(Instance, instanceAt(B))->gate & GateEntering);
  EXPECT(rt_run(1) != 0); // the one that waited goes first: it was ready first
  EXPECT(steps == 0);
  EXPECT(rt_run(1) == 0);
  EXPECT(steps == 1);
  EXPECT(AT(Instance, instanceAt(B))->gate == 0);
}

static u32 waitSet;
static void startAndWait(u32 c) { rt_task_wait(c, waitSet); }

static void taskWaitsForAnEventOfItsSet(void) {
  ref type = callbackType();
  ref b = instanceAt(B), u8 = newStreamType(3, 1, StreamOfNumbers);
  u64 ends = rt_stream_new(b, u8);
  u32 want = 3 << 16;
  ref reader = rt_stream_end(b, (u32)ends, want | Readable);
  EXPECT(rt_stream_read(reader, 0, 4, B) == Blocked);
  waitSet = rt_waitable_set_new(b);
  rt_waitable_join(b, (u32)ends, waitSet);
  onStart = startAndWait;
  call(A, type);
  EXPECT(rt_run(5) == 0);
  EXPECT(steps == 0);
  EXPECT_TRAP(WaitableSetNotEmpty, rt_waitable_set_drop(b, waitSet));
  rt_waitable_join(b, (u32)ends, 0);
  EXPECT_TRAP(WaitableSetHasWaiters, rt_waitable_set_drop(b, waitSet));
  rt_waitable_join(b, (u32)ends, waitSet);
  ref writer = rt_stream_end(b, (u32)(ends >> 32), want | Writable);
  EXPECT(rt_stream_write_counted(writer, 32, 3, B) == 3 << 4);
  EXPECT(rt_stream_write_counted(writer, 35, 1, B) == 1 << 4);
  EXPECT(rt_stat_copies() == 2 && rt_stat_bytes() == 4);
  EXPECT(rt_stat_reader_first() == 2 && rt_stat_writer_first() == 0);
  EXPECT(rt_run(5) == 0);
  EXPECT(seenEvent == Readable && seenIndex == (u32)ends);
  EXPECT(seenPayload == 4 << 4);
  EXPECT(control()->current == 0);
  rt_waitable_join(b, (u32)ends, 0);
  rt_waitable_set_drop(b, waitSet);
}

static void setForgetsAnEventThatLeaves(void) {
  setUp(0);
  ref a = instanceAt(A), none = newStreamType(0, 0, StreamOfNumbers);
  u32 set = rt_waitable_set_new(a);
  u64 ends[3];
  for (u32 i = 0; i < 3; ++i) {
    ends[i] = rt_stream_new(a, none);
    ref reader = rt_stream_end(a, (u32)ends[i], Readable);
    rt_waitable_join(a, (u32)ends[i], set);
    rt_stream_read(reader, 0, 1, A);
    rt_stream_write(reader + sizeof(End), 0, 1, A);
  }
  rt_waitable_join(a, (u32)ends[1], 0);
  EXPECT(rt_waitable_set_poll(a, set) == Readable);
  EXPECT(control()->eventIndex == (u32)ends[0]);
  EXPECT(rt_waitable_set_poll(a, set) == Readable);
  EXPECT(control()->eventIndex == (u32)ends[2]);
  EXPECT(rt_waitable_set_poll(a, set) == EventNone);
}

static u32 started;
static void startAndCount(u32 c) {
  (void)c;
  ++started;
}

/// Tasks that need no lock all enter when backpressure ends, in order.
static void endOfBackpressureAdmitsAllThatWait(void) {
  ref type = setUp(TaskAsync);
  onStart = startAndCount;
  started = 0;
  ref b = instanceAt(B);
  rt_backpressure_inc(b);
  rt_backpressure_inc(b);
  for (u32 i = 1; i <= 3; ++i)
    EXPECT(call(A, type) == (SubtaskStarting | i << 4));
  rt_backpressure_dec(b);
  EXPECT(rt_run(10) == 0 && started == 0);
  rt_backpressure_dec(b);
  EXPECT(rt_run(10) == 0);
  EXPECT(started == 3 && AT(Instance, b)->gate == 0);
}

static void startAndClose(u32 c) {
  (void)c;
  ++started;
  rt_backpressure_inc(instanceAt(B));
}

/// The first one that enters may close the gate again before the others.
static void backpressureHoldsThoseThatWereAboutToEnter(void) {
  ref type = setUp(TaskAsync);
  onStart = startAndClose;
  started = 0;
  ref b = instanceAt(B);
  rt_backpressure_inc(b);
  call(A, type);
  call(A, type);
  for (u32 i = 1; i <= 2; ++i) {
    rt_backpressure_dec(b);
    EXPECT(rt_run(10) == 0 && started == i);
  }
  rt_backpressure_dec(b);
  rt_backpressure_inc(b);
  EXPECT(call(A, type) == (SubtaskStarting | 3 << 4));
  EXPECT(rt_run(10) == 0 && started == 2);
}

/// A function of synchronous type enters, even past calls that wait.
static void backpressureIsNotForSynchronousTypes(void) {
  ref waits = setUp(TaskAsync), enters = newTaskType(B, 7, 0, 0);
  onStart = startAndReturn;
  rt_backpressure_inc(instanceAt(B));
  EXPECT(call(A, waits) == (SubtaskStarting | 1 << 4));
  EXPECT(call(A, enters) == SubtaskReturned);
}

static void backpressureCountsSixteenBits(void) {
  setUp(0);
  ref b = instanceAt(B);
  EXPECT_TRAP(BackpressureUnderflow, rt_backpressure_dec(b));
  for (u32 i = 0; i < 0xffff; ++i)
    rt_backpressure_inc(b);
  EXPECT_TRAP(BackpressureOverflow, rt_backpressure_inc(b));
  for (u32 i = 0; i < 0xffff; ++i)
    rt_backpressure_dec(b);
  EXPECT_TRAP(BackpressureUnderflow, rt_backpressure_dec(b));
}

/// Two tasks wait for one set; an event that another takes wakes none for good.
static void eventTakenByAnotherLeavesTheTaskWaiting(void) {
  ref type = callbackType();
  ref b = instanceAt(B), none = newStreamType(0, 0, StreamOfNumbers);
  u64 ends = rt_stream_new(b, none);
  ref reader = rt_stream_end(b, (u32)ends, Readable);
  waitSet = rt_waitable_set_new(b);
  rt_waitable_join(b, (u32)ends, waitSet);
  onStart = startAndWait;
  call(A, type);
  call(A, type);
  rt_stream_read(reader, 0, 4, B);
  rt_stream_write(reader + sizeof(End), 0, 1, B);
  EXPECT(rt_waitable_set_poll(b, waitSet) == Readable);
  EXPECT(rt_run(5) == 0);
  EXPECT(steps == 0);
  rt_stream_read(reader, 0, 4, B);
  rt_stream_write(reader + sizeof(End), 0, 1, B);
  EXPECT(rt_run(5) == 0);
  EXPECT(steps == 1);
}

static void stepAndYield(u32 task, u32 event, u32 index, u32 payload) {
  (void)event, (void)index, (void)payload;
  ++steps;
  rt_task_yield(task);
}

static void yieldingTaskCannotKeepTheDriver(void) {
  ref type = callbackType();
  onStep = stepAndYield;
  call(A, type);
  EXPECT(rt_run(100) != 0);
  EXPECT(steps == 100);
}

static void startAndUseContext(u32 c) {
  EXPECT(control()->current == c);
  EXPECT(control()->context[0] == 0 && control()->context[1] == 0);
  control()->context[0] = 42;
  rt_task_yield(c);
}

static void stepSeesContext(u32 task, u32 event, u32 index, u32 payload) {
  EXPECT(control()->context[0] == 42);
  stepAndReturn(task, event, index, payload);
}

static void contextBelongsToTheTask(void) {
  ref type = callbackType();
  onStart = startAndUseContext;
  onStep = stepSeesContext;
  control()->current = 0;
  control()->context[0] = 5;
  call(A, type);
  EXPECT(control()->context[0] == 5 && control()->current == 0);
  EXPECT(rt_run(1) == 0 && steps == 1);
}

//===----------------------------------------------------------------------===//
// The host's side
//===----------------------------------------------------------------------===//

static void hostGetsTaskNumberAndNothingStays(void) {
  ref type = callbackType();
  ref c = rt_call_new(instanceAt(Host), type, StartSlot, 0);
  EXPECT(rt_call_host(c) == 1);
  EXPECT(AT(Call, lastTask)->subtask.index == 1);
  u32 live = rt_stat_live();
  EXPECT(rt_run(1) == 0);
  EXPECT(AT(Instance, instanceAt(Host))->freeIndex == 1);
  EXPECT(AT(Instance, instanceAt(B))->spare == c);
  EXPECT(rt_stat_live() == live);
  onStart = startAndReturn;
  EXPECT(rt_call_host(rt_call_new(instanceAt(Host), type, StartSlot, 0)) == 0);
}

static void importIsResolvedLater(void) {
  setUp(0);
  ref a = instanceAt(A), host = instanceAt(Host);
  ref type = newTaskType(Host, 0, 0, 0);
  ref c = rt_call_new(a, type, 0, 0);
  EXPECT(rt_import_begin(c) == 1);
  EXPECT(rt_import_end(c, 0) == (SubtaskStarted | 1 << 4));
  EXPECT_TRAP(UnknownHandle, rt_import_resolve(host, 2));
  EXPECT(rt_import_resolve(host, 1) == c);
  rt_import_resolved(c);
  u32 set = rt_waitable_set_new(a);
  rt_waitable_join(a, 1, set);
  EXPECT(rt_waitable_set_poll(a, set) == KindSubtask);
  rt_subtask_drop(a, 1);
  c = rt_call_new(a, type, 0, 0);
  rt_import_begin(c);
  EXPECT(rt_import_end(c, 1) == SubtaskReturned);
  EXPECT(AT(Instance, host)->spare == c);
}

//===----------------------------------------------------------------------===//
// Traps
//===----------------------------------------------------------------------===//

static void tasksTrapByKind(void) {
  ref type = callbackType();
  EXPECT_TRAP(TaskReturnNotAsync, rt_task_return_begin(7, 0));
  call(A, type);
  control()->current = lastTask;
  EXPECT_TRAP(TaskReturnType, rt_task_return_begin(8, 0));
  EXPECT_TRAP(TaskReturnType, rt_task_return_begin(7, 1));
  EXPECT_TRAP(TaskReturnType, rt_task_return_begin(7, 1 << 8));
  EXPECT(rt_task_return_begin(7, 0) == lastTask);
  EXPECT_TRAP(TaskNotResolved, rt_task_exit(lastTask));
  resolve(lastTask);
  EXPECT_TRAP(TaskResolvedTwice, rt_task_return_resolve(lastTask));
  EXPECT_TRAP(UnknownHandle, rt_task_wait(lastTask, 1));
  control()->current = 0;
  EXPECT_TRAP(CannotBlock,
              rt_call_sync(rt_call_new(instanceAt(A), type, StartSlot, 0)));
}

static void memoryEndsInATrap(void) {
  setUp(0);
  pagesLeft = 2;
  ref a = instanceAt(A);
  trapKind = 0;
  u32 made = 0;
  while (made < 100000 && !TRAPS(rt_waitable_set_new(a)))
    ++made;
  EXPECT(trapKind == TrapOutOfMemory);
  EXPECT(made > 3500 && made < 3 * 65536 / sizeof(Set));
  AT(Instance, a)->top = MaxTableLength;
  EXPECT_TRAP(TableFull, handleAppend(AT(Instance, a), 16));
}

int main(void) {
  callThatReturnsAtOnceAllocatesOneRecordEver();
  callThatBlocksGivesSubtaskAndEvent();
  steadyStateTakesNothingFromTheHeap();
  callWaitsForTheExclusiveLock();
  taskWaitsForAnEventOfItsSet();
  setForgetsAnEventThatLeaves();
  endOfBackpressureAdmitsAllThatWait();
  backpressureHoldsThoseThatWereAboutToEnter();
  backpressureIsNotForSynchronousTypes();
  backpressureCountsSixteenBits();
  eventTakenByAnotherLeavesTheTaskWaiting();
  yieldingTaskCannotKeepTheDriver();
  contextBelongsToTheTask();
  hostGetsTaskNumberAndNothingStays();
  importIsResolvedLater();
  tasksTrapByKind();
  memoryEndsInATrap();
  return failures != 0;
}
