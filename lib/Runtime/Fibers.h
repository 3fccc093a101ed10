//===- Fibers.h - frames on stacks of their own ------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where the host has stacks to switch between, code that may have to wait runs
// on one of them, a fiber. When it waits, whoever started it goes on; when what
// it waits for has come, the driver, on the stack of the entry, lets it go on.
//
// A fiber is for code of asynchronous type. A task of synchronous type waits as
// Block.h says.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_FIBERS_H
#define MELD_RUNTIME_FIBERS_H

#include "Calls.h"

/// Whether the running code may start a fiber: it is on one, and so is all that
/// is below it; `k->running` is 0 otherwise.
RT_INLINE u32 canStartFiber(Control *k) { return hasFibers(k) && k->running; }

/// Whether the running frame may wait without those below.
RT_INLINE u32 canSuspend(Control *k) {
  return canStartFiber(k) && k->current && !k->limit && !k->unwaited;
}

/// Whether the call or task is one for a fiber.
RT_INLINE u32 wantsFiber(Control *k, ref task) {
  return hasFibers(k) && typeOf(AT(Call, task))->flags & TaskBlocks;
}

/// Does `what`, a Fiber* constant, with `job` on a fiber; returns when that has
/// come to its end or waits.
void fiberRun(u32 what, ref job);
/// The running frame waits until the word at `word` is `least` or more. If
/// `cancellable`, its task may be told to end meanwhile; then the result is 1.
/// If `next` is not 0, that fiber goes on at once.
u32 fiberWait(ref next, ref word, u32 least, u32 cancellable);
/// A fiber for `job`, for fiberWait.
ref fiberFor(u32 what, ref job);
/// Takes the fiber of a frame that waits out of its list.
void fiberTake(ref fiber);
/// Lets a fiber that was taken go on; returns when it waits again, or ends.
void fiberResume(ref fiber);
/// The fiber of a frame of `task` that waits and may be told to end; or 0.
ref fiberToTell(ref task);
/// Lets a frame of `task` that has what it waits for go on, if there is one.
void fiberHurry(ref task);
/// Lets at most so many tasks and frames go on; not 0 if some still can.
u32 fibersDrive(u32 quanta);

#endif // MELD_RUNTIME_FIBERS_H
