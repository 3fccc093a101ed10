//===- ThreadsTest.c - threads of a task --------------------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A thread's function is `threadBody`, which the step thunk calls as generated
// code does.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Expect.h"
#include <stdio.h>
#include <stdlib.h>

enum { Host, A, B };

static void (*threadBody)(u32 argument);
static u32 ran, seen;

static void step(u32 thread, u32 event, u32 index, u32 payload) {
  (void)event, (void)index, (void)payload;
  rt_thread_begin(thread);
  ++ran;
  threadBody((u32)AT(Call, thread)->arguments[0]);
  rt_thread_end(thread);
}

static void doNothing(u32 argument) { seen = argument; }

/// A task of A, as if its callback ran.
static ref runInTask(u32 flags) {
  ref type = newTaskType(A, 7, 0, flags);
  ref task = rt_call_new(instanceAt(Host), type, 0, 0);
  AT(Call, task)->state = TaskStarted;
  control()->current = task;
  return task;
}

static ref setUp(void) {
  nativeReset();
  ran = seen = 0;
  onStep = step;
  threadBody = doNothing;
  return runInTask(TaskAsync | TaskExclusive);
}

static u32 newThread(u32 argument) {
  return rt_thread_new(instanceAt(A), StepSlot, 0, argument);
}

static void indicesAreOfTheInstance(void) {
  setUp();
  u32 first = newThread(5);
  EXPECT(rt_thread_index(instanceAt(A)) == 1 && first == 2);
  EXPECT(newThread(6) == 3);
  EXPECT(rt_thread_index(instanceAt(B)) == 1);
  EXPECT_TRAP(UnknownThread, rt_thread_resume_later(instanceAt(A), 9));
  EXPECT_TRAP(UnknownThread, rt_thread_resume_later(instanceAt(A), 0));
}

static void whatIsResumedLaterRunsInItsTurn(void) {
  ref task = setUp();
  u32 thread = newThread(5);
  rt_thread_resume_later(instanceAt(A), thread);
  EXPECT(ran == 0);
  EXPECT_TRAP(ThreadNotSuspended,
              rt_thread_resume_later(instanceAt(A), thread));
  EXPECT(rt_thread_yield(instanceAt(A), 0) == 0);
  EXPECT(ran == 1 && seen == 5);
  EXPECT(control()->current == task && control()->thread == 0);
  EXPECT_TRAP(UnknownThread, rt_thread_resume_later(instanceAt(A), thread));
}

static void wakeMain(u32 main) {
  EXPECT(rt_thread_index(instanceAt(A)) == 2);
  rt_thread_resume_later(instanceAt(A), main);
}

static void suspendedThreadsGoOnWhenTheyAreOnTop(void) {
  setUp();
  threadBody = wakeMain;
  u32 main = rt_thread_index(instanceAt(A));
  EXPECT(rt_thread_switch(instanceAt(A), newThread(main), 0) == 0);
  EXPECT(ran == 1 && !control()->blocked);
}

static void aFrameBelowNeedsAFiber(void) {
  setUp();
  threadBody = wakeMain;
  u32 main = rt_thread_index(instanceAt(A));
  EXPECT_TRAP(ThreadNotSuspended, rt_thread_switch(instanceAt(A), main, 0));
  rt_thread_resume_later(instanceAt(A), newThread(main));
  ++control()->unwaited;
  EXPECT_TRAP(NeedsFiber, rt_thread_switch(instanceAt(A), newThread(0), 0));
  EXPECT_TRAP(NeedsFiber, rt_thread_suspend(instanceAt(A), 0));
}

static void nobodyWakes(void) {
  setUp();
  EXPECT_TRAP(Deadlock, rt_thread_suspend(instanceAt(A), 0));
  control()->current = 0;
  EXPECT_TRAP(CannotBlock, rt_thread_suspend(instanceAt(A), 0));
}

static void yieldingLeavesTheThreadReady(void) {
  setUp();
  EXPECT(rt_thread_switch(instanceAt(A), newThread(5), SwitchYield) == 0);
  EXPECT(ran == 1);
}

static void promotionTakesTheReadyOne(void) {
  setUp();
  u32 first = newThread(1), second = newThread(2), third = newThread(3);
  rt_thread_resume_later(instanceAt(A), first);
  rt_thread_resume_later(instanceAt(A), second);
  u32 how = SwitchYield | SwitchPromote;
  EXPECT(rt_thread_switch(instanceAt(A), second, how) == 0);
  EXPECT(ran == 1 && seen == 2);
  EXPECT(rt_thread_switch(instanceAt(A), third, how) == 0); // as a yield
  EXPECT(ran == 2 && seen == 1);
}

static void cancellationIsTold(void) {
  ref task = setUp();
  AT(Call, task)->state = TaskPendingCancel;
  u32 thread = newThread(0);
  EXPECT(rt_thread_switch(instanceAt(A), thread, SwitchCancellable) == 1);
  EXPECT(AT(Call, task)->state == TaskCancelDelivered && ran == 0);
  AT(Call, task)->state = TaskPendingCancel;
  EXPECT(rt_thread_suspend(instanceAt(A), 1) == 1);
}

/// The record of the task goes with its last thread, and nothing stays.
static void theLastThreadEndsTheTask(void) {
  ref task = setUp();
  u32 thread = newThread(0);
  rt_thread_resume_later(instanceAt(A), thread);
  rt_task_exit(task);
  control()->current = 0;
  EXPECT(AT(Call, task)->flags & CallHasTask);
  EXPECT_TRAP(TaskNotResolved, rt_run(1));
  task = setUp();
  rt_thread_resume_later(instanceAt(A), newThread(0));
  AT(Call, task)->state = TaskResolved;
  rt_task_exit(task);
  control()->current = 0;
  EXPECT(rt_run(9) == 0 && ran == 1);
  EXPECT(!(AT(Call, task)->flags & CallHasTask));
  EXPECT(AT(Instance, AT(Instance, instanceAt(A))->threads)->freeIndex != 0);
}

/// One of a task of synchronous type may wait once that has returned; but then
/// on top of the driver, where the host may have something to say.
static void suspend(u32 argument) {
  (void)argument;
  rt_thread_suspend(instanceAt(A), 0);
}

static void threadsOfSynchronousTasks(void) {
  setUp();
  control()->current = 0;
  threadBody = suspend;
  rt_thread_resume_later(instanceAt(A), newThread(0));
  EXPECT(control()->thread);
  rt_thread_leave();
  EXPECT(!control()->thread);
  EXPECT_TRAP(NeedsFiber, rt_run(1));
}

/// While such a task waits, tasks that need the instance for themselves cannot
/// run.
static void exclusiveTasksStayOut(void) {
  setUp();
  ref type = newTaskType(A, 7, 0, TaskAsync | TaskExclusive);
  ref other = rt_call_new(instanceAt(Host), type, 0, 0);
  AT(Call, other)->state = TaskStarted;
  rt_task_yield(other);
  control()->current = 0;
  rt_check_may_block(instanceAt(A));
  EXPECT_TRAP(Deadlock, rt_thread_suspend(instanceAt(A), 0));
}

int main(void) {
  indicesAreOfTheInstance();
  whatIsResumedLaterRunsInItsTurn();
  suspendedThreadsGoOnWhenTheyAreOnTop();
  aFrameBelowNeedsAFiber();
  nobodyWakes();
  yieldingLeavesTheThreadReady();
  promotionTakesTheReadyOne();
  cancellationIsTold();
  theLastThreadEndsTheTask();
  threadsOfSynchronousTasks();
  exclusiveTasksStayOut();
  printf("%u failures\n", failures);
  return failures != 0;
}
