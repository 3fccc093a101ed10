//===- WaitableIntrinsics.cpp - waitables, sets, subtasks -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Buffers.h"
#include "Lowering.h"

#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;

bool meld::lowering::lower(Lowering &lowering, WaitableSetNewOp op) {
  return lowerToCall(lowering, op, "waitable_set_new", op.getInstanceAttr());
}

bool meld::lowering::lower(Lowering &lowering, WaitableSetDropOp op) {
  return lowerToCall(lowering, op, "waitable_set_drop", op.getInstanceAttr());
}

bool meld::lowering::lower(Lowering &lowering, WaitableJoinOp op) {
  return lowerToCall(lowering, op, "waitable_join", op.getInstanceAttr());
}

bool meld::lowering::lower(Lowering &lowering, SubtaskDropOp op) {
  return lowerToCall(lowering, op, "subtask_drop", op.getInstanceAttr());
}

bool meld::lowering::lower(Lowering &lowering, BackpressureIncOp op) {
  return lowerToCall(lowering, op, "backpressure_inc", op.getInstanceAttr());
}

bool meld::lowering::lower(Lowering &lowering, BackpressureDecOp op) {
  return lowerToCall(lowering, op, "backpressure_dec", op.getInstanceAttr());
}

bool meld::lowering::lower(Lowering &lowering, SubtaskCancelOp op) {
  Code code(lowering.program, op);
  FlatSymbolRefAttr instance = op.getInstanceAttr();
  if (op.getSync())
    checkMayBlock(code, instance);
  return lowerToCall(lowering, op, "subtask_cancel", instance, {op.getSync()});
}

//===----------------------------------------------------------------------===//
// Events
//===----------------------------------------------------------------------===//

/// The runtime leaves the two payloads in the control block.
static void storePayloads(Code &code, Value pointer, FlatSymbolRefAttr memory) {
  constexpr uint32_t fields[] = {offsetof(rt::Control, eventIndex),
                                 offsetof(rt::Control, eventPayload)};
  constexpr uint32_t word = sizeof(rt::u32);
  checkAlignment(code, pointer, word);
  checkBounds(code, pointer, code.constant64(2 * word), memory,
              TrapKind::PointerOutOfBounds);
  for (auto [i, field] : llvm::enumerate(fields))
    wasm::StoreOp::create(
        code, memory.getValue(), pointer,
        code.load(code.constant(0), rt::ControlAddress + field), i * word);
}

bool meld::lowering::lower(Lowering &lowering, WaitableSetPollOp op) {
  Program &program = lowering.program;
  if (!isMemory32(program, op.getMemoryAttr()))
    return false;
  Code code(program, op);
  Value instance = code.instance(op.getInstanceAttr());
  Value event =
      code.runtime(op.getCancellable() ? "waitable_set_poll_cancellable"
                                       : "waitable_set_poll",
                   {instance, op.getSet()});
  storePayloads(code, op.getPointer(), op.getMemoryAttr());
  op.replaceAllUsesWith(event);
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, WaitableSetWaitOp op) {
  Program &program = lowering.program;
  if (!isMemory32(program, op.getMemoryAttr()))
    return false;
  Code code(program, op);
  checkMayBlock(code, op.getInstanceAttr());
  Value instance = code.instance(op.getInstanceAttr());
  Value event =
      code.runtime("waitable_set_wait",
                   {instance, op.getSet(), code.constant(op.getCancellable())});
  storePayloads(code, op.getPointer(), op.getMemoryAttr());
  op.replaceAllUsesWith(event);
  op.erase();
  return true;
}
