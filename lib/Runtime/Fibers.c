//===- Fibers.c - frames on stacks of their own ------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fibers.h"

#include "Heap.h"
#include "Tasks.h"

//===----------------------------------------------------------------------===//
// From one to another
//===----------------------------------------------------------------------===//

/// What the control block says of the running code is kept on its stack.
static RT_COLD void switchTo(ref fiber) {
  Control *k = control();
  ref self = k->running, current = k->current, thread = k->thread,
      limit = k->limit, blocked = k->blocked, calls = k->calls;
  u32 unwaited = k->unwaited;
  u64 context0 = k->context[0], context1 = k->context[1];
  CALL(fiber, k->fiber, fiber);
  k->context[0] = context0;
  k->context[1] = context1;
  k->unwaited = unwaited;
  k->calls = calls;
  k->blocked = blocked;
  k->limit = limit;
  k->thread = thread;
  k->current = current;
  k->running = self;
}

RT_COLD ref fiberFor(u32 what, ref job) {
  Control *k = control();
  ref fiber = k->idle;
  if (fiber) {
    k->idle = AT(Fiber, fiber)->next;
    --k->idleFibers;
  } else {
    if (k->fibers == MostFibers)
      rt_trap(TrapTooManyFibers, MostFibers);
    ++k->fibers;
    fiber = blockTake(BLOCK_LOG(sizeof(Fiber)));
  }
  *AT(Fiber, fiber) = (Fiber){.what = what, .job = job};
  return fiber;
}

RT_COLD void fiberResume(ref fiber) {
  AT(Fiber, fiber)->back = control()->running;
  switchTo(fiber);
}

RT_COLD void fiberRun(u32 what, ref job) { fiberResume(fiberFor(what, job)); }

static RT_COLD void work(Fiber *f) {
  Control *k = control();
  k->current = k->thread = k->limit = k->unwaited = k->blocked = k->calls = 0;
  k->context[0] = k->context[1] = 0;
  if (f->what == FiberEnter)
    callEnter(f->job);
  else if (f->what == FiberTask)
    taskRun(f->job);
  else
    taskStep(f->job, EventTaskCancelled, 0, 0);
}

/// One that has nothing to do waits for more; too many of these go.
u32 rt_fiber_main(u32 fiber) {
  Control *k = control();
  Fiber *f = AT(Fiber, fiber);
  for (;;) {
    k->running = fiber;
    work(f);
    ref back = f->back;
    if (k->idleFibers == MostIdleFibers) {
      --k->fibers;
      blockFree(fiber, BLOCK_LOG(sizeof(Fiber)));
      return back;
    }
    f->next = k->idle;
    k->idle = fiber;
    ++k->idleFibers;
    switchTo(back);
  }
}

//===----------------------------------------------------------------------===//
// Frames that wait
//===----------------------------------------------------------------------===//

static RT_COLD void append(ref fiber) {
  Control *k = control();
  listAppend(&k->waitHead, &k->waitTail, fiber, offsetof(Fiber, next));
}

RT_COLD u32 fiberWait(ref next, ref word, u32 least, u32 cancellable) {
  Control *k = control();
  ref self = k->running;
  Fiber *f = AT(Fiber, self);
  ref back = f->back;
  f->word = word;
  f->least = least;
  f->task = k->current;
  f->cancellable = cancellable;
  append(self);
  if (next) // it takes the place of this one
    AT(Fiber, next)->back = back;
  switchTo(next ? next : back);
  return cancellable && toldToEnd();
}

RT_COLD void fiberTake(ref fiber) {
  Control *k = control();
  u32 link = offsetof(Fiber, next);
  if (!listRemove(&k->waitHead, &k->waitTail, fiber, link))
    listRemove(&k->readyHead, 0, fiber, link);
}

static RT_COLD u32 isReady(ref fiber) {
  Fiber *f = AT(Fiber, fiber);
  return *AT(u32, f->word) >= f->least;
}

static RT_COLD ref findIn(ref fiber, ref task, u32 toTell) {
  for (; fiber; fiber = AT(Fiber, fiber)->next)
    if (AT(Fiber, fiber)->task == task &&
        (toTell ? AT(Fiber, fiber)->cancellable : isReady(fiber)))
      return fiber;
  return 0;
}

static RT_COLD ref find(ref task, u32 toTell) {
  ref fiber = findIn(control()->waitHead, task, toTell);
  return fiber ? fiber : findIn(control()->readyHead, task, toTell);
}

RT_COLD ref fiberToTell(ref task) { return find(task, 1); }

RT_COLD void fiberHurry(ref task) {
  ref fiber = find(task, 0);
  if (!fiber)
    return;
  fiberTake(fiber);
  fiberResume(fiber);
}

/// Divides those that wait: `readyHead` gets those that could go on.
static RT_COLD void findReady(void) {
  Control *k = control();
  ref fiber = k->waitHead, *last = &k->readyHead;
  k->waitHead = 0;
  for (ref next; fiber; fiber = next) {
    next = AT(Fiber, fiber)->next;
    if (!isReady(fiber)) {
      append(fiber);
      continue;
    }
    AT(Fiber, fiber)->next = 0;
    *last = fiber;
    last = &AT(Fiber, fiber)->next;
  }
}

/// What one that went on before has done counts: it may have to wait again.
static RT_COLD void goOn(void) {
  Control *k = control();
  ref fiber = k->readyHead;
  k->readyHead = AT(Fiber, fiber)->next;
  if (isReady(fiber))
    fiberResume(fiber);
  else
    append(fiber);
}

static RT_COLD void runNext(void) {
  ref task = queueTake(&control()->runHead);
  if (wantsFiber(control(), task))
    fiberRun(FiberTask, task);
  else
    taskRun(task);
}

/// Each turn the tasks that are ready go on, then the frames.
RT_COLD u32 fibersDrive(u32 quanta) {
  Control *k = control();
  for (;; --quanta) {
    if (!k->runHead && !k->readyHead)
      findReady();
    if (!k->runHead && !k->readyHead)
      return 0;
    if (!quanta)
      return 1;
    if (k->runHead)
      runNext();
    else
      goOn();
  }
}
