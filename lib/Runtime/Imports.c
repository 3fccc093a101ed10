//===- Imports.c - async calls of the host -----------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The host holds the half of a call that is the callee's task elsewhere; its
// number for it is an index of the host instance's table.
//
//===----------------------------------------------------------------------===//

#include "Block.h"
#include "Calls.h"
#include "Resources.h"

u32 rt_import_begin(u32 call) {
  Call *c = AT(Call, call);
  c->progress = SubtaskStarted;
  ++control()->open;
  return c->number = handleAdd(calleeOf(c), call);
}

void rt_import_resolved(u32 call) {
  Call *c = AT(Call, call);
  if (c->scope.borrows)
    rt_trap(TrapBorrowsRemain, 0);
  c->progress = SubtaskReturned;
  --control()->open;
  handleRemove(calleeOf(c), c->number);
  if (c->subtask.index)
    eventPost(call, 0);
  callRelease(call, CallHasTask);
}

void rt_import_wait(u32 call) {
  blockUntil(AT(Call, call)->caller, call + (u32)offsetof(Call, progress),
             SubtaskReturned, 0);
}

u32 rt_import_end(u32 call, u32 answer) {
  Call *c = AT(Call, call);
  // The host may have resolved the call before it answered.
  if (answer && c->progress != SubtaskReturned)
    rt_import_resolved(call);
  if (c->progress == SubtaskReturned) {
    scopeDeliver(&c->scope);
    callRelease(call, CallHasCaller);
    return SubtaskReturned;
  }
  c->subtask.index = handleAdd(AT(Instance, c->caller), call);
  return SubtaskStarted | c->subtask.index << 4;
}

u32 rt_import_resolve(u32 host, u32 number) {
  ref call = handleGet(AT(Instance, host), number);
  Call *c = AT(Call, call);
  if (kindOf(c->subtask.header) != KindSubtask || c->flags & CallFromHost)
    rt_trap(TrapWrongHandleType, number);
  return call;
}
