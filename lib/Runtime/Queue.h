//===- Queue.h - first in, first out lists of tasks --------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A task is in one queue at most: ready to run, waiting for a set, waiting to
// enter its instance, or waiting for the instance's exclusive lock. The link is
// in the record, so a queue is two words and never allocates.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_QUEUE_H
#define MELD_RUNTIME_QUEUE_H

#include "Runtime.h"

/// Puts a record at the end of a list; `link` is the offset of its link.
RT_INLINE void listAppend(u32 *head, u32 *tail, ref record, u32 link) {
  *AT(u32, record + link) = 0;
  if (*head)
    *AT(u32, *tail + link) = record;
  else
    *head = record;
  *tail = record;
}

/// Takes `record` out of a list, wherever it stands; 0 if it is not there. The
/// links go one way, so this walks: only what is rare needs it. `tail` may be
/// null, of a list that nothing is appended to.
u32 listRemove(u32 *head, u32 *tail, ref record, u32 link);

RT_INLINE void queueAppend(u32 *head, u32 *tail, ref task) {
  listAppend(head, tail, task, offsetof(Call, next));
}

RT_INLINE void queuePrepend(u32 *head, u32 *tail, ref task) {
  AT(Call, task)->next = *head;
  if (!*head)
    *tail = task;
  *head = task;
}

/// Takes the first of a queue that is not empty.
RT_INLINE ref queueTake(u32 *head) {
  ref task = *head;
  *head = AT(Call, task)->next;
  return task;
}

RT_INLINE u32 queueRemove(u32 *head, u32 *tail, ref task) {
  return listRemove(head, tail, task, offsetof(Call, next));
}

RT_INLINE void runLater(ref task) {
  Control *c = control();
  queueAppend(&c->runHead, &c->runTail, task);
}

#endif // MELD_RUNTIME_QUEUE_H
