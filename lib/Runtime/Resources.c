//===- Resources.c - handles to resources, and borrows -----------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Resources.h"

#include "Handles.h"
#include "Heap.h"

//===----------------------------------------------------------------------===//
// Handles
//===----------------------------------------------------------------------===//

static u32 handleOf(u32 instance, u32 type, u32 rep, u32 state, ref scope) {
  ref record = blockTake(BLOCK_LOG(sizeof(Resource)));
  *AT(Resource, record) =
      (Resource){.header = KindResource | state << 8 | type << 16,
                 .rep = rep,
                 .scope = scope};
  return handleAdd(AT(Instance, instance), record);
}

/// Traps unless `handle` names a resource of the type.
static ref resourceAt(u32 instance, u32 handle, u32 type) {
  ref record = handleGet(AT(Instance, instance), handle);
  u32 header = AT(Resource, record)->header;
  if (kindOf(header) != KindResource || header >> 16 != type)
    rt_trap(TrapWrongHandleType, handle);
  return record;
}

/// The same for a handle that goes, and what it is must be at least `state`.
/// What is lent stays.
RT_INLINE ref resourceLeaving(u32 instance, u32 handle, u32 type, u32 state) {
  ref record = resourceAt(instance, handle, type);
  if (AT(Resource, record)->lends)
    rt_trap(TrapOwnedResourceBorrowed, handle);
  if (stateOf(AT(Resource, record)->header) < state)
    rt_trap(TrapNotOwned, handle);
  return record;
}

/// Takes a handle out of its table; its record is free.
RT_INLINE void resourceForget(u32 instance, u32 handle, ref record) {
  handleRemove(AT(Instance, instance), handle);
  blockFree(record, BLOCK_LOG(sizeof(Resource)));
}

u32 rt_resource_new(u32 instance, u32 type, u32 rep) {
  return handleOf(instance, type, rep, ResourceOwned, 0);
}

u32 rt_resource_rep(u32 instance, u32 handle, u32 type) {
  return AT(Resource, resourceAt(instance, handle, type))->rep;
}

u64 rt_resource_drop(u32 instance, u32 handle, u32 type) {
  ref record = resourceLeaving(instance, handle, type, ResourceBorrowed);
  u32 state = stateOf(AT(Resource, record)->header);
  u32 rep = AT(Resource, record)->rep;
  if (state != ResourceOwned)
    --AT(Scope, AT(Resource, record)->scope)->borrows;
  resourceForget(instance, handle, record);
  return state != ResourceBorrowed ? (u64)1 << 32 | rep : 0;
}

u32 rt_own_lift(u32 instance, u32 handle, u32 type) {
  ref record = resourceLeaving(instance, handle, type, ResourceOwned);
  u32 rep = AT(Resource, record)->rep;
  resourceForget(instance, handle, record);
  return rep;
}

//===----------------------------------------------------------------------===//
// Borrows
//===----------------------------------------------------------------------===//

u32 rt_borrow_lift(u32 instance, u32 handle, u32 type) {
  ref record = resourceAt(instance, handle, type);
  Resource *resource = AT(Resource, record);
  Scope *scope = AT(Scope, control()->scope);
  ref lender = blockTake(BLOCK_LOG(sizeof(Lender)));
  *AT(Lender, lender) = (Lender){.resource = record, .next = scope->lenders};
  scope->lenders = lender;
  ++resource->lends;
  return resource->rep;
}

RT_INLINE u32 borrowOf(u32 instance, u32 type, u32 rep, u32 state) {
  ref scope = control()->scope;
  ++AT(Scope, scope)->borrows;
  return handleOf(instance, type, rep, state, scope);
}

u32 rt_borrow_lower(u32 instance, u32 type, u32 rep) {
  return borrowOf(instance, type, rep, ResourceBorrowed);
}

u32 rt_borrow_admit(u32 instance, u32 type, u32 rep) {
  return borrowOf(instance, type, rep, ResourceLent);
}

RT_NOINLINE void scopeGiveBack(Scope *scope) {
  for (ref lender = scope->lenders, next; lender; lender = next) {
    next = AT(Lender, lender)->next;
    --AT(Resource, AT(Lender, lender)->resource)->lends;
    blockFree(lender, BLOCK_LOG(sizeof(Lender)));
  }
  scope->lenders = 0;
}

u32 rt_scope_begin(void) {
  ref scope = blockTake(BLOCK_LOG(sizeof(Scope)));
  *AT(Scope, scope) = (Scope){0};
  return control()->scope = scope;
}

void rt_scope_enter(u32 call) {
  control()->scope = call + offsetof(Call, scope);
}

void rt_scope_check(u32 scope) {
  if (AT(Scope, scope)->borrows)
    rt_trap(TrapBorrowsRemain, 0);
}

void rt_scope_end(u32 scope) {
  scopeDeliver(AT(Scope, scope));
  blockFree(scope, BLOCK_LOG(sizeof(Scope)));
}
