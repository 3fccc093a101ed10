//===- Waitables.h - events and waitable sets --------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A set knows how many elements it has and which of them have a pending event,
// in order of arrival; it needs no list of all. So join, leave, post and take
// each take constant time, whatever the size of the set.
//
// An event's payload is made when it is delivered, as in the spec: until then a
// subtask may go on and a copy may move more elements.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_WAITABLES_H
#define MELD_RUNTIME_WAITABLES_H

#include "Handles.h"

/// The set that `index` names; traps if it names none.
ref setGet(Instance *instance, u32 index);
/// Puts a waitable with an event behind the others of its set and wakes a task.
void setNotify(ref waitable);
/// Takes a waitable out of its set, if it is in one.
void waitableLeave(ref waitable);
/// Takes the pending event of a waitable away, and gives its result.
u32 eventTake(ref waitable);
/// Delivers the pending event of a waitable: returns its code, and leaves index
/// and payload in the control block.
u32 eventDeliver(ref waitable);
/// Lets the first task that waits for the set, if any, look again.
void setWake(Set *set);

/// Sets the pending event; one that is already pending is replaced.
RT_INLINE void eventPost(ref waitable, u32 result) {
  Waitable *w = AT(Waitable, waitable);
  u32 before = w->event;
  w->event = 1 + result;
  if (!before && w->set)
    setNotify(waitable);
}

#endif // MELD_RUNTIME_WAITABLES_H
