//===- Block.c - frames that wait ------------------------------------ -*- C
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Block.h"

#include "Fibers.h"
#include "Tasks.h"

/// Whether a task of `instance` could go on.
RT_INLINE u32 isReadyIn(ref instance, ref task) {
  return typeOf(AT(Call, task))->instance == instance && taskIsReady(task);
}

/// A task of `instance` that can go on beside one of synchronous type, out of
/// the run queue; or 0. Those that need the instance for themselves cannot.
static RT_COLD ref takeReadyOf(ref instance) {
  Control *k = control();
  for (ref task = k->runHead; task; task = AT(Call, task)->next)
    if (isReadyIn(instance, task) &&
        !(typeOf(AT(Call, task))->flags & TaskExclusive)) {
      queueRemove(&k->runHead, &k->runTail, task);
      return task;
    }
  return 0;
}

RT_COLD ref limitOf(ref instance) {
  Control *k = control();
  return k->current ? k->limit : instance;
}

RT_INLINE ref takeNext(ref limit) {
  Control *k = control();
  if (limit)
    return takeReadyOf(limit);
  return k->runHead ? queueTake(&k->runHead) : 0;
}

/// Whether a task of `instance` is ready.
static RT_COLD u32 hasReady(ref instance) {
  for (ref task = control()->runHead; task; task = AT(Call, task)->next)
    if (isReadyIn(instance, task))
      return 1;
  return 0;
}

/// Whether a frame below has what it waits for.
static RT_COLD u32 frameCanGoOn(void) {
  for (ref f = control()->blocked; f; f = AT(Frame, f)->next)
    if (*AT(u32, AT(Frame, f)->word) >= AT(Frame, f)->least)
      return 1;
  return 0;
}

/// Nothing can run. If a frame below could go on, or the host has still
/// something to say, stacks of their own would help.
static __attribute__((noreturn)) RT_COLD void stuck(ref limit) {
  Control *k = control();
  if (frameCanGoOn())
    rt_trap(TrapNeedsFiber, 0);
  for (ref call = k->calls; call; call = AT(Call, call)->below)
    if (AT(Call, call)->progress >= SubtaskReturned)
      rt_trap(TrapNeedsFiber, 0);
  if (limit) // what is ready has to be left alone
    rt_trap(hasReady(limit) ? TrapDeadlock : TrapCannotBlock, 0);
  // A thread outlives its task's call, so that somebody may still resume it.
  Call *task = AT(Call, k->current);
  u32 outlives =
      k->thread && (task->flags & CallThread || task->state == TaskResolved);
  rt_trap(k->open || outlives ? TrapNeedsFiber : TrapDeadlock, 0);
}

RT_COLD void runOnTop(ref task, ref limit) {
  Control *k = control();
  ref current = k->current, limitBelow = k->limit, thread = k->thread;
  u32 unwaited = k->unwaited;
  u64 context0 = k->context[0], context1 = k->context[1];
  k->unwaited = 0;
  k->limit = limit;
  k->thread = 0;
  taskRun(task);
  k->thread = thread;
  k->limit = limitBelow;
  k->unwaited = unwaited;
  k->current = current;
  k->context[0] = context0;
  k->context[1] = context1;
}

RT_COLD u32 blockUntil(ref instance, ref word, u32 least, u32 cancellable) {
  return *AT(u32, word) < least
             ? blockBehind(0, instance, word, least, cancellable)
             : 0;
}

/// Runs tasks on top until the word is what it has to be.
static RT_COLD void waitOnTop(ref first, ref instance, ref word, u32 least) {
  Control *k = control();
  ref limit = limitOf(instance);
  if (k->current && k->unwaited)
    rt_trap(TrapNeedsFiber, 0);
  ref frame = blockTake(BLOCK_LOG(sizeof(Frame)));
  *AT(Frame, frame) = (Frame){.next = k->blocked, .word = word, .least = least};
  k->blocked = frame;
  if (first)
    runOnTop(first, limit);
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

/// A frame on top of others is not told to end: they would have to go on.
RT_COLD u32 blockBehind(ref first, ref instance, ref word, u32 least,
                        u32 cancellable) {
  Control *k = control();
  if (canSuspend(k))
    return fiberWait(first ? fiberFor(FiberTask, first) : 0, word, least,
                     cancellable);
  Call *task = AT(Call, k->current);
  u32 marks = cancellable && k->current;
  if (marks)
    task->flags |= CallCancellable;
  waitOnTop(first, instance, word, least);
  if (marks)
    task->flags &= ~CallCancellable;
  return 0;
}

/// Version 2026-08: below a task of synchronous type, its own thread and others
/// of its instance may block only while another one can go on. Where others are
/// ready that must not meanwhile, the suite of the specification calls it a
/// deadlock.
void rt_check_may_block(u32 instance) {
  Control *k = control();
  if (k->current && !(k->thread && k->limit == instance))
    return;
  if (!hasReady(instance) && !frameCanGoOn())
    rt_trap(k->runHead ? TrapDeadlock : TrapCannotBlock, 0);
}

/// One turn for the others. Where a caller below would go on if this frame
/// blocked, nobody gets one: the specification lets a thread go on at once.
u32 rt_thread_yield(u32 instance, u32 cancellable) {
  Control *k = control();
  if (cancellable && toldToEnd())
    return 1;
  if (canSuspend(k))
    return fiberWait(0, ControlAddress, 0, cancellable);
  if (k->current && k->unwaited)
    return 0;
  ref limit = limitOf(instance), task = takeNext(limit);
  if (task)
    runOnTop(task, limit);
  return 0;
}
