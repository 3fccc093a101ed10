//===- Copies.c - copies that wait, and that are given up ------------ -*- C
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Block.h"
#include "Streams.h"
#include "Waitables.h"

void rt_end_alone(u32 end) {
  Waitable *w = AT(Waitable, end);
  if (w->set)
    rt_trap(TrapSyncInWaitableSet, w->index);
}

u32 rt_copy_wait(u32 instance, u32 end) {
  Waitable *w = AT(Waitable, end);
  w->header = withState(w->header, EndWaitedFor);
  blockUntil(instance, end + (u32)offsetof(Waitable, event), 1, 0);
  return streamFinish(end, eventTake(end));
}

/// Both ends are in the program, so the other one never has to be asked. A
/// stream whose elements have moved in part is cancelled nevertheless, and says
/// how many; a value of a future has moved or has not.
u32 rt_copy_cancel(u32 instance, u32 index, u32 want, u32 sync) {
  ref end = handleGet(AT(Instance, instance), index);
  Waitable *w = AT(Waitable, end);
  if ((w->header & ~0xff00u) != want)
    rt_trap(TrapWrongHandleType, index);
  if (stateOf(w->header) != EndCopying)
    rt_trap(TrapNothingToCancel, index);
  if (sync)
    rt_end_alone(end);
  if (isOfHost(otherEnd(end)))
    edgeDo(EdgeCancel, end, 0, 0, 0);
  u32 result = w->event ? eventTake(end) : CopyCancelled;
  if (result == CopyCompleted && !isOfFuture(want))
    result = CopyCancelled;
  return streamFinish(end, result);
}
