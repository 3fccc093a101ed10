//===- ThreadIntrinsics.cpp - threads of a task -----------------*- C++ -*-===//
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

bool meld::lowering::lower(Lowering &lowering, ThreadIndexOp op) {
  return lowerToCall(lowering, op, "thread_index", op.getInstanceAttr());
}

bool meld::lowering::lower(Lowering &lowering, ThreadResumeLaterOp op) {
  return lowerToCall(lowering, op, "thread_resume_later", op.getInstanceAttr());
}

bool meld::lowering::lower(Lowering &lowering, ThreadYieldOp op) {
  return lowerToCall(lowering, op, "thread_yield", op.getInstanceAttr(),
                     {op.getCancellable()});
}

bool meld::lowering::lower(Lowering &lowering, ThreadSuspendOp op) {
  Code code(lowering.program, op);
  checkMayBlock(code, op.getInstanceAttr());
  return lowerToCall(lowering, op, "thread_suspend", op.getInstanceAttr(),
                     {op.getCancellable()});
}

bool meld::lowering::lower(Lowering &lowering, ThreadSwitchOp op) {
  uint32_t how = (op.getCancellable() ? rt::SwitchCancellable : 0) |
                 (op.getYield() ? rt::SwitchYield : 0) |
                 (op.getPromote() ? rt::SwitchPromote : 0);
  return lowerToCall(lowering, op, "thread_switch", op.getInstanceAttr(),
                     {how});
}

//===----------------------------------------------------------------------===//
// New threads
//===----------------------------------------------------------------------===//

static constexpr uint32_t argumentOffset(uint32_t i) {
  return offsetof(rt::Call, arguments) + i * sizeof(rt::u64);
}

/// (thread, event, index, payload) -> (): the step of every thread that begins
/// in a slot of `table`, which only ever gets one.
static FlatSymbolRefAttr makeStep(Program &program, FlatSymbolRefAttr table) {
  Builder types(program.root.getContext());
  SmallVector<Type> words(4, types.getI32Type());
  wasm::FuncOp func =
      program.addFunction(program.root.getLoc(), table.getValue() + "_thread",
                          types.getFunctionType(words, {}));
  Code code = Code::atEndOf(program, func);
  Value thread = func.getArgument(0);
  code.runtime("thread_begin", thread);
  Value argument = code.load(thread, argumentOffset(0));
  Value slot = code.load(thread, argumentOffset(1));
  wasm::CallIndirectOp::create(code, TypeRange(), table, slot,
                               ValueRange(argument));
  code.runtime("thread_end", thread);
  wasm::ReturnOp::create(code);
  return FlatSymbolRefAttr::get(func);
}

bool meld::lowering::lower(Lowering &lowering, ThreadNewOp op) {
  Program &program = lowering.program;
  Code code(program, op);
  Value instance = code.instance(op.getInstanceAttr());
  FlatSymbolRefAttr table = op.getTableAttr();
  Value step = code.slot(program.once(
      "thread." + table.getValue(), [&] { return makeStep(program, table); }));
  op.replaceAllUsesWith(code.runtime(
      "thread_new", {instance, step, op.getFunction(), op.getArgument()}));
  op.erase();
  return true;
}
