//===- HostExports.cpp - what the host can call -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HostExports.h"

#include "Frame.h"
#include "Handles.h"
#include "MayLeave.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::lowering;

bool HostExports::add(ExportFuncOp op) {
  Callee callee = program.callee(op.getFunctionAttr());
  if (!callee.op || (callee.async && !callee.type.getAsync()))
    return false;
  return callee.type.getAsync() ? addAsync(op, callee) : addSync(op, callee);
}

//===----------------------------------------------------------------------===//
// Functions of synchronous type
//===----------------------------------------------------------------------===//

/// Whether the host has a result to read in the guest's memory before
/// post-return may run.
static bool isReadInPlace(FuncType type, const Side &host) {
  return type.getResult() && !EdgeMemory::isStaged(host) &&
         passesMemory(type.getResult());
}

static void callPostReturn(Code &code, const Callee &callee,
                           ValueRange results) {
  withoutLeaving(code, callee.instance,
                 [&] { code.call(callee.postReturn, results); });
}

SmallVector<Value> HostExports::callEntry(Code &code, const Callee &callee,
                                          const Side &host,
                                          ValueRange arguments, Value scope,
                                          MoveResults moveResults) {
  Frame frame(code, {}, callee.instance, entry.canNest());
  ValueRange results = code.call(callee.entry, arguments);
  if (scope)
    code.runtime("scope_check", scope);
  SmallVector<Value> moved = moveResults(results);
  if (callee.postReturn && isReadInPlace(callee.type, host))
    suspendThread(code, callee.instance);
  else if (callee.postReturn)
    callPostReturn(code, callee, results);
  frame.restore(code);
  return moved;
}

/// What the host lowers goes to the core function as it is, but handles move
/// between the tables of the host and the callee.
SmallVector<Value> HostExports::callDirect(Code &code, const Callee &callee,
                                           const Side &host,
                                           ValueRange arguments, Value scope) {
  FuncType type = callee.type;
  SmallVector<Value> moved =
      moveHandles(code, type.getParams(), arguments, {}, callee.instance);
  return callEntry(code, callee, host, moved, scope, [&](ValueRange results) {
    return moveHandles(code, getResults(type), results, callee.instance, {});
  });
}

/// What the host has staged goes when it has been moved; a result in memory
/// stays until the host calls post-return.
SmallVector<Value> HostExports::callStaged(Code &code, const Callee &callee,
                                           const adapters::Route &there,
                                           ValueRange arguments, Value scope) {
  FuncType type = callee.type;
  Value staged = memory.take(code, type);
  SmallVector<Value> moved =
      memory.move(code, there, type.getParams(), arguments);
  memory.free(code, staged);
  return callEntry(
      code, callee, there.from, moved, scope, [&](ValueRange results) {
        adapters::Route back{there.to, there.from, there.callee,
                             /*toCallee=*/false};
        Value into;
        if (type.getResult() &&
            memory.coreType(type, CallSide::lower, there.from)
                .getResults()
                .empty())
          into = memory.stage(code, type.getResult());
        SmallVector<Value> lifted =
            memory.move(code, back, getResults(type), results, into);
        return into ? SmallVector<Value>{into} : lifted;
      });
}

SmallVector<Value> HostExports::callLift(Code &code, const Callee &callee,
                                         const Side &guest,
                                         ValueRange arguments) {
  FuncType type = callee.type;
  Value scope = lends(type) ? code.runtime("scope_begin", {}) : Value();
  Side host = memory.hostSide(type, guest);
  auto symbol = FlatSymbolRefAttr::get(callee.op);
  SmallVector<Value> results =
      memory.isStaged(host)
          ? callStaged(code, callee, {host, guest, symbol, /*toCallee=*/true},
                       arguments, scope)
          : callDirect(code, callee, host, arguments, scope);
  if (scope)
    code.runtime("scope_end", scope);
  return results;
}

bool HostExports::addSync(ExportFuncOp op, const Callee &callee) {
  Side guest = memory.sideOf(callee);
  if (callee.isHost() ? !canGiveHandles(program.target, callee.type)
                      : !memory.canPass(callee.type, CallSide::lift, guest,
                                        program.functionType(callee.entry)))
    return false;
  memory.remarkExport(op, callee.type, guest);
  Side host = memory.hostSide(callee.type, guest);
  wasm::FuncOp func =
      program.addFunction(op.getLoc(), "export_" + op.getFunction(),
                          memory.coreType(callee.type, CallSide::lift, host));
  Code code = Code::atEndOf(program, func);
  entry.enter(code);
  SmallVector<Value> results =
      callee.isHost() ? imports.passOn(code, cast<HostFuncOp>(callee.op),
                                       func.getArguments())
                      : callLift(code, callee, guest, func.getArguments());
  entry.schedule(code);
  entry.leave(code);
  wasm::ReturnOp::create(code, results);
  program.addExport(op.getName(), FlatSymbolRefAttr::get(func));

  AbiFunction described;
  described.name = described.core = op.getName().str();
  described.type = callee.type;
  described.postReturn = addPostReturn(op, callee, host);
  memory.describe(described,
                  memory.getNeeded(callee.type, CallSide::lift, host));
  abi.addExport(std::move(described));
  resources.add(callee.type);
  return true;
}

std::string HostExports::exportPostReturn(
    ExportFuncOp op, TypeRange results,
    llvm::function_ref<void(Code &, ValueRange)> body) {
  Builder types(op.getContext());
  wasm::FuncOp func =
      program.addFunction(op.getLoc(), "post_return_" + op.getFunction(),
                          types.getFunctionType(results, {}));
  Code code = Code::atEndOf(program, func);
  entry.enter(code);
  body(code, func.getArguments());
  entry.leave(code);
  wasm::ReturnOp::create(code);
  std::string name = ("cabi_post_" + op.getName()).str();
  program.addExport(name, FlatSymbolRefAttr::get(func));
  return name;
}

/// That of the guest where the host reads a result in place, or one that frees
/// what is staged. In all other cases the export itself has done it.
std::string HostExports::addPostReturn(ExportFuncOp op, const Callee &callee,
                                       const Side &host) {
  Type result = callee.type.getResult();
  bool isStaged = memory.isStaged(host);
  if (isStaged ? !result || !passesMemory(result)
               : !callee.postReturn || !isReadInPlace(callee.type, host))
    return {};
  FunctionType core = memory.coreType(callee.type, CallSide::lift, host);
  return exportPostReturn(
      op, core.getResults(), [&](Code &code, ValueRange results) {
        if (isStaged)
          return memory.free(code, memory.take(code, callee.type));
        Frame frame(code, callee.instance);
        resumeThread(code, callee.instance);
        callPostReturn(code, callee, results);
        frame.restore(code);
      });
}
