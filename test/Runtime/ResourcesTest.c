//===- ResourcesTest.c - handles to resources, and borrows --------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Expect.h"

enum { Host, A, B };
enum { R = 7, S = 8 };

static ref a, b;

static void setUp(void) {
  nativeReset();
  a = instanceAt(A), b = instanceAt(B);
}

static void handleNamesARepOfItsType(void) {
  setUp();
  u32 h = rt_resource_new(a, R, 42);
  EXPECT(h == 1);
  EXPECT(rt_resource_rep(a, h, R) == 42);
  EXPECT_TRAP(WrongHandleType, rt_resource_rep(a, h, S));
  EXPECT_TRAP(UnknownHandle, rt_resource_rep(a, 2, R));
  EXPECT_TRAP(UnknownHandle, rt_resource_rep(b, h, R));
  u32 set = rt_waitable_set_new(a);
  EXPECT_TRAP(WrongHandleType, rt_resource_rep(a, set, R));
}

static void dropSaysWhatToDestroy(void) {
  setUp();
  u32 h = rt_resource_new(a, R, 0);
  EXPECT(rt_resource_drop(a, h, R) == (u64)1 << 32);
  EXPECT_TRAP(UnknownHandle, rt_resource_drop(a, h, R));
  EXPECT(rt_resource_new(a, R, 5) == h);
  EXPECT_TRAP(WrongHandleType, rt_resource_drop(a, h, S));
}

static void ownMovesFromTableToTable(void) {
  setUp();
  u32 h = rt_resource_new(a, R, 9);
  u32 rep = rt_own_lift(a, h, R);
  EXPECT(rep == 9);
  EXPECT_TRAP(UnknownHandle, rt_own_lift(a, h, R));
  EXPECT(rt_resource_rep(b, rt_resource_new(b, R, rep), R) == 9);
}

static void lentHandleStaysUntilTheCallEnds(void) {
  setUp();
  u32 h = rt_resource_new(a, R, 3);
  u32 scope = rt_scope_begin();
  u32 borrow = rt_borrow_lower(b, R, rt_borrow_lift(a, h, R));
  u32 again = rt_borrow_lower(b, R, rt_borrow_lift(a, h, R));
  EXPECT(rt_resource_rep(b, borrow, R) == 3);
  EXPECT(rt_resource_rep(b, again, R) == 3);
  EXPECT_TRAP(OwnedResourceBorrowed, rt_own_lift(a, h, R));
  EXPECT_TRAP(OwnedResourceBorrowed, rt_resource_drop(a, h, R));
  EXPECT_TRAP(NotOwned, rt_own_lift(b, borrow, R));
  EXPECT_TRAP(BorrowsRemain, rt_scope_check(scope));
  EXPECT(rt_resource_drop(b, borrow, R) == 0);
  EXPECT_TRAP(BorrowsRemain, rt_scope_check(scope));
  EXPECT(rt_resource_drop(b, again, R) == 0);
  rt_scope_check(scope);
  rt_scope_end(scope);
  EXPECT(rt_own_lift(a, h, R) == 3);
}

/// B lends on to A what A has lent to B.
static void borrowIsLentOn(void) {
  setUp();
  u32 h = rt_resource_new(a, R, 3);
  u32 outer = rt_scope_begin();
  u32 borrow = rt_borrow_lower(b, R, rt_borrow_lift(a, h, R));
  u32 inner = rt_scope_begin();
  EXPECT(rt_borrow_lift(b, borrow, R) == 3);
  EXPECT_TRAP(OwnedResourceBorrowed, rt_resource_drop(b, borrow, R));
  rt_scope_check(inner);
  rt_scope_end(inner);
  EXPECT(rt_resource_drop(b, borrow, R) == 0);
  rt_scope_check(outer);
  rt_scope_end(outer);
  EXPECT(rt_resource_drop(a, h, R) == ((u64)1 << 32 | 3));
}

/// What the host has lent counts as a borrow, and the host is told when its
/// handle goes.
static void hostLendsWhatItDefines(void) {
  setUp();
  u32 scope = rt_scope_begin();
  u32 borrow = rt_borrow_admit(a, R, 77);
  EXPECT_TRAP(NotOwned, rt_own_lift(a, borrow, R));
  EXPECT_TRAP(BorrowsRemain, rt_scope_check(scope));
  EXPECT(rt_resource_drop(a, borrow, R) == ((u64)1 << 32 | 77));
  rt_scope_check(scope);
  rt_scope_end(scope);
}

/// Room for values at the edge belongs to the one that takes it.
static void stagedBlocksAreTakenAndFreed(void) {
  setUp();
  u32 before = 0;
  for (u32 i = 0; i < 10; ++i) {
    u32 first = rt_stage(0, 0, 1, 5);
    *AT(u32, first) = 42;
    EXPECT(rt_stage(first, 5, 1, 3) == first);
    u32 grown = rt_stage(first, 4, 8, 1000);
    EXPECT(grown % 8 == 0 && grown != first && *AT(u32, grown) == 42);
    u32 list = rt_stage_take();
    EXPECT(rt_stage_take() == 0);
    EXPECT(rt_stage(0, 0, 4, 0) != 0);
    rt_stage_free(rt_stage_take());
    rt_stage_free(list);
    if (i == 0)
      before = control()->taken;
  }
  EXPECT(control()->taken == before);
  EXPECT_TRAP(OutOfMemory, rt_stage(0, 0, 1, 0xffffffff));
}

static u32 asynchronously;

static void startWithBorrow(u32 call) {
  Call *c = AT(Call, call);
  rt_scope_enter(call);
  u32 borrow = rt_borrow_lower(b, R, rt_borrow_lift(a, c->arguments[0], R));
  if (asynchronously)
    EXPECT_TRAP(BorrowsRemain, rt_task_return_resolve(call));
  EXPECT(rt_resource_drop(b, borrow, R) == 0);
  rt_task_return_resolve(call);
  rt_task_return_end(call);
  rt_task_exit(call);
}

static void callWithARecordLendsToo(void) {
  for (asynchronously = 0; asynchronously < 2; ++asynchronously) {
    setUp();
    onStart = startWithBorrow;
    u32 h = rt_resource_new(a, R, 3);
    ref call = rt_call_new(a, newTaskType(B, 0, 0, 0), StartSlot, 0);
    AT(Call, call)->arguments[0] = h;
    EXPECT(rt_call_async(call) == SubtaskReturned);
    EXPECT(rt_own_lift(a, h, R) == 3);
  }
}

static void steadyStateTakesNothingFromTheHeap(void) {
  setUp();
  u32 before = 0;
  for (u32 i = 0; i < 100; ++i) {
    u32 h = rt_resource_new(a, R, i);
    u32 scope = rt_scope_begin();
    u32 borrow = rt_borrow_lower(b, R, rt_borrow_lift(a, h, R));
    rt_resource_drop(b, borrow, R);
    rt_scope_check(scope);
    rt_scope_end(scope);
    rt_resource_drop(a, h, R);
    if (i == 1)
      before = control()->taken;
  }
  EXPECT(control()->taken == before);
}

int main(void) {
  handleNamesARepOfItsType();
  dropSaysWhatToDestroy();
  ownMovesFromTableToTable();
  lentHandleStaysUntilTheCallEnds();
  borrowIsLentOn();
  hostLendsWhatItDefines();
  stagedBlocksAreTakenAndFreed();
  callWithARecordLendsToo();
  steadyStateTakesNothingFromTheHeap();
  return failures != 0;
}
