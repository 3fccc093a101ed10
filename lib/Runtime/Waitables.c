//===- Waitables.c - events and waitable sets --------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Waitables.h"
#include "Block.h"
#include "Heap.h"
#include "Queue.h"
#include "Resources.h"
#include "Streams.h"
#include "Tasks.h"

//===----------------------------------------------------------------------===//
// Events
//===----------------------------------------------------------------------===//

static void readyRemove(Waitable *w) {
  Set *set = AT(Set, w->set);
  if (w->previous)
    AT(Waitable, w->previous)->next = w->next;
  else
    set->readyHead = w->next;
  if (w->next)
    AT(Waitable, w->next)->previous = w->previous;
  else
    set->readyTail = w->previous;
}

RT_NOINLINE void setNotify(ref waitable) {
  Waitable *w = AT(Waitable, waitable);
  Set *set = AT(Set, w->set);
  w->next = 0;
  w->previous = set->readyTail;
  if (set->readyTail)
    AT(Waitable, set->readyTail)->next = waitable;
  else
    set->readyHead = waitable;
  set->readyTail = waitable;
  setWake(set);
}

void setWake(Set *set) {
  if (set->waiterHead)
    runLater(queueTake(&set->waiterHead));
}

/// The subtask's state; a resolution counts as known from here on.
static u32 subtaskPayload(ref waitable) {
  Call *call = AT(Call, waitable);
  if (call->progress >= SubtaskReturned) {
    call->flags |= CallDelivered;
    scopeDeliver(&call->scope);
  }
  return call->progress;
}

RT_COLD u32 eventTake(ref waitable) {
  Waitable *w = AT(Waitable, waitable);
  u32 result = w->event - 1;
  w->event = 0;
  if (w->set)
    readyRemove(w);
  return result;
}

u32 eventDeliver(ref waitable) {
  Waitable *w = AT(Waitable, waitable);
  Control *c = control();
  u32 kind = kindOf(w->header), result = w->event - 1;
  w->event = 0;
  if (w->set)
    readyRemove(w);
  c->eventIndex = w->index;
  c->eventPayload = kind == KindSubtask ? subtaskPayload(waitable)
                                        : streamFinish(waitable, result);
  return kind;
}

//===----------------------------------------------------------------------===//
// Sets
//===----------------------------------------------------------------------===//

ref setGet(Instance *instance, u32 index) {
  ref set = handleGet(instance, index);
  if (kindOf(*AT(u32, set)) != KindWaitableSet)
    rt_trap(TrapWrongHandleType, index);
  return set;
}

u32 rt_waitable_set_new(u32 instance) {
  ref r = blockTake(BLOCK_LOG(sizeof(Set)));
  *AT(Set, r) = (Set){.header = KindWaitableSet};
  return handleAdd(AT(Instance, instance), r);
}

void rt_waitable_set_drop(u32 instance, u32 index) {
  Instance *i = AT(Instance, instance);
  ref r = setGet(i, index);
  Set *set = AT(Set, r);
  if (set->elements)
    rt_trap(TrapWaitableSetNotEmpty, index);
  if (set->waiting)
    rt_trap(TrapWaitableSetHasWaiters, index);
  handleRemove(i, index);
  blockFree(r, BLOCK_LOG(sizeof(Set)));
}

u32 rt_waitable_set_poll(u32 instance, u32 index) {
  Control *c = control();
  Set *set = AT(Set, setGet(AT(Instance, instance), index));
  if (set->readyHead)
    return eventDeliver(set->readyHead);
  c->eventIndex = 0;
  c->eventPayload = 0;
  return EventNone;
}

/// The event by which the current task is told to end.
RT_INLINE u32 endEvent(void) {
  Control *k = control();
  k->eventIndex = k->eventPayload = 0;
  return EventTaskCancelled;
}

u32 rt_waitable_set_poll_cancellable(u32 instance, u32 index) {
  setGet(AT(Instance, instance), index);
  return toldToEnd() ? endEvent() : rt_waitable_set_poll(instance, index);
}

u32 rt_waitable_set_wait(u32 instance, u32 index, u32 cancellable) {
  ref r = setGet(AT(Instance, instance), index);
  Set *set = AT(Set, r);
  u32 told = cancellable && toldToEnd();
  if (!told) {
    ++set->waiting;
    told =
        blockUntil(instance, r + (u32)offsetof(Set, readyHead), 1, cancellable);
    --set->waiting;
  }
  return told ? endEvent() : eventDeliver(set->readyHead);
}

void waitableLeave(ref waitable) {
  Waitable *w = AT(Waitable, waitable);
  if (!w->set)
    return;
  if (w->event)
    readyRemove(w);
  --AT(Set, w->set)->elements;
  w->set = 0;
}

void rt_waitable_join(u32 instance, u32 index, u32 setIndex) {
  Instance *i = AT(Instance, instance);
  ref waitable = handleGet(i, index);
  Waitable *w = AT(Waitable, waitable);
  if (kindOf(w->header) > KindLastWaitable)
    rt_trap(TrapWrongHandleType, index);
  if (stateOf(w->header) == EndWaitedFor)
    rt_trap(TrapHasSyncWaiter, index);
  ref set = setIndex ? setGet(i, setIndex) : 0;
  waitableLeave(waitable);
  w->set = set;
  if (!set)
    return;
  ++AT(Set, set)->elements;
  if (w->event)
    setNotify(waitable);
}
