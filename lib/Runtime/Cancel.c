//===- Cancel.c - ending a task early -------------------------------- -*- C
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A caller asks; the task is told where it can be told: while it waits to
// enter, or in its callback. It ends when it calls task.cancel or task.return.
//
//===----------------------------------------------------------------------===//

#include "Block.h"
#include "Fibers.h"
#include "Resources.h"
#include "Tasks.h"

RT_COLD u32 listRemove(u32 *head, u32 *tail, ref record, u32 link) {
  ref before = 0, at = *head;
  for (; at && at != record; at = *AT(u32, at + link))
    before = at;
  if (!at)
    return 0;
  ref next = *AT(u32, record + link);
  if (before)
    *AT(u32, before + link) = next;
  else
    *head = next;
  if (!next && tail)
    *tail = before;
  return 1;
}

/// The running task, whose caller has asked it to end, comes to where it can be
/// told so: its callback is called.
static RT_COLD u32 callbackTold(ref task) {
  Call *c = AT(Call, task);
  if (c->state != TaskPendingCancel)
    return 0;
  c->state = TaskCancelDelivered;
  CALL(step, typeOf(c)->step, task, EventTaskCancelled, 0, 0);
  return 1;
}

RT_COLD u32 toldToEnd(void) {
  ref task = control()->current;
  Call *c = AT(Call, task);
  if (!task || c->state != TaskPendingCancel)
    return 0;
  c->state = TaskCancelDelivered;
  return 1;
}

void rt_task_yield_cancellable(u32 task) {
  if (!callbackTold(task))
    rt_task_yield(task);
}

void rt_task_wait_cancellable(u32 task, u32 index) {
  setGet(calleeOf(AT(Call, task)), index); // it has to be one in any case
  if (!callbackTold(task))
    rt_task_wait(task, index);
}

void rt_task_cancel(void) {
  ref task = control()->current;
  Call *c = AT(Call, task);
  if (!task || !(typeOf(c)->flags & TaskAsync))
    rt_trap(TrapTaskReturnNotAsync, 0);
  if (c->state != TaskCancelDelivered)
    rt_trap(TrapTaskNotCancelled, 0);
  if (c->scope.borrows)
    rt_trap(TrapBorrowsRemain, 0);
  c->state = TaskResolved;
  c->progress = SubtaskCancelledBeforeReturned;
  eventPost(task, 0);
}

//===----------------------------------------------------------------------===//
// What the caller asks
//===----------------------------------------------------------------------===//

/// A call that waits in front of its instance never starts.
static RT_COLD void cancelEntering(Call *c, ref call) {
  Control *k = control();
  Instance *instance = calleeOf(c);
  if (!queueRemove(&instance->enterHead, &instance->enterTail, call)) {
    queueRemove(&k->runHead, &k->runTail, call); // its turn had come
    instance->gate &= ~GateWoken;
  }
  callLeaveQueue(instance);
  c->state = TaskResolved;
  c->progress = SubtaskCancelledBeforeStarted;
  callRelease(call, CallHasTask);
}

/// Takes a task that has yielded, or waits for its set, out of its queue.
static RT_COLD u32 takeSuspended(Call *c, ref task) {
  Control *k = control();
  Set *set = AT(Set, c->waiting);
  if (!queueRemove(&k->runHead, &k->runTail, task) &&
      !(c->waiting && queueRemove(&set->waiterHead, &set->waiterTail, task)))
    return 0;
  if (c->waiting)
    --set->waiting;
  c->waiting = 0;
  return 1;
}

/// The callback runs at once, on top of the frame that cancels. If that goes on
/// before the task ends (`unwaited`), the callback must not block.
static RT_COLD void cancelSuspended(Call *c, ref task, u32 unwaited) {
  Control *k = control();
  ref current = k->current;
  u64 context0 = k->context[0], context1 = k->context[1];
  c->state = TaskCancelDelivered;
  if (canStartFiber(k) && wantsFiber(k, task)) {
    fiberRun(FiberCancel, task);
    return;
  }
  k->unwaited += unwaited;
  taskStep(task, EventTaskCancelled, 0, 0);
  k->unwaited -= unwaited;
  k->current = current;
  k->context[0] = context0;
  k->context[1] = context1;
}

/// A frame on a fiber that waits to be told goes on at once.
static RT_COLD void tellFrame(ref task) {
  Control *k = control();
  ref fiber = hasFibers(k) ? fiberToTell(task) : 0;
  if (!fiber)
    return;
  if (!canStartFiber(k))
    rt_trap(TrapNeedsFiber, 0);
  fiberTake(fiber);
  fiberResume(fiber);
}

/// While another task holds the lock of the instance, it is told later.
static RT_COLD void cancelStarted(Call *c, ref task, u32 unwaited) {
  TaskType *type = typeOf(c);
  u32 locked = type->flags & TaskExclusive &&
               AT(Instance, type->instance)->gate & GateExclusive;
  if (!locked && takeSuspended(c, task)) {
    cancelSuspended(c, task, unwaited);
    return;
  }
  if (c->flags & CallCancellable) // its frame lies below, and would go on now
    rt_trap(TrapNeedsFiber, 0);
  c->state = TaskPendingCancel;
  tellFrame(task);
}

/// What has resolved is known to the caller from here on.
static RT_COLD u32 deliver(Call *c, ref call) {
  if (c->subtask.event)
    eventTake(call);
  c->flags |= CallDelivered;
  scopeDeliver(&c->scope);
  return c->progress;
}

u32 rt_subtask_cancel(u32 instance, u32 index, u32 sync) {
  ref call = handleGet(AT(Instance, instance), index);
  Call *c = AT(Call, call);
  if (kindOf(c->subtask.header) != KindSubtask)
    rt_trap(TrapWrongHandleType, index);
  if (c->flags & CallDelivered)
    rt_trap(TrapSubtaskResolved, index);
  if (c->flags & CallCancelled)
    rt_trap(TrapSubtaskCancelledTwice, index);
  if (sync && c->subtask.set)
    rt_trap(TrapSyncInWaitableSet, index);
  if (c->progress < SubtaskReturned) {
    c->flags |= CallCancelled;
    if (c->state == TaskInitial && !c->number)
      cancelEntering(c, call);
    else if (!c->number) // the host is not asked, and ends when it ends
      cancelStarted(c, call, !sync);
  }
  if (c->progress < SubtaskReturned) {
    if (!sync)
      return Blocked;
    c->subtask.header = withState(c->subtask.header, EndWaitedFor);
    blockUntil(instance, call + (u32)offsetof(Call, progress), SubtaskReturned,
               0);
    c->subtask.header = withState(c->subtask.header, EndIdle);
  }
  return deliver(c, call);
}
