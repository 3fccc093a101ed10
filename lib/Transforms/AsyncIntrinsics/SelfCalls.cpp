//===- SelfCalls.cpp - an instance that calls itself ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SelfCalls.h"

#include "../Lower/CallOrder.h"
#include "../Remarks.h"
#include "meld/Support/Names.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using adapters::Route;
using adapters::Side;

/// Moves values from one side of the instance to the other, all of them by way
/// of the staging area.
static SmallVector<Value> moveStaged(Code &code, EdgeMemory &memory,
                                     FlatSymbolRefAttr callee, const Side &from,
                                     const Side &to, ArrayRef<Type> types,
                                     ValueRange values, Value into) {
  if (types.empty())
    return {};
  Side stage = memory.stagingSide();
  stage.encoding = from.encoding;
  stage.waits = true;
  SmallVector<Value> lifted = memory.move(
      code, Route{from, stage, callee, /*toCallee=*/false}, types, values);
  Value list = memory.takeAll(code);
  SmallVector<Value> lowered = memory.move(
      code, Route{stage, to, callee, /*toCallee=*/true}, types, lifted, into);
  memory.free(code, list);
  return lowered;
}

static void remarkSelfCall(Operation *op) {
  StringRef name = op->getParentOfType<wasm::FuncOp>().getSymName();
  Remarks(op->getContext(), "lower-async-intrinsics")
      .missed(op->getLoc(), "staged", name, [&] {
        return quoted(name) +
               ": values wait in the staging area between lifting and "
               "lowering, because the instance calls itself (two-instances "
               "does not hold)";
      });
}

bool meld::lowering::lowerSelfCall(Lowering &lowering, CallDirectOp op,
                                   const Callee &callee) {
  remarkSelfCall(op);
  Code code(lowering.program, op);
  Side lower = lowering.memory.getLowerSide(op);
  Side lift = lowering.memory.sideOf(callee);
  DirectCall call(op, callee.instance, callee.postReturn, lift.memory64);
  auto mover = [&](const Side &from, const Side &to) {
    return [&](ArrayRef<Type> types, ValueRange values, Value into) {
      return moveStaged(code, lowering.memory, op.getCalleeAttr(), from, to,
                        types, values, into);
    };
  };
  op.replaceAllUsesWith(
      call.build(code, mover(lower, lift), mover(lift, lower)));
  op.erase();
  return true;
}

bool meld::lowering::isSelfTransfer(const Program &program, Operation *op) {
  auto transfer = dyn_cast<TransferOp>(op);
  if (!transfer || !transfer.getInstanceAttr() || isOneHandle(transfer))
    return false;
  Callee callee = program.callee(transfer.getCalleeAttr());
  return !callee.isHost() && callee.instance == transfer.getInstanceAttr();
}

bool meld::lowering::lowerSelfTransfer(Lowering &lowering, TransferOp op,
                                       const Callee &callee) {
  remarkSelfCall(op);
  Side lower = lowering.memory.getLowerSide(op);
  Side lift = lowering.memory.sideOf(callee);
  Code code(lowering.program, op);
  op.replaceAllUsesWith(moveStaged(
      code, lowering.memory, op.getCalleeAttr(), op.getTo() ? lower : lift,
      op.getTo() ? lift : lower, getTypes(op), op.getValues(), op.getInto()));
  op.erase();
  return true;
}
