//===- Streams.h - the shared state of a stream ------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both ends and what they share are one record: the readable end is its begin,
// so a stream and its readable end have the same reference.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_STREAMS_H
#define MELD_RUNTIME_STREAMS_H

#include "Runtime.h"

RT_INLINE ref streamOf(ref end) {
  u32 kind = kindOf(AT(Waitable, end)->header);
  return kind == KindStreamReadable ? end : end - (u32)sizeof(End);
}

/// Ends the operation of an end whose event is delivered; returns the payload.
RT_INLINE u32 streamFinish(ref end, u32 result) {
  End *e = AT(End, end);
  Stream *stream = AT(Stream, streamOf(end));
  u32 state = result == CopyDropped ? EndDone : EndIdle;
  e->waitable.header = withState(e->waitable.header, state);
  e->remain = 0;
  if (stream->pending == end)
    stream->pending = 0;
  return result | e->progress << 4;
}

#endif // MELD_RUNTIME_STREAMS_H
