//===- Handles.h - the handle table of an instance ---------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The spec's Table: indices from 1, the last one freed is the next one given.
// A slot is one word, so that a look-up is a compare, a load and a test.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_HANDLES_H
#define MELD_RUNTIME_HANDLES_H

#include "Runtime.h"

/// Gives `record` the first index that was never used.
u32 handleAppend(Instance *instance, ref record);

/// Traps unless `index` names a record; gives the slot.
RT_INLINE u32 *handleSlot(Instance *instance, u32 index) {
  if (index - 1 >= instance->top)
    rt_trap(TrapUnknownHandle, index);
  u32 *slot = AT(u32, instance->table) + index;
  if (*slot & 1)
    rt_trap(TrapUnknownHandle, index);
  return slot;
}

RT_INLINE ref handleGet(Instance *instance, u32 index) {
  return *handleSlot(instance, index);
}

RT_INLINE u32 handleAdd(Instance *instance, ref record) {
  u32 index = instance->freeIndex;
  if (!index)
    return handleAppend(instance, record);
  u32 *slot = AT(u32, instance->table) + index;
  instance->freeIndex = *slot >> 1;
  *slot = record;
  return index;
}

RT_INLINE ref handleRemove(Instance *instance, u32 index) {
  u32 *slot = handleSlot(instance, index);
  ref record = *slot;
  *slot = instance->freeIndex << 1 | 1;
  instance->freeIndex = index;
  return record;
}

#endif // MELD_RUNTIME_HANDLES_H
