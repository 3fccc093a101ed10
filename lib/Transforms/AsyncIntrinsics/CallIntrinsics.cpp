//===- CallIntrinsics.cpp - calls that are tasks ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CallSite.h"
#include "Lowering.h"
#include "Numbers.h"

#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::HostFuncOp;

/// Only functions of asynchronous type are called as tasks. Where the result
/// goes through a pointer, that is the last operand.
static bool canCall(const Callee &callee, ValueRange operands, bool byPointer) {
  return callee.op && callee.type.getAsync() &&
         (!byPointer || !operands.empty());
}

/// Whether the edge can pass the values of a call of the host.
static bool canCallHost(const Lowering &lowering, const CallSite &site,
                        ValueRange operands, bool isAsync) {
  Side guest = getSide(lowering.memory, lowering.program, site);
  return lowering.memory.canPassTask(site.type, component::CallSide::lower,
                                     guest, operands.getTypes(), isAsync);
}

static bool hasResult(Type functionType) {
  return static_cast<bool>(cast<component::FuncType>(functionType).getResult());
}

static Value newTask(Code &code, const CallSite &site) {
  Value start = code.slot(site.start), returns = code.slot(site.returns);
  Value call = newCall(code, site, start, returns);
  code.storeArguments(call, site.arguments);
  return call;
}

bool meld::lowering::lower(Lowering &lowering, CallOp op) {
  Program &program = lowering.program;
  Callee callee = program.callee(op.getCalleeAttr());
  if (!op.getStart() || !op.getReturnThunk() ||
      !canCall(callee, op.getArguments(), hasResult(op.getFunctionType())))
    return false;
  CallSite site(op);
  if (callee.isHost() &&
      !canCallHost(lowering, site, op.getArguments(), /*isAsync=*/true))
    return false;
  Code code(program, op);
  Value state;
  if (program.reenters(site.caller, callee.instance)) {
    code.trap(TrapKind::CannotEnter);
    state = code.nothing(op.getType());
  } else if (callee.isHost()) {
    state = callHost(lowering.imports, lowering.memory, code, site,
                     cast<HostFuncOp>(callee.op));
  } else {
    state = code.runtime("call_async", newTask(code, site));
  }
  op.replaceAllUsesWith(state);
  op.erase();
  return true;
}

/// The result lies in the record, where the return thunk has put it.
static Value callAndWait(Code &code, const CallSite &site, TypeRange results) {
  Value call = newTask(code, site);
  code.runtime("call_sync", call);
  Value result;
  if (!results.empty())
    result = code.load(results.front(), call, offsetof(rt::Call, arguments));
  code.runtime("call_end", call);
  return result;
}

bool meld::lowering::lower(Lowering &lowering, CallSyncOp op) {
  Program &program = lowering.program;
  Callee callee = program.callee(op.getCalleeAttr());
  if (!canCall(callee, op.getArguments(),
               hasResult(op.getFunctionType()) && op.getResults().empty()))
    return false;
  CallSite site(op);
  if (callee.isHost() &&
      !canCallHost(lowering, site, op.getArguments(), /*isAsync=*/false))
    return false;
  Code code(program, op);
  checkMayBlock(code, site.caller);
  Value result;
  if (program.reenters(site.caller, callee.instance)) {
    code.trap(TrapKind::CannotEnter);
    if (op.getNumResults())
      result = code.nothing(op.getResult(0).getType());
  } else if (callee.isHost()) {
    result = callHostAndWait(lowering.imports, lowering.memory, code, site,
                             cast<HostFuncOp>(callee.op));
  } else {
    result = callAndWait(code, site, op.getResultTypes());
  }
  if (result)
    op.getResult(0).replaceAllUsesWith(result);
  op.erase();
  return true;
}
