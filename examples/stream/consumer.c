//===- consumer.c - a guest that reads a stream -----------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//
//
// `run(n, out-chunk, in-chunk)` asks the producer for a stream of `n` bytes
// written in chunks of `out-chunk`, reads it in chunks of `in-chunk` until the
// writer drops its end, and returns the checksum of what it read.
//
// One task at a time: its state is the globals below.
//
//===--------------------------------------------------------------------===//

#include "guest.h"

#define FEED "meld:example/feed"
IMPORT(FEED, "[async-lower]produce")
u32 produce(u32 n, u32 chunk, u32 *readable);
IMPORT(FEED, "[async-lower][stream-read-0]produce")
u32 readStream(u32 readable, u8 *to, u32 size);
IMPORT(FEED, "[stream-drop-readable-0]produce") void dropReadable(u32 readable);
IMPORT("[export]$root", "[task-return]run") void returnSum(u64 sum);
IMPORT("$root", "[waitable-set-new]") u32 newSet(void);
IMPORT("$root", "[waitable-join]") void join(u32 waitable, u32 set);
IMPORT("$root", "[waitable-set-drop]") void dropSet(u32 set);
IMPORT("$root", "[subtask-drop]") void dropSubtask(u32 subtask);

static u8 buffer[MAX_CHUNK];
static u32 chunkSize, readable, set;
static u64 sum;
static int busy;

static u32 finish(void) {
  join(readable, 0);
  dropReadable(readable);
  dropSet(set);
  busy = 0;
  returnSum(sum);
  return EXIT;
}

/// Takes in the result of a read. False: the writer is gone, though bytes may
/// have come before it went.
static int tookIn(u32 result) {
  sum = fold(sum, buffer, result >> 4);
  return (result & 15) == COMPLETED;
}

/// Reads until the stream blocks or ends.
static u32 readOn(void) {
  for (;;) {
    u32 result = readStream(readable, buffer, chunkSize);
    if (result == BLOCKED)
      return waitOn(set);
    if (!tookIn(result))
      return finish();
  }
}

static u32 readFirst(void) {
  join(readable, set);
  return readOn();
}

EXPORT("[async-lift]run")
u32 run(u32 n, u32 outChunk, u32 inChunk) {
  if (busy || inChunk == 0 || inChunk > MAX_CHUNK)
    __builtin_trap();
  busy = 1;
  sum = EMPTY_SUM;
  chunkSize = inChunk;
  set = newSet();
  u32 call = produce(n, outChunk, &readable);
  if ((call & 15) == RETURNED) // no subtask is left behind
    return readFirst();
  join(call >> 4, set);
  return waitOn(set);
}

EXPORT("[callback][async-lift]run")
u32 runEvent(u32 event, u32 waitable, u32 code) {
  if (event == EVENT_SUBTASK) {
    if (code != RETURNED)
      return waitOn(set);
    join(waitable, 0);
    dropSubtask(waitable);
    return readFirst();
  }
  if (event != EVENT_STREAM_READ || waitable != readable)
    __builtin_trap();
  return tookIn(code) ? readOn() : finish();
}
