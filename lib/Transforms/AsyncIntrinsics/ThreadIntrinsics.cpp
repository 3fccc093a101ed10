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

/// `op` is one call: its instance, then `arguments`.
template <typename Op>
static bool lowerToCall(Lowering &lowering, Op op, StringRef function,
                        ArrayRef<uint32_t> constants = {}) {
  Code code(lowering.program, op);
  SmallVector<Value> arguments{
      code.constant(lowering.program.records.instance(op.getInstanceAttr()))};
  llvm::append_range(arguments, op->getOperands());
  for (uint32_t value : constants)
    arguments.push_back(code.constant(value));
  if (Value result = code.runtime(function, arguments))
    op->getResult(0).replaceAllUsesWith(result);
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, ThreadIndexOp op) {
  return lowerToCall(lowering, op, "thread_index");
}

bool meld::lowering::lower(Lowering &lowering, ThreadResumeLaterOp op) {
  return lowerToCall(lowering, op, "thread_resume_later");
}

bool meld::lowering::lower(Lowering &lowering, ThreadYieldOp op) {
  return lowerToCall(lowering, op, "thread_yield", {op.getCancellable()});
}

bool meld::lowering::lower(Lowering &lowering, ThreadSuspendOp op) {
  Code code(lowering.program, op);
  checkMayBlock(code, op.getInstanceAttr());
  return lowerToCall(lowering, op, "thread_suspend", {op.getCancellable()});
}

bool meld::lowering::lower(Lowering &lowering, ThreadSwitchOp op) {
  uint32_t how = (op.getCancellable() ? rt::SwitchCancellable : 0) |
                 (op.getYield() ? rt::SwitchYield : 0) |
                 (op.getPromote() ? rt::SwitchPromote : 0);
  return lowerToCall(lowering, op, "thread_switch", {how});
}

//===----------------------------------------------------------------------===//
// New threads
//===----------------------------------------------------------------------===//

static constexpr uint32_t argumentOffset(uint32_t i) {
  return offsetof(rt::Call, arguments) + i * sizeof(rt::u64);
}

/// (thread, event, index, payload) -> (): the step of every thread that begins
/// in a slot of `table`, which only ever gets one.
static FlatSymbolRefAttr getStep(Program &program, FlatSymbolRefAttr table) {
  std::string name = (table.getValue() + "_thread").str();
  if (program.symbols.lookup(name))
    return FlatSymbolRefAttr::get(program.root.getContext(), name);
  Builder types(program.root.getContext());
  SmallVector<Type> words(4, types.getI32Type());
  wasm::FuncOp func = program.addFunction(program.root.getLoc(), name,
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
  Value instance =
      code.constant(program.records.instance(op.getInstanceAttr()));
  Value step = code.slot(getStep(program, op.getTableAttr()));
  op.replaceAllUsesWith(code.runtime(
      "thread_new", {instance, step, op.getFunction(), op.getArgument()}));
  op.erase();
  return true;
}
