//===- Heap.c - where blocks come from ---------------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Heap.h"

enum { PageLog = 16 };

/// Memory up to `end` exists after this; a trap if it cannot.
static void heapReach(u64 end) {
  Control *c = control();
  if (!c->heapEnd)
    c->heapEnd = memoryPages() << PageLog;
  if (end <= c->heapEnd)
    return;
  u64 pages = (end - c->heapEnd + (1u << PageLog) - 1) >> PageLog;
  // The last page stays unused, so that every end fits 32 bits.
  if ((u64)c->heapEnd + (pages << PageLog) > 0xffff0000u ||
      !memoryGrow((u32)pages))
    rt_trap(TrapOutOfMemory, (u32)(end >> PageLog));
  c->heapEnd += (u32)pages << PageLog;
}

RT_NOINLINE ref heapTake(u32 log) {
  Control *c = control();
  ref block = c->heap;
  u64 end = (u64)block + (1ull << log);
  heapReach(end);
  c->heap = (u32)end;
  c->taken += 1u << log;
  blockTaken(block, 1u << log);
  return block;
}
