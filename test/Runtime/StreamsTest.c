//===- StreamsTest.c - traps of ends, and ends of the host --------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the replayed traces do not say of streams: which kind a trap is of; and
// what they cannot: the host at the other end.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Expect.h"
#include <stdio.h>
#include <stdlib.h>

enum { Host, A, B };
enum { Readable = KindStreamReadable, Writable = KindStreamWritable };

/// What the host answers next, and what it was asked last.
static u32 answer, asked, askedNumber, askedBytes;

static u32 edge(u32 what, u32 number, u32 pointer, u32 bytes, u32 memory) {
  if (what == EdgeCopy)
    return rt_edge_copy(number, pointer, bytes, memory);
  if (what == EdgeDrop)
    return rt_edge_drop(number), 0;
  if (what == EdgeCancel)
    return rt_edge_cancel(number), 0;
  asked = what & 0xffff;
  askedNumber = number;
  askedBytes = bytes;
  return answer;
}

static void setUp(void) {
  nativeReset();
  answer = (u32)-5;
  asked = 0;
  onEdge = edge;
}

//===----------------------------------------------------------------------===//
// Traps
//===----------------------------------------------------------------------===//

static void streamsTrapByKind(void) {
  setUp();
  ref a = instanceAt(A), u8 = newStreamType(1, 1, StreamOfNumbers);
  u32 readable = 1 << 16 | Readable, writable = 1 << 16 | Writable;
  u64 ends = rt_stream_new(a, u8);
  u32 r = (u32)ends, w = (u32)(ends >> 32), set = rt_waitable_set_new(a);
  EXPECT_TRAP(UnknownHandle, rt_stream_end(a, 9, readable));
  EXPECT(trapArgument == 9);
  EXPECT_TRAP(UnknownHandle, rt_stream_end(a, 0, readable));
  EXPECT_TRAP(WrongHandleType, rt_stream_end(a, w, readable));
  EXPECT_TRAP(WrongHandleType, rt_stream_end(a, r, 2 << 16 | Readable));
  EXPECT_TRAP(WrongHandleType, rt_stream_end(a, set, readable));
  EXPECT_TRAP(WrongHandleType, rt_waitable_join(a, set, set));
  EXPECT_TRAP(WrongHandleType, rt_waitable_join(a, r, w));
  rt_waitable_join(a, r, set);
  EXPECT_TRAP(LiftInWaitableSet, rt_stream_lift(a, r, readable));
  rt_waitable_join(a, r, 0);
  rt_stream_read(rt_stream_end(a, r, readable), 0, 1, A);
  EXPECT_TRAP(StreamBusy, rt_stream_end(a, r, readable));
  EXPECT_TRAP(RemoveBusyStream, rt_stream_drop(a, r, readable));
  EXPECT_TRAP(RemoveBusyStream, rt_stream_lift(a, r, readable));
  rt_waitable_join(a, r, set);
  rt_stream_drop(a, w, writable);
  EXPECT(rt_waitable_set_poll(a, set) == Readable);
  EXPECT(control()->eventPayload == CopyDropped);
  EXPECT_TRAP(ReadAfterDrop, rt_stream_end(a, r, readable));
  rt_waitable_join(a, r, 0);
  EXPECT_TRAP(LiftAfterDrop, rt_stream_lift(a, r, readable));
  rt_stream_drop(a, r, readable);
}

static void writersTrapByKind(void) {
  setUp();
  ref a = instanceAt(A), type = newStreamType(1, 1, 0);
  u32 readable = 1 << 16 | Readable, writable = 1 << 16 | Writable;
  u64 ends = rt_stream_new(a, type);
  ref reader = rt_stream_end(a, (u32)ends, readable);
  u32 w = (u32)(ends >> 32);
  EXPECT(rt_stream_write(rt_stream_end(a, w, writable), 0, 1, A) == Blocked);
  EXPECT_TRAP(DropBusyStream, rt_stream_drop(a, w, writable));
  EXPECT_TRAP(IntraComponentStream, rt_stream_read(reader, 0, 1, A));
  ends = rt_stream_new(a, type);
  rt_stream_drop(a, (u32)ends, readable);
  w = (u32)(ends >> 32);
  EXPECT(rt_stream_write(rt_stream_end(a, w, writable), 0, 1, A) ==
         CopyDropped);
  EXPECT_TRAP(WriteAfterDrop, rt_stream_end(a, w, writable));
}

//===----------------------------------------------------------------------===//
// The host holds the other end
//===----------------------------------------------------------------------===//

static ref type;
static u32 wantRead(void) { return 1 << 16 | Readable; }
static u32 wantWrite(void) { return 1 << 16 | Writable; }

/// A stream of u32 whose readable end the host has by the number 1; the handle
/// of the writable one.
static u32 giveStream(void) {
  setUp();
  type = newStreamType(1, 4, StreamOfNumbers);
  ref a = instanceAt(A);
  u64 ends = rt_stream_new(a, type);
  ref stream = rt_stream_lift(a, (u32)ends, wantRead());
  EXPECT(rt_edge_back(stream) == 0);
  rt_edge_give(stream, 1);
  return (u32)(ends >> 32);
}

static u32 writeTo(u32 handle, u32 length) {
  ref a = instanceAt(A);
  return rt_stream_write(rt_stream_end(a, handle, wantWrite()), 8, length, A);
}

static u32 eventOf(u32 handle) {
  ref a = instanceAt(A);
  u32 set = rt_waitable_set_new(a);
  rt_waitable_join(a, handle, set);
  u32 code = rt_waitable_set_poll(a, set);
  rt_waitable_join(a, handle, 0);
  rt_waitable_set_drop(a, set);
  return code ? control()->eventPayload : Blocked;
}

static void hostTakesWhatIsWritten(void) {
  u32 w = giveStream();
  answer = 8;
  EXPECT(writeTo(w, 3) == (CopyCompleted | 2 << 4));
  EXPECT(asked == Writable && askedNumber == 1 && askedBytes == 12);
  answer = (u32)-1;
  EXPECT(writeTo(w, 1) == CopyDropped);
  EXPECT_TRAP(WriteAfterDrop, writeTo(w, 1));
  u32 live = rt_stat_live();
  rt_stream_drop(instanceAt(A), w, wantWrite());
  EXPECT(asked == (Writable | EdgeClose) && rt_stat_live() < live);
}

static void hostIsAskedAgain(void) {
  u32 w = giveStream();
  EXPECT(writeTo(w, 2) == Blocked && control()->open == 1);
  EXPECT_TRAP(StreamBusy, writeTo(w, 2));
  rt_edge_event(1);
  EXPECT(eventOf(w) == Blocked && control()->open == 1);
  answer = 4;
  rt_edge_event(1);
  rt_edge_event(1); // spurious: no copy waits for it
  rt_edge_event(7);
  EXPECT(control()->open == 0);
  EXPECT(eventOf(w) == (CopyCompleted | 1 << 4));
  EXPECT(writeTo(w, 1) == (CopyCompleted | 1 << 4));
}

static void cancelledCopiesAreNotAskedFor(void) {
  u32 w = giveStream();
  EXPECT(writeTo(w, 2) == Blocked);
  EXPECT(rt_copy_cancel(instanceAt(A), w, wantWrite(), 0) == CopyCancelled);
  EXPECT(asked == (Writable | EdgeCancel) && control()->open == 0);
  asked = 0;
  rt_edge_event(1);
  EXPECT(asked == 0);
}

static void whatWasPendingGoesAlong(void) {
  giveStream();
  ref a = instanceAt(A);
  u64 ends = rt_stream_new(a, type);
  u32 w = (u32)(ends >> 32);
  EXPECT(writeTo(w, 2) == Blocked);
  answer = 8;
  rt_edge_give(rt_stream_lift(a, (u32)ends, wantRead()), 2);
  EXPECT(askedNumber == 2 && eventOf(w) == (CopyCompleted | 2 << 4));
  ends = rt_stream_new(a, type);
  rt_stream_drop(a, (u32)(ends >> 32), wantWrite());
  rt_edge_give(rt_stream_lift(a, (u32)ends, wantRead()), 3);
  EXPECT(asked == (Writable | EdgeClose) && askedNumber == 3);
}

static void hostWrites(void) {
  setUp();
  type = newStreamType(1, 4, StreamOfNumbers);
  ref a = instanceAt(A), b = instanceAt(B);
  u32 r = rt_edge_take(a, type, 1);
  EXPECT(rt_stream_read(rt_stream_end(a, r, wantRead()), 0, 2, A) == Blocked);
  answer = 4;
  rt_edge_event(1);
  EXPECT(asked == Readable && eventOf(r) == (CopyCompleted | 1 << 4));
  r = rt_stream_lower(b, rt_stream_lift(a, r, wantRead()));
  answer = 0;
  EXPECT(rt_stream_read(rt_stream_end(b, r, wantRead()), 0, 2, B) ==
         CopyDropped);
  rt_stream_drop(b, r, wantRead());
  EXPECT(asked == (Readable | EdgeClose));
  r = rt_edge_take(a, type, 1);
  EXPECT(rt_edge_back(rt_stream_lift(a, r, wantRead())) == 1);
}

static void hostsThatLieAreStopped(void) {
  u32 w = giveStream();
  answer = 16;
  EXPECT_TRAP(HostThrew, writeTo(w, 2));
  w = giveStream();
  answer = 2; // half an element
  EXPECT_TRAP(HostThrew, writeTo(w, 2));
  w = giveStream();
  answer = (u32)-6;
  EXPECT_TRAP(HostThrew, writeTo(w, 2));
  giveStream();
  EXPECT_TRAP(HostThrew, rt_edge_take(instanceAt(A), type, 1));
  EXPECT_TRAP(HostThrew, rt_edge_take(instanceAt(A), type, 3));
}

int main(void) {
  streamsTrapByKind();
  writersTrapByKind();
  hostTakesWhatIsWritten();
  hostIsAskedAgain();
  cancelledCopiesAreNotAskedFor();
  whatWasPendingGoesAlong();
  hostWrites();
  hostsThatLieAreStopped();
  printf("%u failures\n", failures);
  return failures != 0;
}
