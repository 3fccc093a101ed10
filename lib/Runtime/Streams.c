//===- Streams.c - rendezvous of readers and writers -------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Streams.h"
#include "Heap.h"
#include "Waitables.h"

//===----------------------------------------------------------------------===//
// Ends by handle
//===----------------------------------------------------------------------===//

static void endInit(ref end, ref instance, u32 header) {
  End *e = AT(End, end);
  e->waitable = (Waitable){.header = header};
  e->remain = 0;
  e->progress = 0;
  e->instance = instance;
  e->hostNumber = 0;
  if (instance)
    e->waitable.index = handleAdd(AT(Instance, instance), end);
}

/// The header of an idle readable end; that of the writable end is one more.
RT_INLINE u32 readableHeader(ref type) {
  StreamType *t = AT(StreamType, type);
  u32 kind =
      t->flags & StreamIsFuture ? KindFutureReadable : KindStreamReadable;
  return t->id << 16 | kind;
}

RT_INLINE ref make(ref type, ref instance) {
  ref r = blockTake(BLOCK_LOG(sizeof(Stream)));
  Stream *stream = AT(Stream, r);
  u32 header = readableHeader(type);
  stream->type = type;
  stream->pending = 0;
  stream->dropped = 0;
  endInit(r, instance, header);
  endInit(r + (u32)sizeof(End), instance, header + 1);
  return r;
}

RT_COLD ref streamMake(ref type) { return make(type, 0); }

u64 rt_stream_new(u32 instance, u32 type) {
  Stream *stream = AT(Stream, make(type, instance));
  return stream->readable.waitable.index | (u64)stream->writable.waitable.index
                                               << 32;
}

/// Traps if a handle is not an end of the wanted kind and type. The state does
/// not matter.
RT_INLINE void checkKind(u32 header, u32 want, u32 index) {
  if ((header & ~0xff00u) != want)
    rt_trap(TrapWrongHandleType, index);
}

/// Why an end with this header cannot begin a copy.
static __attribute__((noreturn)) RT_NOINLINE void
cannotCopy(u32 header, u32 want, u32 index) {
  checkKind(header, want, index);
  if (stateOf(header) != EndDone)
    rt_trap(TrapStreamBusy, index);
  u32 afterRead = isOfFuture(want) ? TrapReadFutureTwice : TrapReadAfterDrop;
  u32 afterWrite = isOfFuture(want) ? TrapWriteFutureTwice : TrapWriteAfterDrop;
  rt_trap(isWritable(want) ? afterWrite : afterRead, index);
}

u32 rt_stream_end(u32 instance, u32 index, u32 want) {
  ref end = handleGet(AT(Instance, instance), index);
  u32 header = AT(Waitable, end)->header;
  if (header != want)
    cannotCopy(header, want, index);
  return end;
}

/// Why a readable end with this header cannot leave its table.
static __attribute__((noreturn)) RT_NOINLINE void
cannotLift(u32 header, u32 want, u32 index) {
  u32 isFuture = isOfFuture(want);
  checkKind(header, want, index);
  if (stateOf(header) == EndDone)
    rt_trap(isFuture ? TrapLiftFutureAfterRead : TrapLiftAfterDrop, index);
  if (stateOf(header) != EndIdle)
    rt_trap(isFuture ? TrapRemoveBusyFuture : TrapRemoveBusyStream, index);
  rt_trap(isFuture ? TrapLiftFutureInWaitableSet : TrapLiftInWaitableSet,
          index);
}

u32 rt_stream_lift(u32 instance, u32 index, u32 want) {
  Instance *i = AT(Instance, instance);
  ref stream = handleGet(i, index);
  End *e = AT(End, stream);
  u32 header = e->waitable.header;
  if (header != want || e->waitable.set)
    cannotLift(header, want, index);
  handleRemove(i, index);
  e->waitable.index = 0;
  e->instance = 0;
  return stream;
}

u32 rt_stream_lower(u32 instance, u32 stream) {
  Stream *s = AT(Stream, stream);
  endInit(stream, instance, readableHeader(s->type));
  return s->readable.waitable.index;
}

/// Traps unless an end with this header, which is not idle, can be dropped.
/// What a future is made for has to be written first.
static void checkDrop(u32 header, u32 want, u32 index) {
  checkKind(header, want, index);
  if (stateOf(header) == EndDone)
    return;
  u32 busyReadable =
      isOfFuture(want) ? TrapRemoveBusyFuture : TrapRemoveBusyStream;
  u32 busyWritable =
      isOfFuture(want) ? TrapDropUnwrittenFuture : TrapDropBusyStream;
  rt_trap(isWritable(want) ? busyWritable : busyReadable, index);
}

void rt_stream_drop(u32 instance, u32 index, u32 want) {
  Instance *i = AT(Instance, instance);
  ref end = handleGet(i, index);
  u32 header = AT(Waitable, end)->header;
  if (header != want)
    checkDrop(header, want, index);
  else if (kindOf(want) == KindFutureWritable)
    rt_trap(TrapDropUnwrittenFuture, index);
  handleRemove(i, index);
  waitableLeave(end);
  if (isOfHost(otherEnd(end))) {
    edgeDo(EdgeDrop, end, 0, 0, 0);
    return;
  }
  ref r = streamOf(end);
  Stream *stream = AT(Stream, r);
  if (stream->dropped++) {
    blockFree(r, BLOCK_LOG(sizeof(Stream)));
    return;
  }
  // This end is not copying, so what is pending is the other one's buffer.
  ref peer = stream->pending;
  if (!peer)
    return;
  stream->pending = 0;
  AT(End, peer)->remain = 0;
  eventPost(peer, CopyDropped);
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// All cases in which nothing moves.
static RT_NOINLINE u32 copyNothing(ref self, u32 pointer, u32 length,
                                   u32 memory) {
  Stream *stream = AT(Stream, streamOf(self));
  End *e = AT(End, self);
  if (stream->dropped) {
    e->waitable.header = withState(e->waitable.header, EndDone);
    return CopyDropped;
  }
  if (stream->pending) {
    checkInstances(stream);
    End *peer = AT(End, stream->pending);
    u32 bothEmpty = !length && !peer->progress && !peer->remain;
    u32 writing = kindOf(e->waitable.header) == KindStreamWritable;
    if (peer->remain || (writing && bothEmpty))
      return CopyCompleted;
    eventPost(stream->pending, CopyCompleted);
  }
  if (isOfHost(otherEnd(self)))
    return edgeDo(EdgeCopy, self, pointer, length, memory);
  return copyLater(stream, self, pointer, length, memory);
}

RT_INLINE void count(u32 bytes, u32 writing) {
  Control *c = control();
  if (bytes)
    ++c->copies;
  c->copiedBytes += bytes;
  ++*(writing ? &c->readerFirst : &c->writerFirst);
}

/// Meets the pending buffer of the other end, or waits for one. An end that
/// meets one is done at once, so only the other end's state changes.
RT_INLINE u32 copy(ref self, u32 pointer, u32 length, u32 memory, u32 writing,
                   u32 counted) {
  ref other = writing ? self - (u32)sizeof(End) : self + (u32)sizeof(End);
  End *peer = AT(End, other);
  if (!peer->remain || !length)
    return copyNothing(self, pointer, length, memory);
  Stream *stream = AT(Stream, writing ? other : self);
  StreamType *type = AT(StreamType, stream->type);
  checkInstances(stream);
  u32 n = length < peer->remain ? length : peer->remain;
  u32 bytes = n * type->size;
  u32 rows = control()->memories;
  if (bytes && writing)
    CALL(copy, type->copyBase + memory * rows + peer->memory, peer->pointer,
         pointer, bytes);
  else if (bytes)
    CALL(copy, type->copyBase + peer->memory * rows + memory, pointer,
         peer->pointer, bytes);
  peer->pointer += bytes;
  peer->remain -= n;
  peer->progress += n;
  eventPost(other, CopyCompleted);
  if (counted)
    count(bytes, writing);
  return CopyCompleted | n << 4;
}

u32 rt_stream_read(u32 end, u32 pointer, u32 length, u32 memory) {
  return copy(end, pointer, length, memory, 0, 0);
}

u32 rt_stream_write(u32 end, u32 pointer, u32 length, u32 memory) {
  return copy(end, pointer, length, memory, 1, 0);
}

u32 rt_stream_read_counted(u32 end, u32 pointer, u32 length, u32 memory) {
  return copy(end, pointer, length, memory, 0, 1);
}

u32 rt_stream_write_counted(u32 end, u32 pointer, u32 length, u32 memory) {
  return copy(end, pointer, length, memory, 1, 1);
}

void rt_stream_posted(u32 end) { eventPost(end, CopyCompleted); }
