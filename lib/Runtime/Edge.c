//===- Edge.c - streams and futures that the host holds ----------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An end that the host holds has the host's number and is in no table. The host
// never waits with a buffer: what a guest reads or writes is offered to it, by
// an import, and once more each time the host says that something has changed.
//
//===----------------------------------------------------------------------===//

#include "Handles.h"
#include "Heap.h"
#include "Streams.h"
#include "Waitables.h"

/// What the host answers where nothing can move yet, and to a write where the
/// reader is gone.
enum : int { NothingYet = -5, ReaderGone = -1 };

//===----------------------------------------------------------------------===//
// Which end has which number
//===----------------------------------------------------------------------===//

/// Slot n of the table is the guest's end of the host's number n.
static RT_COLD void bind(u32 number, ref guest) {
  Control *k = control();
  if (!k->hostEnds) {
    k->hostEnds = blockTake(BLOCK_LOG(sizeof(Instance)));
    *AT(Instance, k->hostEnds) = (Instance){0};
  }
  Instance *table = AT(Instance, k->hostEnds);
  if (number - 1 > table->top) // the host counts from 1
    rt_trap(TrapHostThrew, number);
  if (number > table->top)
    handleAppend(table, 0);
  AT(u32, table->table)[number] = guest;
  AT(End, otherEnd(guest))->hostNumber = number;
}

static RT_COLD ref guestEnd(u32 number) {
  Instance *table = AT(Instance, control()->hostEnds);
  return control()->hostEnds && number - 1 < table->top
             ? AT(u32, table->table)[number]
             : 0;
}

static RT_COLD u32 askHost(u32 what, ref guest) {
  End *e = AT(End, guest), *host = AT(End, otherEnd(guest));
  u32 size = AT(StreamType, AT(Stream, streamOf(guest))->type)->size;
  what |= e->waitable.header & 0xffff0000;
  return CALL(edge, control()->edge, what, host->hostNumber, e->pointer,
              size ? e->remain * size : e->remain, e->memory);
}

/// The host's half goes, and with it the stream.
static RT_COLD void closeHost(ref guest) {
  u32 kind = kindOf(AT(Waitable, guest)->header);
  askHost(kind | EdgeClose, guest);
  AT(u32, AT(Instance, control()->hostEnds)->table)
  [AT(End, otherEnd(guest))->hostNumber] = 0;
  blockFree(streamOf(guest), BLOCK_LOG(sizeof(Stream)));
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// A copy that waits for the host counts as an open call does. `progress` of
/// the host's end says that it does.
static RT_COLD void arm(ref guest) {
  AT(End, otherEnd(guest))->progress = 1;
  ++control()->open;
}

static RT_COLD void disarm(ref guest) {
  AT(End, otherEnd(guest))->progress = 0;
  --control()->open;
}

void rt_edge_cancel(u32 guest) {
  if (!AT(End, otherEnd(guest))->progress)
    return;
  disarm(guest);
  askHost(kindOf(AT(Waitable, guest)->header) | EdgeCancel, guest);
}

/// The host has moved as many bytes, or elements without a type; of a future,
/// the one. More than there is would be written out of bounds: it never comes
/// to that, because the host got the length.
static RT_COLD u32 moved(ref guest, u32 amount) {
  End *e = AT(End, guest);
  if (isOfFuture(e->waitable.header))
    return CopyCompleted;
  u32 size = AT(StreamType, AT(Stream, streamOf(guest))->type)->size;
  u32 n = size ? amount / size : amount;
  if (!e->remain) // it was asked whether something could move
    return CopyCompleted;
  if (n > e->remain || (size && amount % size))
    rt_trap(TrapHostThrew, amount);
  e->progress = n;
  e->remain -= n;
  return CopyCompleted;
}

/// The result of the pending copy, or Blocked.
static RT_COLD u32 offer(ref guest) {
  u32 header = AT(Waitable, guest)->header;
  int answer = (int)askHost(kindOf(header), guest);
  if (answer > 0)
    return moved(guest, (u32)answer);
  u32 end = isWritable(header) ? ReaderGone : 0;
  if ((u32)answer == end && !(isOfFuture(header) && !isWritable(header)))
    return CopyDropped;
  if (answer != NothingYet && answer)
    rt_trap(TrapHostThrew, (u32)answer);
  return Blocked;
}

u32 rt_edge_copy(u32 guest, u32 pointer, u32 length, u32 memory) {
  copyLater(AT(Stream, streamOf(guest)), guest, pointer, length, memory);
  u32 result = offer(guest);
  if (result != Blocked)
    return streamFinish(guest, result);
  arm(guest);
  return Blocked;
}

void rt_edge_event(u32 number) {
  ref guest = guestEnd(number);
  if (!guest || !AT(End, otherEnd(guest))->progress)
    return;
  u32 result = offer(guest);
  if (result == Blocked)
    return;
  disarm(guest);
  eventPost(guest, result);
}

//===----------------------------------------------------------------------===//
// Ends that come and go
//===----------------------------------------------------------------------===//

u32 rt_edge_take(u32 instance, u32 type, u32 number) {
  ref r = streamMake(type);
  if (guestEnd(number))
    rt_trap(TrapHostThrew, number);
  bind(number, r);
  return rt_stream_lower(instance, r);
}

u32 rt_edge_back(u32 stream) {
  u32 number = AT(Stream, stream)->writable.hostNumber;
  if (!number)
    return 0;
  AT(u32, AT(Instance, control()->hostEnds)->table)[number] = 0;
  blockFree(stream, BLOCK_LOG(sizeof(Stream)));
  return number;
}

void rt_edge_give(u32 stream, u32 number) {
  ref writer = stream + (u32)sizeof(End);
  Stream *s = AT(Stream, stream);
  bind(number, writer);
  if (s->dropped) {
    closeHost(writer);
    return;
  }
  if (!s->pending)
    return;
  u32 result = offer(writer);
  if (result == Blocked)
    arm(writer);
  else
    eventPost(writer, result);
}

void rt_edge_drop(u32 guest) { closeHost(guest); }
