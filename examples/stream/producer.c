//===- producer.c - a guest that writes a stream ----------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//
//
// `produce(n, chunk)` yields once, hands out the readable end of a new stream,
// and then writes `n` bytes into it, at most `chunk` with one write. When a
// write blocks, the task waits for its event. It drops its end at last.
//
// One task at a time: its state is the globals below.
//
//===--------------------------------------------------------------------===//

#include "guest.h"

#define FEED "[export]meld:example/feed"
IMPORT(FEED, "[task-return]produce") void returnStream(u32 readable);
IMPORT(FEED, "[stream-new-0]produce") u64 newStream(void);
IMPORT(FEED, "[async-lower][stream-write-0]produce")
u32 writeStream(u32 writable, const u8 *from, u32 size);
IMPORT(FEED, "[stream-drop-writable-0]produce") void dropWritable(u32 writable);
IMPORT("$root", "[waitable-set-new]") u32 newSet(void);
IMPORT("$root", "[waitable-join]") void join(u32 waitable, u32 set);
IMPORT("$root", "[waitable-set-drop]") void dropSet(u32 set);

static u8 buffer[MAX_CHUNK];
/// `buffer[from, to)` is generated and not yet written; `left` bytes are not
/// yet generated.
static u32 from, to, left, chunkSize, seed;
static u32 writable, set;
static int busy;

static u32 finish(void) {
  join(writable, 0);
  dropWritable(writable);
  dropSet(set);
  busy = 0;
  return EXIT;
}

/// Takes note of the result of a write. False: the reader is gone.
static int wrote(u32 result) {
  from += result >> 4;
  return (result & 15) == COMPLETED;
}

/// Writes until the stream blocks or all is written.
static u32 writeOn(void) {
  while (from != to || left != 0) {
    if (from == to) {
      from = 0;
      to = least(left, chunkSize);
      left -= to;
      generate(&seed, buffer, to);
    }
    u32 result = writeStream(writable, buffer + from, to - from);
    if (result == BLOCKED)
      return waitOn(set);
    if (!wrote(result))
      break;
  }
  return finish();
}

EXPORT("[async-lift]meld:example/feed#produce")
u32 produce(u32 n, u32 chunk) {
  if (busy || chunk == 0 || chunk > MAX_CHUNK)
    __builtin_trap();
  busy = 1;
  from = to = 0;
  left = n;
  chunkSize = chunk;
  seed = FIRST_SEED;
  return YIELD;
}

EXPORT("[callback][async-lift]meld:example/feed#produce")
u32 produceEvent(u32 event, u32 waitable, u32 result) {
  if (event == EVENT_NONE) { // after the YIELD
    u64 ends = newStream();
    writable = (u32)(ends >> 32);
    returnStream((u32)ends);
    set = newSet();
    join(writable, set);
    return writeOn();
  }
  if (event != EVENT_STREAM_WRITE || waitable != writable)
    __builtin_trap();
  return wrote(result) ? writeOn() : finish();
}
