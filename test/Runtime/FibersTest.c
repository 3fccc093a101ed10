//===- FibersTest.c - frames on stacks of their own ---------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What Stacks.c switches between. Order is written down as it happens, one
// letter for each thing.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Expect.h"
#include "Stacks.h"
#include <stdio.h>
#include <string.h>

enum { Host, A, B, C };

static ref typeB, typeC;
static char seen[256];

static void see(char what) {
  size_t n = strlen(seen);
  seen[n] = what;
  seen[n + 1] = 0;
}

#define EXPECT_SEEN(TEXT) EXPECT(!strcmp(seen, TEXT))

static void (*bodyOfB)(u32 task), (*bodyOfC)(u32 task);

static void start(u32 call) {
  (AT(Call, call)->type == typeB ? bodyOfB : bodyOfC)(call);
}

static void finish(u32 task) {
  rt_task_return_resolve(task);
  rt_task_return_end(task);
  rt_task_exit(task);
}

static void never(u32 task) {
  (void)task;
  EXPECT(0 && "this runs");
}

static void setUp(void) {
  nativeReset();
  seen[0] = 0;
  control()->fiber = FiberSlot;
  onStart = start;
  bodyOfB = bodyOfC = never;
  typeB = newTaskType(B, 7, 0, TaskAsync | TaskBlocks);
  typeC = newTaskType(C, 7, 0, TaskAsync | TaskBlocks);
}

static u32 fromHost(void) {
  return rt_call_host(rt_call_new(instanceAt(Host), typeB, StartSlot, 0));
}

static u32 callC(void) {
  return rt_call_async(rt_call_new(instanceAt(B), typeC, StartSlot, 0));
}

/// Nothing of what ran is left.
static void expectAtRest(void) {
  Control *k = control();
  EXPECT(!k->running && !k->current && !k->unwaited && !k->limit);
  EXPECT(!k->blocked && !k->calls && !k->thread);
  EXPECT(!k->waitHead && !k->readyHead);
  EXPECT(k->fibers == k->idleFibers);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

static void yieldThrice(u32 task) {
  for (u32 i = 0; i < 3; ++i) {
    see('c');
    control()->context[0] = 100 + i;
    EXPECT(rt_thread_yield(instanceAt(C), 0) == 0);
    EXPECT(control()->context[0] == 100 + i);
    EXPECT(control()->current == task);
  }
  finish(task);
}

/// The caller goes on when the callee waits, and waits for it then.
static void callAndWait(u32 task) {
  ref b = instanceAt(B);
  control()->context[0] = 7;
  see('b');
  u32 answer = callC();
  see('B');
  EXPECT((answer & 15) == SubtaskStarted);
  EXPECT(control()->context[0] == 7 && control()->current == task);
  u32 set = rt_waitable_set_new(b);
  rt_waitable_join(b, answer >> 4, set);
  EXPECT(rt_waitable_set_wait(b, set, 0) == KindSubtask);
  EXPECT(control()->eventPayload == SubtaskReturned);
  EXPECT(control()->context[0] == 7 && control()->current == task);
  see('r');
  finish(task);
}

static void callerGoesOnWhileCalleeWaits(void) {
  setUp();
  bodyOfB = callAndWait;
  bodyOfC = yieldThrice;
  EXPECT(fromHost() != 0);
  EXPECT_SEEN("bcB");
  EXPECT(rt_run(100) == 0);
  EXPECT_SEEN("bcBccr");
  expectAtRest();
  EXPECT(stacksMade == 2);
}

static void returnAtOnce(u32 task) {
  see('c');
  finish(task);
}

static void callOften(u32 task) {
  for (u32 i = 0; i < 100; ++i)
    EXPECT(callC() == SubtaskReturned);
  finish(task);
}

static void stacksAreUsedAgain(void) {
  setUp();
  bodyOfB = callOften;
  bodyOfC = returnAtOnce;
  EXPECT(fromHost() == 0);
  EXPECT(strlen(seen) == 100);
  EXPECT(stacksMade == 2);
  u32 live = rt_stat_live();
  seen[0] = 0;
  EXPECT(fromHost() == 0);
  EXPECT(rt_stat_live() == live && stacksMade == 2);
  expectAtRest();
}

/// It has returned, and goes on behind its caller.
static void returnAndGoOn(u32 task) {
  rt_task_return_resolve(task);
  rt_task_return_end(task);
  see('c');
  rt_thread_yield(instanceAt(C), 0);
  see('C');
  rt_task_exit(task);
}

static void callSync(u32 task) {
  u32 call = rt_call_new(instanceAt(B), typeC, StartSlot, 0);
  rt_call_sync(call);
  see('b');
  rt_call_end(call);
  finish(task);
}

static void synchronousCallerDoesNotWaitForTheEnd(void) {
  setUp();
  bodyOfB = callSync;
  bodyOfC = returnAndGoOn;
  EXPECT(fromHost() == 0);
  EXPECT_SEEN("cb");
  EXPECT(rt_run(100) == 0);
  EXPECT_SEEN("cbC");
  expectAtRest();
}

static void aGuestThatSpinsGivesTheHostItsTurn(void) {
  setUp();
  bodyOfB = yieldThrice;
  EXPECT(fromHost() != 0);
  EXPECT(rt_run(1) == 1);
  EXPECT_SEEN("cc");
  EXPECT(rt_run(100) == 0);
  expectAtRest();
}

//===----------------------------------------------------------------------===//
// Cancellation
//===----------------------------------------------------------------------===//

static void waitToBeTold(u32 task) {
  ref c = instanceAt(C);
  u32 set = rt_waitable_set_new(c);
  see('c');
  EXPECT(rt_waitable_set_wait(c, set, 1) == EventTaskCancelled);
  see('t');
  rt_waitable_set_drop(c, set);
  rt_task_cancel();
  rt_task_exit(task);
}

static void cancelC(u32 task) {
  ref b = instanceAt(B);
  u32 subtask = callC() >> 4;
  see('b');
  EXPECT(rt_subtask_cancel(b, subtask, 0) == SubtaskCancelledBeforeReturned);
  see('B');
  rt_subtask_drop(b, subtask);
  finish(task);
}

static void frameIsToldToEnd(void) {
  setUp();
  bodyOfB = cancelC;
  bodyOfC = waitToBeTold;
  EXPECT(fromHost() == 0);
  EXPECT_SEEN("cbtB");
  EXPECT(rt_run(100) == 0);
  expectAtRest();
}

/// One whose frame is not to be told goes on, and ends when it ends.
static void waitForItself(u32 task) {
  see('c');
  rt_thread_yield(instanceAt(C), 0);
  see('C');
  finish(task);
}

static void cancelAndWait(u32 task) {
  ref b = instanceAt(B);
  u32 subtask = callC() >> 4;
  EXPECT(rt_subtask_cancel(b, subtask, 1) == SubtaskReturned);
  see('b');
  rt_subtask_drop(b, subtask);
  finish(task);
}

static void frameThatIsNotToldEndsByItself(void) {
  setUp();
  bodyOfB = cancelAndWait;
  bodyOfC = waitForItself;
  EXPECT(fromHost() != 0);
  EXPECT_SEEN("c");
  EXPECT(rt_run(100) == 0);
  EXPECT_SEEN("cCb");
  expectAtRest();
}

//===----------------------------------------------------------------------===//
// Where no fiber helps
//===----------------------------------------------------------------------===//

static void waitForEver(u32 task) {
  (void)task;
  ref c = instanceAt(C);
  rt_waitable_set_wait(c, rt_waitable_set_new(c), 0);
  EXPECT(0 && "this runs");
}

/// Code of synchronous type waits on top of what is below, as without fibers.
static void callFromSynchronousType(void) {
  setUp();
  bodyOfC = waitForEver;
  EXPECT_TRAP(NeedsFiber, callC());
}

/// The host finds out: nothing can run, and a task is open.
static void nothingIsReady(void) {
  setUp();
  typeC = typeB;
  bodyOfB = waitForEver;
  EXPECT(fromHost() != 0);
  EXPECT(rt_run(100) == 0);
  EXPECT(control()->waitHead != 0);
}

static u32 callsMade;

static void callMany(u32 task) {
  (void)task;
  for (;; ++callsMade)
    callC();
}

static void thereIsAnEndOfThem(void) {
  setUp();
  bodyOfB = callMany;
  bodyOfC = waitForEver;
  callsMade = 0;
  control()->fibers = MostFibers - 50;
  EXPECT_TRAP(TooManyFibers, fromHost());
  EXPECT(callsMade == 49 && trapArgument == MostFibers);
}

int main(void) {
  callerGoesOnWhileCalleeWaits();
  stacksAreUsedAgain();
  synchronousCallerDoesNotWaitForTheEnd();
  aGuestThatSpinsGivesTheHostItsTurn();
  frameIsToldToEnd();
  frameThatIsNotToldEndsByItself();
  callFromSynchronousType();
  nothingIsReady();
  thereIsAnEndOfThem();
  printf("%u failures\n", failures);
  return failures != 0;
}
