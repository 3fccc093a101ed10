//===- CallSite.cpp - one call of a task, as its caller sees it -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CallSite.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::FuncType;

/// Splits the operands of a lower into arguments and result pointer.
static void split(CallSite &site, ValueRange operands, bool hasPointer) {
  site.arguments = hasPointer ? operands.drop_back() : operands;
  if (hasPointer)
    site.resultPointer = operands.back();
}

CallSite::CallSite(CallOp call)
    : op(call), type(cast<FuncType>(call.getFunctionType())),
      caller(call.getInstanceAttr()), callee(call.getCalleeAttr()),
      start(call.getStartAttr()), returns(call.getReturnThunkAttr()) {
  split(*this, call.getArguments(), static_cast<bool>(type.getResult()));
}

CallSite::CallSite(CallSyncOp call)
    : op(call), type(cast<FuncType>(call.getFunctionType())),
      caller(call.getInstanceAttr()), callee(call.getCalleeAttr()),
      start(call.getStartAttr()), returns(call.getReturnThunkAttr()) {
  split(*this, call.getArguments(),
        type.getResult() && call.getResults().empty());
}

Value meld::lowering::newCall(Code &code, const CallSite &site, Value start,
                              Value returns) {
  uint32_t type = code.program.records.taskType(site.callee.getAttr());
  Value call = code.runtime("call_new", {code.instance(site.caller),
                                         code.constant(type), start, returns});
  if (site.resultPointer)
    code.store(site.resultPointer, call, offsetof(rt::Call, result));
  return call;
}
