//===- Streams.h - the shared state of two ends ------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both ends and what they share are one record: the readable end is its begin,
// so a stream and its readable end have the same reference. A future is a
// stream of one element, of which each end is done when it has moved.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_STREAMS_H
#define MELD_RUNTIME_STREAMS_H

#include "Runtime.h"

RT_INLINE u32 isWritable(u32 header) { return header & 1; }
RT_INLINE u32 isOfFuture(u32 header) { return header & 4; }

RT_INLINE ref streamOf(ref end) {
  return isWritable(AT(Waitable, end)->header) ? end - (u32)sizeof(End) : end;
}

/// The spec's temporary rule: both ends in one instance only for numbers.
RT_INLINE void checkInstances(Stream *stream) {
  u32 flags = AT(StreamType, stream->type)->flags;
  if (stream->readable.instance == stream->writable.instance &&
      !(flags & StreamOfNumbers))
    rt_trap(flags & StreamIsFuture ? TrapIntraComponentFuture
                                   : TrapIntraComponentStream,
            0);
}

/// A stream or future whose ends are in no table.
ref streamMake(ref type);

RT_INLINE ref otherEnd(ref end) {
  return isWritable(AT(Waitable, end)->header) ? end - (u32)sizeof(End)
                                               : end + (u32)sizeof(End);
}

/// The end is one of those that the host holds (Edge.c).
RT_INLINE u32 isOfHost(ref end) { return AT(End, end)->hostNumber; }

/// What Edge.c does for the guest's end of a stream, by way of its thunk.
RT_INLINE u32 edgeDo(u32 what, ref end, u32 pointer, u32 length, u32 memory) {
  return CALL(edge, control()->edge, what, end, pointer, length, memory);
}

/// The buffer of `self` waits for the other end.
RT_INLINE u32 copyLater(Stream *stream, ref self, u32 pointer, u32 length,
                        u32 memory) {
  End *e = AT(End, self);
  stream->pending = self;
  e->waitable.header = withState(e->waitable.header, EndCopying);
  e->remain = length;
  e->pointer = pointer;
  e->progress = 0;
  e->memory = memory;
  return Blocked;
}

/// Ends the operation of an end whose event is delivered; returns the payload.
/// The end of a future counts no elements.
RT_INLINE u32 streamFinish(ref end, u32 result) {
  End *e = AT(End, end);
  Stream *stream = AT(Stream, streamOf(end));
  u32 header = e->waitable.header;
  u32 done =
      result == CopyDropped || (result == CopyCompleted && isOfFuture(header));
  e->waitable.header = withState(header, done ? EndDone : EndIdle);
  e->remain = 0;
  if (stream->pending == end)
    stream->pending = 0;
  return result | e->progress << 4;
}

#endif // MELD_RUNTIME_STREAMS_H
