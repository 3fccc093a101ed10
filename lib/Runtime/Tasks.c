//===- Tasks.c - what a running task does, and the driver --------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"
#include "Fibers.h"
#include "Resources.h"
#include "Threads.h"

//===----------------------------------------------------------------------===//
// task.return
//===----------------------------------------------------------------------===//

u32 rt_task_return_begin(u32 result, u32 options) {
  ref task = control()->current;
  if (!task || !(typeOf(AT(Call, task))->flags & TaskAsync))
    rt_trap(TrapTaskReturnNotAsync, 0);
  TaskType *type = typeOf(AT(Call, task));
  u32 differ = type->options ^ options;
  // A memory counts only where task.return names one.
  if (type->result != result || differ & 0xff || (options >> 8 && differ >> 8))
    rt_trap(TrapTaskReturnType, 0);
  return task;
}

void rt_task_return_resolve(u32 task) {
  Call *c = AT(Call, task);
  if (c->state == TaskResolved)
    rt_trap(TrapTaskResolvedTwice, 0);
  if (c->scope.borrows)
    rt_trap(TrapBorrowsRemain, 0);
  c->state = TaskResolved;
}

void rt_task_return_end(u32 task) {
  Call *c = AT(Call, task);
  c->progress = SubtaskReturned;
  u32 index = c->subtask.index;
  if (!index) // The caller is still inside its call, and will see.
    return;
  if (!(c->flags & CallFromHost)) {
    eventPost(task, 0);
    return;
  }
  // The host was told by the return thunk, and drops nothing.
  scopeDeliver(&c->scope);
  handleRemove(AT(Instance, c->caller), index);
  callRelease(task, CallHasCaller);
}

//===----------------------------------------------------------------------===//
// Callback codes
//===----------------------------------------------------------------------===//

/// The task has asked for its thread, or has made others.
static RT_COLD void exitThreads(Call *c, ref task) {
  if (c->implicit)
    threadForget(c->implicit);
  c->implicit = 0;
  if (!c->spawned) {
    callRelease(task, CallHasTask);
    return;
  }
  c->flags |= CallExited;
}

void rt_task_exit(u32 task) {
  Call *c = AT(Call, task);
  if (c->state != TaskResolved && !c->spawned)
    rt_trap(TrapTaskNotResolved, 0);
  lockRelease(c);
  if (c->implicit | c->spawned)
    exitThreads(c, task);
  else
    callRelease(task, CallHasTask);
}

/// The task leaves its instance, to be resumed later.
RT_INLINE void taskSuspend(Call *c) {
  Control *k = control();
  c->context[0] = k->context[0];
  c->context[1] = k->context[1];
  lockRelease(c);
}

void rt_task_yield(u32 task) {
  taskSuspend(AT(Call, task));
  runLater(task);
}

void rt_task_wait(u32 task, u32 index) {
  Call *c = AT(Call, task);
  taskSuspend(c);
  c->waiting = setGet(calleeOf(c), index);
  Set *set = AT(Set, c->waiting);
  ++set->waiting;
  if (set->readyHead)
    runLater(task);
  else
    queueAppend(&set->waiterHead, &set->waiterTail, task);
}

//===----------------------------------------------------------------------===//
// The driver
//===----------------------------------------------------------------------===//

/// Takes the event that the task waits for, or waits again if another task was
/// faster: then no code is returned.
RT_INLINE u32 taskTakeEvent(Call *c, ref task) {
  Set *set = AT(Set, c->waiting);
  if (!set->readyHead) {
    queuePrepend(&set->waiterHead, &set->waiterTail, task);
    return EventNone;
  }
  --set->waiting;
  c->waiting = 0;
  u32 code = eventDeliver(set->readyHead);
  if (set->readyHead)
    setWake(set);
  return code;
}

static void taskPark(Instance *instance, ref task) {
  instance->gate |= GateParked;
  queueAppend(&instance->parkedHead, &instance->parkedTail, task);
}

/// Whether the lock that the task needs is held, by another one.
RT_INLINE u32 isLockedOut(TaskType *type) {
  return type->flags & TaskExclusive &&
         AT(Instance, type->instance)->gate & GateExclusive;
}

RT_INLINE void step(ref task, u32 code, u32 index, u32 payload) {
  Control *k = control();
  Call *c = AT(Call, task);
  lockTake(c, task);
  k->current = task;
  k->context[0] = c->context[0];
  k->context[1] = c->context[1];
  CALL(step, typeOf(c)->step, task, code, index, payload);
  k->current = 0;
}

RT_COLD void taskStep(ref task, u32 code, u32 index, u32 payload) {
  step(task, code, index, payload);
}

/// Calls the task's callback with its event.
RT_INLINE void taskResume(ref task) {
  Control *k = control();
  Call *c = AT(Call, task);
  TaskType *type = typeOf(c);
  if (isLockedOut(type)) {
    taskPark(AT(Instance, type->instance), task);
    return;
  }
  u32 code = EventNone, index = 0, payload = 0;
  if (c->waiting) {
    code = taskTakeEvent(c, task);
    if (code == EventNone)
      return;
    index = k->eventIndex;
    payload = k->eventPayload;
  }
  step(task, code, index, payload);
}

RT_COLD u32 taskIsReady(ref task) {
  Call *c = AT(Call, task);
  return c->state != TaskInitial && !isLockedOut(typeOf(c)) &&
         (!c->waiting || AT(Set, c->waiting)->readyHead);
}

RT_INLINE void go(ref task) {
  if (AT(Call, task)->state == TaskInitial)
    callAdmit(task);
  else
    taskResume(task);
}

RT_COLD void taskRun(ref task) { go(task); }

u32 rt_run(u32 quanta) {
  Control *k = control();
  if (hasFibers(k))
    return fibersDrive(quanta);
  for (; quanta && k->runHead; --quanta)
    go(queueTake(&k->runHead));
  return k->runHead != 0;
}
