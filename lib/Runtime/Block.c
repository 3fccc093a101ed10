//===- Block.c - frames that wait ------------------------------------ -*- C
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Block.h"

#include "Tasks.h"

/// A task of `instance` that can go on, out of the run queue; or 0.
static RT_COLD ref takeReadyOf(ref instance) {
  Control *k = control();
  for (ref task = k->runHead; task; task = AT(Call, task)->next)
    if (typeOf(AT(Call, task))->instance == instance && taskIsReady(task)) {
      queueRemove(&k->runHead, &k->runTail, task);
      return task;
    }
  return 0;
}

/// Which tasks may run on top of a frame of `instance`: those of what is given,
/// or all for 0. A task of synchronous type lets only its own instance go on,
/// as long as it has not returned: so what it waits for must come from there.
RT_INLINE ref limitOf(ref instance) {
  Control *k = control();
  return k->current ? k->limit : instance;
}

RT_INLINE ref takeNext(ref limit) {
  Control *k = control();
  if (limit)
    return takeReadyOf(limit);
  return k->runHead ? queueTake(&k->runHead) : 0;
}

/// Nothing can run. If a frame below could go on, or the host has still
/// something to say, stacks of their own would help.
static __attribute__((noreturn)) RT_COLD void stuck(ref limit) {
  Control *k = control();
  for (ref f = k->blocked; f; f = AT(Frame, f)->next)
    if (*AT(u32, AT(Frame, f)->word) >= AT(Frame, f)->least)
      rt_trap(TrapNeedsFiber, 0);
  for (ref call = k->calls; call; call = AT(Call, call)->below)
    if (AT(Call, call)->progress >= SubtaskReturned)
      rt_trap(TrapNeedsFiber, 0);
  if (limit)
    rt_trap(TrapCannotBlock, 0);
  rt_trap(k->open ? TrapNeedsFiber : TrapDeadlock, 0);
}

/// Lets a task go on, on top of the running code.
static RT_COLD void runOnTop(ref task, ref limit) {
  Control *k = control();
  ref current = k->current, limitBelow = k->limit;
  u32 unwaited = k->unwaited;
  u64 context0 = k->context[0], context1 = k->context[1];
  k->unwaited = 0;
  k->limit = limit;
  taskRun(task);
  k->limit = limitBelow;
  k->unwaited = unwaited;
  k->current = current;
  k->context[0] = context0;
  k->context[1] = context1;
}

RT_COLD void blockUntil(ref instance, ref word, u32 least) {
  if (*AT(u32, word) >= least)
    return;
  Control *k = control();
  ref limit = limitOf(instance);
  if (k->current && k->unwaited)
    rt_trap(TrapNeedsFiber, 0);
  ref frame = blockTake(BLOCK_LOG(sizeof(Frame)));
  *AT(Frame, frame) = (Frame){.next = k->blocked, .word = word, .least = least};
  k->blocked = frame;
  while (*AT(u32, word) < least) {
    ref task = takeNext(limit);
    if (!task) {
      k->blocked = AT(Frame, frame)->next;
      stuck(limit);
    }
    runOnTop(task, limit);
  }
  k->blocked = AT(Frame, frame)->next;
  blockFree(frame, BLOCK_LOG(sizeof(Frame)));
}

/// Version 2026-08: a task of synchronous type may block only while another
/// thread of its instance can go on.
void rt_check_may_block(u32 instance) {
  Control *k = control();
  if (k->current)
    return;
  for (ref task = k->runHead; task; task = AT(Call, task)->next)
    if (typeOf(AT(Call, task))->instance == instance && taskIsReady(task))
      return;
  rt_trap(TrapCannotBlock, 0);
}

/// One turn for the others. Where a caller below would go on if this frame
/// blocked, nobody gets one: the specification lets a thread go on at once.
u32 rt_thread_yield(u32 instance, u32 cancellable) {
  Control *k = control();
  ref current = k->current;
  Call *c = AT(Call, current);
  if (cancellable && current && c->state == TaskPendingCancel) {
    c->state = TaskCancelDelivered;
    return 1;
  }
  if (current && k->unwaited)
    return 0;
  ref limit = limitOf(instance), task = takeNext(limit);
  if (task)
    runOnTop(task, limit);
  return 0;
}
