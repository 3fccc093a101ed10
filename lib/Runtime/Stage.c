//===- Stage.c - room for values at the edge ---------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values that cannot lie in the memory of a guest, because their handles are
// others there, lie here. What is staged belongs to nobody until a call takes
// all of it, and goes with that call.
//
//===----------------------------------------------------------------------===//

#include "Heap.h"

enum { MaxStaged = 1u << 30 };

static u32 roomOf(ref block) {
  return (1u << AT(Staged, block)->log) - (u32)sizeof(Staged);
}

static u32 stageNew(u32 bytes) {
  if (bytes > MaxStaged)
    rt_trap(TrapOutOfMemory, bytes);
  Control *c = control();
  u32 log = BLOCK_LOG(bytes + sizeof(Staged));
  ref block = blockTake(log);
  *AT(Staged, block) = (Staged){.next = c->staged, .log = log};
  c->staged = block;
  return block + (u32)sizeof(Staged);
}

/// What is too small stays where it is until its list goes.
u32 rt_stage(u32 old, u32 oldBytes, u32 alignment, u32 bytes) {
  (void)alignment; // blocks are multiples of 16, and no type wants more than 8
  if (old && bytes <= roomOf(old - (u32)sizeof(Staged)))
    return old;
  u32 room = stageNew(bytes);
  if (oldBytes)
    __builtin_memcpy(AT(unsigned char, room), AT(unsigned char, old), oldBytes);
  return room;
}

u32 rt_stage_take(void) {
  ref list = control()->staged;
  control()->staged = 0;
  return list;
}

void rt_stage_free(u32 list) {
  for (ref next; list; list = next) {
    next = AT(Staged, list)->next;
    blockFree(list, AT(Staged, list)->log);
  }
}
