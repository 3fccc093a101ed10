//===- ErrorContexts.c - messages for those who debug ------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An error context cannot be changed, so handles share its record, which goes
// with the last of them. The message lies in the staging area's blocks.
//
//===----------------------------------------------------------------------===//

#include "Handles.h"
#include "Heap.h"

u32 rt_error_context_get(u32 instance, u32 index) {
  ref record = handleGet(AT(Instance, instance), index);
  if (kindOf(*AT(u32, record)) != KindErrorContext)
    rt_trap(TrapWrongHandleType, index);
  return record;
}

u32 rt_error_context_lower(u32 instance, u32 record) {
  ++AT(ErrorContext, record)->handles;
  return handleAdd(AT(Instance, instance), record);
}

u32 rt_error_context_new(u32 instance, u32 staged, u32 pointer, u32 length) {
  ref record = blockTake(BLOCK_LOG(sizeof(ErrorContext)));
  *AT(ErrorContext, record) = (ErrorContext){.header = KindErrorContext,
                                             .staged = staged,
                                             .pointer = pointer,
                                             .length = length};
  return rt_error_context_lower(instance, record);
}

void rt_error_context_drop(u32 instance, u32 index) {
  ref record = rt_error_context_get(instance, index);
  handleRemove(AT(Instance, instance), index);
  ErrorContext *e = AT(ErrorContext, record);
  if (--e->handles)
    return;
  rt_stage_free(e->staged);
  blockFree(record, BLOCK_LOG(sizeof(ErrorContext)));
}
