//===- Calls.h - calls, tasks and the exclusive lock -------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One record serves the callee's task and the caller's subtask. Each half is
// given up on its own, the record goes when both are; the instance keeps one
// for its next call, so a call that returns at once allocates nothing.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_CALLS_H
#define MELD_RUNTIME_CALLS_H

#include "Heap.h"
#include "Queue.h"
#include "Waitables.h"

/// Runs the start thunk of a task that may enter, as the current task.
void callEnter(ref call);
/// Goes on with a call that waited for its turn in front of its instance.
void callAdmit(ref call);
/// One call less waits in front of the instance: the next may look.
void callLeaveQueue(Instance *instance);
/// The instance's gate is not zero and its lock was just given up.
void gateOpened(Instance *instance);

RT_INLINE TaskType *typeOf(Call *call) { return AT(TaskType, call->type); }

RT_INLINE Instance *calleeOf(Call *call) {
  return AT(Instance, typeOf(call)->instance);
}

/// Gives up one half of a call, CallHasTask or CallHasCaller.
RT_INLINE void callRelease(ref call, u32 half) {
  Call *c = AT(Call, call);
  Instance *callee = calleeOf(c);
  c->flags &= ~half;
  if (c->flags & (CallHasTask | CallHasCaller))
    return;
  if (callee->spare)
    blockFree(call, BLOCK_LOG(sizeof(Call)));
  else
    callee->spare = call;
}

RT_INLINE void lockTake(Call *c, ref task) {
  if (!(typeOf(c)->flags & TaskExclusive))
    return;
  Instance *instance = calleeOf(c);
  instance->gate |= GateExclusive;
  instance->exclusive = task;
}

RT_INLINE void lockRelease(Call *c) {
  if (!(typeOf(c)->flags & TaskExclusive))
    return;
  Instance *instance = calleeOf(c);
  instance->exclusive = 0;
  instance->gate &= ~GateExclusive;
  if (instance->gate)
    gateOpened(instance);
}

#endif // MELD_RUNTIME_CALLS_H
