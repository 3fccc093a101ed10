//===- Calls.c - from call to first result -----------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Calls.h"

#include "Block.h"
#include "Fibers.h"
#include "Resources.h"

//===----------------------------------------------------------------------===//
// The gate of an instance
//===----------------------------------------------------------------------===//

/// The spec's has_backpressure().
static u32 gateClosed(Call *c) {
  u32 gate = calleeOf(c)->gate;
  u32 lock = typeOf(c)->flags & TaskExclusive ? GateExclusive : 0;
  return gate >= GateBackpressure || gate & lock;
}

/// Whether a new call may enter; those that already wait go first. A function
/// of synchronous type, which no flag names, knows no gate.
RT_INLINE u32 mayEnter(Call *c) {
  u32 gate = calleeOf(c)->gate;
  return !gate || !typeOf(c)->flags ||
         (!gateClosed(c) && !(gate & GateEntering));
}

/// Lets the first call that waits to enter, if any, look again. One at a time:
/// so they stay in order.
static void admitNext(Instance *instance) {
  if (!instance->enterHead || instance->gate & GateWoken ||
      instance->gate >= GateBackpressure)
    return;
  instance->gate |= GateWoken;
  runLater(queueTake(&instance->enterHead));
}

RT_NOINLINE void gateOpened(Instance *instance) {
  Control *c = control();
  if (instance->gate & GateParked) {
    if (c->runHead)
      AT(Call, c->runTail)->next = instance->parkedHead;
    else
      c->runHead = instance->parkedHead;
    c->runTail = instance->parkedTail;
    instance->parkedHead = 0;
    instance->gate &= ~GateParked;
  }
  admitNext(instance);
}

void rt_backpressure_inc(u32 instance) {
  Instance *i = AT(Instance, instance);
  u32 gate = i->gate + GateBackpressure;
  if (gate < GateBackpressure)
    rt_trap(TrapBackpressureOverflow, 0);
  i->gate = gate;
}

void rt_backpressure_dec(u32 instance) {
  Instance *i = AT(Instance, instance);
  if (i->gate < GateBackpressure)
    rt_trap(TrapBackpressureUnderflow, 0);
  i->gate -= GateBackpressure;
  admitNext(i);
}

void callEnter(ref call) {
  Control *k = control();
  Call *c = AT(Call, call);
  ref current = k->current;
  u64 context0 = k->context[0], context1 = k->context[1];
  c->state = TaskStarted;
  c->progress = SubtaskStarted;
  lockTake(c, call);
  k->current = call;
  k->context[0] = k->context[1] = 0;
  CALL(start, c->start, call);
  k->current = current;
  k->context[0] = context0;
  k->context[1] = context1;
}

RT_COLD void callLeaveQueue(Instance *instance) {
  if (!--instance->entering)
    instance->gate &= ~GateEntering;
  admitNext(instance);
}

/// Puts a new call behind those that wait to enter.
static RT_COLD void callQueue(ref call) {
  Instance *instance = calleeOf(AT(Call, call));
  instance->gate |= GateEntering;
  ++instance->entering;
  queueAppend(&instance->enterHead, &instance->enterTail, call);
}

void callAdmit(ref call) {
  Call *c = AT(Call, call);
  Instance *instance = calleeOf(c);
  instance->gate &= ~GateWoken;
  if (gateClosed(c)) {
    queuePrepend(&instance->enterHead, &instance->enterTail, call);
    return;
  }
  if (!--instance->entering)
    instance->gate &= ~GateEntering;
  if (!(c->flags & CallFromHost))
    eventPost(call, 0);
  callEnter(call);
  admitNext(instance);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

u32 rt_call_new(u32 caller, u32 type, u32 start, u32 returns) {
  Instance *callee = AT(Instance, AT(TaskType, type)->instance);
  ref call = callee->spare;
  if (call)
    callee->spare = 0;
  else
    call = blockTake(BLOCK_LOG(sizeof(Call)));
  Call *c = AT(Call, call);
  c->subtask = (Waitable){.header = KindSubtask};
  c->type = type;
  c->caller = caller;
  c->start = start;
  c->returns = returns;
  c->number = 0;
  c->progress = SubtaskStarting;
  c->state = TaskInitial;
  c->flags = CallHasTask | CallHasCaller;
  c->waiting = 0;
  c->implicit = c->spawned = 0;
  c->scope = (Scope){0};
  return call;
}

/// Where the callee may wait, on a stack of its own. Who holds the exclusive
/// lock gives it up first, if its frame only waits for its turn.
static RT_COLD void callOnFiber(ref call) {
  Call *c = AT(Call, call);
  Instance *callee = calleeOf(c);
  if (typeOf(c)->flags & TaskExclusive && callee->gate & GateExclusive)
    fiberHurry(callee->exclusive);
  if (!mayEnter(c))
    callQueue(call);
  else if (wantsFiber(control(), call))
    fiberRun(FiberEnter, call);
  else
    callEnter(call);
}

/// Enters the callee, or waits to. This returns when the callee waits in a
/// frame of its own.
RT_INLINE void callGo(ref call, u32 canStart) {
  if (canStart && hasFibers(control()))
    callOnFiber(call);
  else if (mayEnter(AT(Call, call)))
    callEnter(call);
  else
    callQueue(call);
}

/// 0 if the call has resolved, otherwise its handle in the table of the caller.
RT_INLINE u32 callBegin(ref call, u32 canStart) {
  Call *c = AT(Call, call);
  callGo(call, canStart);
  if (c->progress < SubtaskReturned)
    return c->subtask.index = handleAdd(AT(Instance, c->caller), call);
  scopeDeliver(&c->scope);
  callRelease(call, CallHasCaller);
  return 0;
}

u32 rt_call_async(u32 call) {
  Control *k = control();
  ++k->unwaited; // the caller goes on as soon as the callee blocks
  u32 index = callBegin(call, canStartFiber(k));
  --k->unwaited;
  return index ? AT(Call, call)->progress | index << 4 : SubtaskReturned;
}

u32 rt_call_host(u32 call) {
  AT(Call, call)->flags |= CallFromHost;
  return callBegin(call, 1);
}

/// A sync-typed task never may wait, another one would need a stack of its own.
void rt_cannot_block(void) {
  rt_trap(control()->current ? TrapNeedsFiber : TrapCannotBlock, 0);
}

/// A task of synchronous type that calls holds back what is below: its callers
/// wait for it whatever happens, and only its own instance goes on meanwhile.
static RT_COLD void callFromSync(Control *k, ref call, Call *c) {
  u32 unwaited = k->unwaited, limit = k->limit;
  k->unwaited = 0;
  k->limit = c->caller;
  callEnter(call);
  k->unwaited = unwaited;
  k->limit = limit;
}

void rt_call_sync(u32 call) {
  Control *k = control();
  Call *c = AT(Call, call);
  c->below = k->calls;
  k->calls = call;
  if (k->current || !mayEnter(c))
    callGo(call, canSuspend(k));
  else
    callFromSync(k, call, c);
  blockUntil(c->caller, call + (u32)offsetof(Call, progress), SubtaskReturned,
             0);
  k->calls = c->below;
}

void rt_call_end(u32 call) {
  scopeDeliver(&AT(Call, call)->scope);
  callRelease(call, CallHasCaller);
}

void rt_subtask_drop(u32 instance, u32 index) {
  Instance *i = AT(Instance, instance);
  ref call = handleGet(i, index);
  Call *c = AT(Call, call);
  if (kindOf(c->subtask.header) != KindSubtask)
    rt_trap(TrapWrongHandleType, index);
  if (!(c->flags & CallDelivered))
    rt_trap(TrapSubtaskNotResolved, index);
  handleRemove(i, index);
  waitableLeave(call);
  callRelease(call, CallHasCaller);
}
