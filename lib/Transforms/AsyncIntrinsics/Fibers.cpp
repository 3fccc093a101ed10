//===- Fibers.cpp - stacks of the host's ------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fibers.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;

static bool mayWait(Operation *op) {
  return isa<CallSyncOp, WaitableSetWaitOp, ThreadYieldOp, ThreadSuspendOp,
             ThreadSwitchOp>(op) ||
         (isa<AsyncIntrinsicDialect>(op->getDialect()) && op->hasAttr("sync"));
}

llvm::DenseSet<StringAttr>
meld::lowering::findThoseThatWait(component::RootOp root) {
  llvm::DenseSet<StringAttr> found;
  root.walk([&](Operation *op) {
    if (mayWait(op))
      found.insert(op->getAttrOfType<FlatSymbolRefAttr>("instance").getAttr());
  });
  return found;
}

bool meld::lowering::wantsFibers(component::RootOp root) {
  return root.getTargetOrDefault().getStackful() ==
             component::StackfulMode::fiber &&
         !findThoseThatWait(root).empty();
}

/// (fiber) -> the fiber that goes on: where the stack of a fiber begins.
static void exportThread(Program &program) {
  Builder types(program.root.getContext());
  Type i32 = types.getI32Type();
  wasm::FuncOp func = program.addFunction(program.root.getLoc(), "thread",
                                          types.getFunctionType(i32, i32));
  Code code = Code::atEndOf(program, func);
  wasm::ReturnOp::create(
      code, ValueRange{code.runtime("fiber_main", func.getArgument(0))});
  program.addExport("__thread", FlatSymbolRefAttr::get(func));
}

void meld::lowering::makeFibers(Program &program, Entry &entry, Abi &abi) {
  if (!program.hasFibers() || !program.wantsMemory())
    return;
  abi.fibers = true;
  exportThread(program);
  program.setFiber(entry.hostRuntime(
      "thread_switch_to", IntegerType::get(program.root.getContext(), 32)));
}
