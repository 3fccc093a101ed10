//===- Futures.c - rendezvous over one value ------------------------- -*- C
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Streams.h"
#include "Waitables.h"

/// Completes both ends with the one element that `writer` has and `reader`
/// wants; `self` is the one that came second.
static RT_NOINLINE u32 move(Stream *stream, ref self, ref other, u32 pointer,
                            u32 memory) {
  StreamType *type = AT(StreamType, stream->type);
  End *peer = AT(End, other);
  checkInstances(stream);
  u32 rows = control()->memories;
  u32 writing = isWritable(AT(Waitable, self)->header);
  if (type->size && writing)
    CALL(copy, type->copyBase + memory * rows + peer->memory, peer->pointer,
         pointer, type->size);
  else if (type->size)
    CALL(copy, type->copyBase + peer->memory * rows + memory, pointer,
         peer->pointer, type->size);
  peer->remain = 0;
  stream->pending = 0;
  eventPost(other, CopyCompleted);
  Waitable *w = AT(Waitable, self);
  w->header = withState(w->header, EndDone);
  return CopyCompleted;
}

u32 rt_future_read(u32 end, u32 pointer, u32 memory) {
  Stream *stream = AT(Stream, end);
  if (stream->writable.remain)
    return move(stream, end, end + (u32)sizeof(End), pointer, memory);
  if (isOfHost(end + (u32)sizeof(End)))
    return edgeDo(EdgeCopy, end, pointer, 1, memory);
  return copyLater(stream, end, pointer, 1, memory);
}

u32 rt_future_write(u32 end, u32 pointer, u32 memory) {
  ref r = streamOf(end);
  Stream *stream = AT(Stream, r);
  if (stream->dropped) {
    AT(Waitable, end)->header = withState(AT(Waitable, end)->header, EndDone);
    return CopyDropped;
  }
  if (stream->readable.remain)
    return move(stream, end, r, pointer, memory);
  if (isOfHost(r))
    return edgeDo(EdgeCopy, end, pointer, 1, memory);
  return copyLater(stream, end, pointer, 1, memory);
}
