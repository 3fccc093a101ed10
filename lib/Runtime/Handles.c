//===- Handles.c - growth of a handle table ----------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handles.h"
#include "Heap.h"

enum { FirstCapacity = 16 };

/// Doubles the table. Slots behind `top` have any content.
static void tableGrow(Instance *instance) {
  u32 old = instance->capacity;
  u32 capacity = old ? old * 2 : FirstCapacity;
  ref table = blockTake(BLOCK_LOG(capacity * sizeof(u32)));
  u32 *to = AT(u32, table), *from = AT(u32, instance->table);
  for (u32 i = 1; i < old; ++i)
    to[i] = from[i];
  if (old)
    blockFree(instance->table, BLOCK_LOG(old * sizeof(u32)));
  instance->table = table;
  instance->capacity = capacity;
}

RT_NOINLINE u32 handleAppend(Instance *instance, ref record) {
  u32 index = instance->top + 1;
  if (index > MaxTableLength)
    rt_trap(TrapTableFull, index);
  if (index >= instance->capacity)
    tableGrow(instance);
  AT(u32, instance->table)[index] = record;
  instance->top = index;
  return index;
}
