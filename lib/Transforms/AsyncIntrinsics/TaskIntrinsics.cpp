//===- TaskIntrinsics.cpp - what a task does to itself ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"

#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;

//===----------------------------------------------------------------------===//
// Context slots lie at constant addresses
//===----------------------------------------------------------------------===//

static uint32_t contextAddress(uint32_t slot) {
  return rt::ControlAddress + offsetof(rt::Control, context) +
         slot * sizeof(rt::u64);
}

/// The runtime has two slots.
static bool hasSlot(uint32_t slot) { return slot < 2; }

bool meld::lowering::lower(Lowering &lowering, ContextGetOp op) {
  if (!hasSlot(op.getSlot()))
    return false;
  Code code(lowering.program, op);
  op.replaceAllUsesWith(
      code.load(op.getType(), code.constant(0), contextAddress(op.getSlot())));
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, ContextSetOp op) {
  if (!hasSlot(op.getSlot()))
    return false;
  Code code(lowering.program, op);
  code.store(op.getValue(), code.constant(0), contextAddress(op.getSlot()));
  op.erase();
  return true;
}

//===----------------------------------------------------------------------===//
// task.return
//===----------------------------------------------------------------------===//

/// The return thunk lifts the result and lowers it, in one go. So of two traps,
/// "returned twice" comes before those of lifting; in the spec it comes behind.
bool meld::lowering::lower(Lowering &lowering, TaskReturnOp op) {
  const Records &records = lowering.program.records;
  Code code(lowering.program, op);
  Type type = op.getType().value_or(Type());
  uint32_t options =
      records.options(op.getStringEncoding(), op.getMemoryAttr());
  Value call = code.runtime(
      "task_return_begin",
      {code.constant(records.resultType(type)), code.constant(options)});
  returnResult(code, call, op.getValues());
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, TaskCancelOp op) {
  return lowerToCall(lowering, op, "task_cancel");
}

void meld::lowering::returnResult(Code &code, Value call, ValueRange result) {
  SmallVector<Value> arguments{call};
  llvm::append_range(arguments, result);
  code.runtime("task_return_resolve", call);
  code.callSlot(code.load(call, offsetof(rt::Call, returns)), arguments);
  code.runtime("task_return_end", call);
}

//===----------------------------------------------------------------------===//
// Callback codes
//===----------------------------------------------------------------------===//

bool meld::lowering::lower(Lowering &lowering, TaskExitOp op) {
  return lowerToCall(lowering, op, "task_exit");
}

/// Where no subtask is cancelled nobody has to ask.
bool meld::lowering::lower(Lowering &lowering, TaskYieldOp op) {
  return lowerToCall(lowering, op,
                     lowering.program.hasCancellation()
                         ? "task_yield_cancellable"
                         : "task_yield");
}

bool meld::lowering::lower(Lowering &lowering, TaskWaitOp op) {
  return lowerToCall(lowering, op,
                     lowering.program.hasCancellation()
                         ? "task_wait_cancellable"
                         : "task_wait");
}
