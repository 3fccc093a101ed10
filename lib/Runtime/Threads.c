//===- Threads.c - threads of a task -----------------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Threads.h"

#include "Block.h"
#include "Calls.h"
#include "Fibers.h"
#include "Handles.h"
#include "Heap.h"
#include "Tasks.h"

enum { Argument = 0, Function = 1, OwnType = 2 };

//===----------------------------------------------------------------------===//
// Records and their table
//===----------------------------------------------------------------------===//

static RT_COLD Instance *tableOf(Instance *instance) {
  if (!instance->threads) {
    instance->threads = blockTake(BLOCK_LOG(sizeof(Instance)));
    *AT(Instance, instance->threads) = (Instance){0};
  }
  return AT(Instance, instance->threads);
}

/// The thread that `index` names; traps if it names none.
static RT_COLD ref threadGet(ref instance, u32 index) {
  Instance *table = tableOf(AT(Instance, instance));
  if (index - 1 >= table->top || AT(u32, table->table)[index] & 1)
    rt_trap(TrapUnknownThread, index);
  return AT(u32, table->table)[index];
}

/// A new thread of `task`; 0 is one of synchronous type.
static RT_COLD ref threadMake(ref instance, ref task, u32 step) {
  ref thread = blockTake(BLOCK_LOG(sizeof(Call)));
  Call *t = AT(Call, thread);
  ref type = thread + (u32)offsetof(Call, arguments) + OwnType * 8;
  t->subtask = (Waitable){.header = KindSubtask};
  t->type = type;
  t->caller = task;
  t->number = step ? ThreadFresh : ThreadRunning;
  t->progress = 0;
  t->state = TaskStarted;
  t->flags = CallThread;
  t->waiting = 0;
  t->implicit = t->spawned = 0;
  t->context[0] = t->context[1] = 0;
  *AT(TaskType, type) =
      (TaskType){.instance = instance, .step = step, .flags = TaskBlocks};
  t->subtask.index = handleAdd(tableOf(AT(Instance, instance)), thread);
  return thread;
}

RT_COLD void threadForget(ref thread) {
  Call *t = AT(Call, thread);
  handleRemove(tableOf(calleeOf(t)), t->subtask.index);
  blockFree(thread, BLOCK_LOG(sizeof(Call)));
}

/// The thread whose code runs. The one that a task begins with has a record
/// from when somebody asks for it.
static RT_COLD ref threadCurrent(ref instance) {
  Control *k = control();
  ref task = k->current;
  if (k->thread && AT(Call, k->thread)->caller == task)
    return k->thread;
  if (!task)
    return k->thread = threadMake(instance, 0, 0);
  Call *c = AT(Call, task);
  if (!c->implicit)
    c->implicit = threadMake(instance, task, 0);
  return c->implicit;
}

u32 rt_thread_index(u32 instance) {
  return AT(Call, threadCurrent(instance))->subtask.index;
}

void rt_thread_leave(void) {
  Control *k = control();
  if (k->thread)
    threadForget(k->thread);
  k->thread = 0;
}

//===----------------------------------------------------------------------===//
// From the beginning to the end
//===----------------------------------------------------------------------===//

u32 rt_thread_new(u32 instance, u32 step, u32 function, u32 argument) {
  threadCurrent(instance); // its index comes first
  ref task = control()->current;
  if (task && AT(Call, task)->flags & CallThread)
    task = 0;
  ref thread = threadMake(instance, task, step);
  Call *t = AT(Call, thread);
  if (task)
    ++AT(Call, task)->spawned;
  else
    t->caller = thread;
  t->arguments[Argument] = argument;
  t->arguments[Function] = function;
  return t->subtask.index;
}

void rt_thread_begin(u32 thread) {
  Control *k = control();
  k->current = AT(Call, thread)->caller;
  k->thread = thread;
  AT(Call, thread)->number = ThreadRunning;
}

/// The last thread of a task ends it.
void rt_thread_end(u32 thread) {
  ref task = AT(Call, thread)->caller;
  control()->thread = 0;
  threadForget(thread);
  if (task == thread)
    return;
  Call *c = AT(Call, task);
  if (--c->spawned || !(c->flags & CallExited))
    return;
  if (c->state != TaskResolved)
    rt_trap(TrapTaskNotResolved, 0);
  callRelease(task, CallHasTask);
}

//===----------------------------------------------------------------------===//
// Suspending and resuming
//===----------------------------------------------------------------------===//

static u32 isSuspended(Call *t) {
  return t->number == ThreadFresh || t->number == ThreadSuspended;
}

void rt_thread_resume_later(u32 instance, u32 index) {
  ref thread = threadGet(instance, index);
  Call *t = AT(Call, thread);
  if (!isSuspended(t))
    rt_trap(TrapThreadNotSuspended, index);
  if (t->number == ThreadFresh) {
    t->number = ThreadQueued;
    runLater(thread);
    return;
  }
  t->number = ThreadAwake;
  t->progress = 1;
}

/// Where the word is that says that the thread may go on.
static ref turnOf(ref thread) { return thread + (u32)offsetof(Call, progress); }

static RT_COLD u32 takeTurn(ref thread, u32 told) {
  AT(Call, thread)->number = ThreadRunning;
  AT(Call, thread)->progress = 0;
  return told;
}

/// Waits until another thread has made this one go on; `first` runs at once. 1
/// if the task is told to end.
static RT_COLD u32 waitForTurn(ref first, ref instance, ref thread,
                               u32 cancellable) {
  AT(Call, thread)->below = control()->running;
  return takeTurn(thread,
                  blockBehind(first, instance, turnOf(thread), 1, cancellable));
}

u32 rt_thread_suspend(u32 instance, u32 cancellable) {
  ref thread = threadCurrent(instance);
  if (cancellable && toldToEnd())
    return 1;
  AT(Call, thread)->number = ThreadSuspended;
  return waitForTurn(0, instance, thread, cancellable);
}

/// What the run queue has of a thread that can go on: the thread, if it has not
/// begun, or the task in whose event loop it is. 0 for a thread with a frame.
static RT_COLD ref queuedOf(ref thread) {
  Call *t = AT(Call, thread);
  if (t->number == ThreadFresh || t->number == ThreadQueued)
    return thread;
  ref task = t->caller;
  return task && task != thread && AT(Call, task)->implicit == thread ? task
                                                                      : 0;
}

/// Takes a thread that is ready out of the run queue; 0 if it is not there.
static RT_COLD ref takeReady(ref thread) {
  Control *k = control();
  ref queued = queuedOf(thread);
  if (!queued || !taskIsReady(queued) ||
      !queueRemove(&k->runHead, &k->runTail, queued))
    return 0;
  return queued;
}

/// The frame of `other` goes on, on its own stack; one without is below.
static RT_COLD u32 switchToFrame(ref thread, ref other, u32 cancellable) {
  Control *k = control();
  ref fiber = hasFibers(k) ? AT(Call, other)->below : 0;
  if (!fiber || !canSuspend(k))
    rt_trap(TrapNeedsFiber, 0);
  AT(Call, thread)->below = k->running;
  fiberTake(fiber);
  return takeTurn(thread, fiberWait(fiber, turnOf(thread), 1, cancellable));
}

/// Runs `queued`, which has not begun or has a callback, in the place of the
/// current thread; if it is 0, the frame of `other`.
static RT_COLD u32 switchTo(ref instance, ref thread, ref other, ref queued,
                            u32 how) {
  Call *t = AT(Call, thread);
  u32 cancellable = how & SwitchCancellable;
  t->number = how & SwitchYield ? ThreadAwake : ThreadSuspended;
  t->progress = how & SwitchYield ? 1 : 0;
  return queued ? waitForTurn(queued, instance, thread, cancellable)
                : switchToFrame(thread, other, cancellable);
}

u32 rt_thread_switch(u32 instance, u32 index, u32 how) {
  ref other = threadGet(instance, index), thread = threadCurrent(instance);
  Call *o = AT(Call, other);
  if (!(how & SwitchPromote) && !isSuspended(o))
    rt_trap(TrapThreadNotSuspended, index);
  if (how & SwitchCancellable && toldToEnd())
    return 1;
  if (!(how & SwitchPromote))
    return switchTo(instance, thread, other,
                    o->number == ThreadFresh ? other : 0, how);
  ref ready = takeReady(other);
  if (ready || o->number == ThreadAwake)
    return switchTo(instance, thread, other, ready, how);
  u32 cancellable = how & SwitchCancellable;
  return how & SwitchYield ? rt_thread_yield(instance, cancellable)
                           : rt_thread_suspend(instance, cancellable);
}
