//===- ThunkIntrinsics.cpp - what the halves of an adapter do ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"
#include "MayLeave.h"

#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;

bool meld::lowering::lower(Lowering &lowering, CallArgumentsOp op) {
  Code code(lowering.program, op);
  SmallVector<Value> values;
  for (auto [i, type] : llvm::enumerate(op.getResultTypes()))
    values.push_back(
        code.load(type, op.getCall(),
                  offsetof(rt::Call, arguments) + i * sizeof(rt::u64)));
  op.replaceAllUsesWith(values);
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, CallResultPointerOp op) {
  Code code(lowering.program, op);
  op.replaceAllUsesWith(code.load(op.getCall(), offsetof(rt::Call, result)));
  op.erase();
  return true;
}

/// In the place of the first argument, which the callee has taken by then.
bool meld::lowering::lower(Lowering &lowering, CallSetResultOp op) {
  Code code(lowering.program, op);
  code.store(op.getValue(), op.getCall(), offsetof(rt::Call, arguments));
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, EnterOp op) {
  Callee callee = lowering.program.callee(op.getCalleeAttr());
  if (!callee.op || callee.isHost() || callee.op->hasAttr("callback"))
    return false;
  // The entry of a callback lift returns a code.
  FunctionType entry = lowering.program.functionType(callee.entry);
  if (callee.step && entry.getNumResults() != 1)
    return false;
  Code code(lowering.program, op);
  Value call = op.getCall();
  ValueRange flat = code.call(callee.entry, op.getArguments());
  if (callee.step) {
    code.call(callee.step, {call, code.constant(rt::EventStart), flat.front(),
                            code.constant(0)});
    op.erase();
    return true;
  }
  // A sync lift: what it returns is its result, and its task ends with it.
  if (!callee.async)
    returnResult(code, call, flat);
  if (callee.postReturn)
    withoutLeaving(code, callee.instance,
                   [&] { code.call(callee.postReturn, flat); });
  code.runtime("task_exit", call);
  op.erase();
  return true;
}
