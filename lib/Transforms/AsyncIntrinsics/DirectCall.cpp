//===- DirectCall.cpp - calls that return before anything else runs ------*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frame.h"
#include "Handles.h"
#include "Lowering.h"
#include "MayLeave.h"
#include "SelfCalls.h"

#include "../Remarks.h"
#include "meld/Support/Names.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::HostFuncOp;

/// What ends the callee's thread, if the call itself does not.
static Operation *findPostReturn(CallEntryOp op) {
  for (Operation *next = op->getNextNode(); next; next = next->getNextNode())
    if (isa<CallPostReturnOp>(next))
      return next;
  return nullptr;
}

/// What a direct call keeps of its caller, and under which conditions of
/// docs/Adapters.md it does not.
static std::string describeCall(Program &program, FlatSymbolRefAttr caller,
                                const Callee &callee, StringRef name) {
  std::string text =
      quoted(name) + " calls " + quoted(callee.instance.getValue()) + ": ";
  if (program.reenters(caller, callee.instance))
    return text + "always a trap, because the instance is the caller's own, or "
                  "around it or inside (spec=2026-08)";
  bool context = program.usesContext(callee.instance);
  bool tasks = program.hasTasks();
  text += context ? "keeps both context slots (no-context does not hold), "
                  : "keeps no context slots (no-context), ";
  text += tasks ? "and the current task (no-tasks does not hold)"
                : "and no current task (no-tasks)";
  return text;
}

static void remarkCall(Program &program, CallEntryOp op, const Callee &callee) {
  Remarks remarks(op.getContext(), "lower-async-intrinsics");
  if (!remarks.areHeard())
    return;
  FlatSymbolRefAttr caller = op.getCallerAttr();
  StringRef name = op->getParentOfType<wasm::FuncOp>().getSymName();
  auto text = [&] { return describeCall(program, caller, callee, name); };
  if (program.hasTasks() || program.usesContext(callee.instance))
    remarks.missed(op.getLoc(), "frame", name, text);
  else
    remarks.passed(op.getLoc(), "frame", name, text);
}

bool meld::lowering::lower(Lowering &lowering, CallEntryOp op) {
  Program &program = lowering.program;
  Callee callee = program.callee(op.getCalleeAttr());
  if (callee.isHost() || callee.async)
    return false;
  remarkCall(program, op, callee);
  Code code(program, op);
  FlatSymbolRefAttr caller = op.getCallerAttr();
  SmallVector<Value> results;
  if (program.reenters(caller, callee.instance)) {
    code.trap(TrapKind::CannotEnter);
    for (Type type : op.getResultTypes())
      results.push_back(code.nothing(type));
  } else {
    Frame frame(code, caller, callee.instance);
    results = llvm::to_vector(code.call(callee.entry, op.getArguments()));
    if (Operation *last = findPostReturn(op))
      code.setInsertionPointAfter(last);
    frame.restore(code);
  }
  op.replaceAllUsesWith(results);
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, CallReallocOp op) {
  Code code(lowering.program, op);
  Frame frame(code, op.getInstanceAttr());
  withoutLeaving(code, op.getInstanceAttr(), [&] {
    op.getResult().replaceAllUsesWith(
        code.call(op.getFunctionAttr(), op.getArguments()).front());
  });
  frame.restore(code);
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, CallPostReturnOp op) {
  Code code(lowering.program, op);
  withoutLeaving(code, op.getInstanceAttr(),
                 [&] { code.call(op.getFunctionAttr(), op.getArguments()); });
  op.erase();
  return true;
}

/// What is left of these are calls of the host, which lifts and lowers itself,
/// and those of an instance by itself.
bool meld::lowering::lower(Lowering &lowering, CallDirectOp op) {
  Callee callee = lowering.program.callee(op.getCalleeAttr());
  if (!callee.isHost() && !callee.async)
    return lowerSelfCall(lowering, op, callee);
  if (!callee.isHost() || callee.type.getAsync())
    return false;
  Side guest = lowering.memory.getLowerSide(op);
  auto core = FunctionType::get(op.getContext(), op.getArguments().getTypes(),
                                op.getResultTypes());
  if (!lowering.memory.canPass(callee.type, component::CallSide::lower, guest,
                               core))
    return false;
  Code code(lowering.program, op);
  op.replaceAllUsesWith(lowering.imports.callSync(
      code, cast<HostFuncOp>(callee.op), guest, op.getArguments()));
  op.erase();
  return true;
}
