//===- StepFunction.cpp - what happens after a callback ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The loop of the spec's `canon_lift` over a callback, turned inside out: the
// runtime owns the loop, and one turn of it is a step function. It is reached
// with an event, or, from the start thunk, with what the entry returned.
//
//===----------------------------------------------------------------------===//

#include "StepFunction.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Runtime/Layout.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;

/// The low bits of what a callback returns; the rest is the index of a set.
static constexpr int32_t codeBits = 4, codeMask = (1 << codeBits) - 1;
enum CallbackCode : int32_t { exitCode = 0, yieldCode = 1, waitCode = 2 };

FunctionType meld::getStepType(MLIRContext *context) {
  Type i32 = IntegerType::get(context, 32);
  return FunctionType::get(context, {i32, i32, i32, i32}, {});
}

FunctionType meld::getCallbackType(MLIRContext *context) {
  Type i32 = IntegerType::get(context, 32);
  return FunctionType::get(context, {i32, i32, i32}, {i32});
}

/// `if value == expected { then } else { otherwise }`; the builder is left at
/// the end of the else part, which has no terminator yet.
static void whenEqual(ImplicitLocOpBuilder &b, Value value, int32_t expected,
                      function_ref<void()> then) {
  Value equal =
      wasm::CompareOp::create(b, b.getI32Type(), wasm::CompareKind::eq, value,
                              wasm::ConstOp::create(b, expected));
  auto branch = wasm::IfOp::create(b, equal, /*withElse=*/true);
  OpBuilder::InsertPoint after = b.saveInsertionPoint();
  b.setInsertionPointToStart(branch.getThenBlock());
  then();
  wasm::YieldOp::create(b);
  // What follows the chain of tests is empty, so each level only yields.
  b.restoreInsertionPoint(after);
  if (!branch->getNextNode())
    wasm::YieldOp::create(b);
  b.setInsertionPointToStart(branch.getElseBlock());
}

/// The packed code: what the entry returned, or what the callback returns now.
static Value buildPackedCode(ImplicitLocOpBuilder &b, Block &body,
                             FlatSymbolRefAttr callback) {
  Value event = body.getArgument(1), index = body.getArgument(2),
        payload = body.getArgument(3);
  Type i32 = b.getI32Type();
  Value starting = wasm::CompareOp::create(
      b, i32, wasm::CompareKind::eq, event,
      wasm::ConstOp::create(b, static_cast<int32_t>(rt::EventStart)));
  auto branch =
      wasm::IfOp::create(b, starting, /*withElse=*/true, TypeRange{i32});
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.getThenBlock());
  wasm::YieldOp::create(b, ValueRange{index});
  b.setInsertionPointToStart(branch.getElseBlock());
  auto call = wasm::CallOp::create(b, TypeRange{i32}, callback,
                                   ValueRange{event, index, payload});
  wasm::YieldOp::create(b, call.getResults());
  return branch.getResult(0);
}

void meld::buildStepBody(OpBuilder &builder, Location loc, Block &body,
                         FlatSymbolRefAttr callback,
                         FlatSymbolRefAttr instance) {
  ImplicitLocOpBuilder b(loc, builder);
  b.setInsertionPointToStart(&body);
  Value task = body.getArgument(0);
  Value packed = buildPackedCode(b, body, callback);
  Value code =
      wasm::BinaryOp::create(b, b.getI32Type(), wasm::BinaryKind::and_, packed,
                             wasm::ConstOp::create(b, codeMask));
  wasm::ReturnOp::create(b);
  b.setInsertionPoint(&body.back());
  whenEqual(b, code, exitCode,
            [&] { async_intrinsic::TaskExitOp::create(b, task, instance); });
  whenEqual(b, code, yieldCode,
            [&] { async_intrinsic::TaskYieldOp::create(b, task, instance); });
  whenEqual(b, code, waitCode, [&] {
    Value set =
        wasm::BinaryOp::create(b, b.getI32Type(), wasm::BinaryKind::shr_u,
                               packed, wasm::ConstOp::create(b, codeBits));
    async_intrinsic::TaskWaitOp::create(b, task, set, instance);
  });
  async_intrinsic::TrapOp::create(b, "UnsupportedCallbackCode");
}

static bool holdsCallsBack(Operation *op) {
  using namespace async_intrinsic;
  return llvm::TypeSwitch<Operation *, bool>(op)
      .Case<BackpressureIncOp, WaitableSetWaitOp, ThreadNewOp>(
          [](auto) { return true; })
      .Case<StreamReadOp, StreamWriteOp, FutureReadOp, FutureWriteOp,
            SubtaskCancelOp>([](auto copy) { return copy.getSync(); })
      .Default([](Operation *) { return false; });
}

void meld::declareTrampolineForWaiting(component::RootOp root) {
  WalkResult found = root.walk([](Operation *op) {
    return holdsCallsBack(op) ? WalkResult::interrupt() : WalkResult::advance();
  });
  if (found.wasInterrupted())
    declareTrampoline(root);
}

void meld::declareTrampoline(component::RootOp root) {
  if (!root.getBody().getOps<async_intrinsic::TrampolineOp>().empty())
    return;
  OpBuilder b(root.getContext());
  SymbolTable(root).insert(
      async_intrinsic::TrampolineOp::create(b, root.getLoc(), "__callback"));
}
