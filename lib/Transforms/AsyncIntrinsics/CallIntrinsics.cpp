//===- CallIntrinsics.cpp - calls that are tasks ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frame.h"
#include "Lowering.h"
#include "MayLeave.h"
#include "Numbers.h"

#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::HostFuncOp;

//===----------------------------------------------------------------------===//
// The caller
//===----------------------------------------------------------------------===//

/// Makes the record of a call. Zero stands for a thunk that nobody reaches.
static Value newCall(Code &code, CallOp op, Value start, Value returns) {
  const Records &records = code.program.records;
  uint32_t caller = records.instance(op.getInstanceAttr()),
           type = records.taskType(op.getCalleeAttr().getAttr());
  return code.runtime(
      "call_new", {code.constant(caller), code.constant(type), start, returns});
}

/// The operands of an async lower: arguments, then the result pointer.
static ValueRange storeResultPointer(Code &code, Value call, CallOp op) {
  ValueRange operands = op.getArguments();
  auto type = cast<component::FuncType>(op.getFunctionType());
  if (!type.getResult())
    return operands;
  code.store(operands.back(), call, offsetof(rt::Call, result));
  return operands.drop_back();
}

static Value callTask(Code &code, CallOp op) {
  Value call = newCall(code, op, code.slot(op.getStartAttr()),
                       code.slot(op.getReturnThunkAttr()));
  code.storeArguments(call, storeResultPointer(code, call, op));
  return code.runtime("call_async", call);
}

/// A function of synchronous type resolves before it returns: its start thunk
/// runs here, whatever other tasks its instance has.
static Value callSynchronous(Code &code, CallOp op, const Callee &callee) {
  Value call =
      newCall(code, op, code.constant(0), code.slot(op.getReturnThunkAttr()));
  code.storeArguments(call, storeResultPointer(code, call, op));
  Frame frame(code, op.getInstanceAttr(), callee.instance);
  code.call(op.getStartAttr(), call);
  frame.restore(code);
  code.runtime("call_end", call);
  return code.constant(rt::SubtaskReturned);
}

//===----------------------------------------------------------------------===//
// Functions of the host
//===----------------------------------------------------------------------===//

/// The thunk that `__resolve` reaches: (call) -> (). The host has written the
/// result into the record, in the place of the arguments.
static FlatSymbolRefAttr makeResolveThunk(Program &program, CallOp op,
                                          Type result) {
  if (!result)
    return op.getReturnThunkAttr();
  Builder types(op.getContext());
  wasm::FuncOp func =
      program.addFunction(op.getLoc(), op.getReturnThunk().value() + "_resolve",
                          types.getFunctionType(types.getI32Type(), {}));
  Code code = Code::atEndOf(program, func);
  Value call = func.getArgument(0);
  Value value = loadNumber(code, result, program.memory(), call,
                           offsetof(rt::Call, arguments));
  code.call(op.getReturnThunkAttr(), {call, value});
  wasm::ReturnOp::create(code);
  return FlatSymbolRefAttr::get(func);
}

static Value callHostAsync(Lowering &lowering, Code &code, CallOp op,
                           HostFuncOp function) {
  Type result = function.getFuncType().getResult();
  FlatSymbolRefAttr thunk = makeResolveThunk(code.program, op, result);
  Value call = newCall(code, op, code.constant(0), code.slot(thunk));
  ValueRange arguments = storeResultPointer(code, call, op);
  Value number = code.runtime("import_begin", call);
  Value pointer = code.binary(wasm::BinaryKind::add, call,
                              code.constant(offsetof(rt::Call, arguments)));
  Value answer =
      lowering.imports.callAsync(code, function, arguments, pointer, number);
  code.when(answer, [&] { code.call(thunk, call); });
  return code.runtime("import_end", {call, answer});
}

/// The same for one of synchronous type, which is done when it returns.
static Value callHostSync(Lowering &lowering, Code &code, CallOp op,
                          HostFuncOp function) {
  Value call = newCall(code, op, code.constant(0), code.constant(0));
  ValueRange arguments = storeResultPointer(code, call, op);
  code.runtime("import_begin", call);
  SmallVector<Value> values{call};
  llvm::append_range(values,
                     lowering.imports.callSync(code, function, {}, arguments));
  code.call(op.getReturnThunkAttr(), values);
  return code.runtime("import_end", {call, code.constant(1)});
}

static Value callHost(Lowering &lowering, Code &code, CallOp op,
                      HostFuncOp function) {
  return function.getFuncType().getAsync()
             ? callHostAsync(lowering, code, op, function)
             : callHostSync(lowering, code, op, function);
}

//===----------------------------------------------------------------------===//
// call, and what its thunks do
//===----------------------------------------------------------------------===//

bool meld::lowering::lower(Lowering &lowering, CallOp op) {
  Program &program = lowering.program;
  Callee callee = program.callee(op.getCalleeAttr());
  if (!callee.op || !op.getStart() ||
      (callee.async && !callee.type.getAsync()) ||
      (callee.isHost() && !hasNumbersOnly(callee.type)))
    return false;
  Code code(program, op);
  Value state;
  if (program.reenters(op.getInstanceAttr(), callee.instance)) {
    code.trap(TrapKind::CannotEnter);
    state = code.nothing(op.getType());
  } else if (callee.isHost()) {
    state = callHost(lowering, code, op, cast<HostFuncOp>(callee.op));
  } else if (callee.type.getAsync()) {
    state = callTask(code, op);
  } else {
    state = callSynchronous(code, op, callee);
  }
  op.replaceAllUsesWith(state);
  op.erase();
  return true;
}

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

bool meld::lowering::lower(Lowering &lowering, EnterOp op) {
  Callee callee = lowering.program.callee(op.getCalleeAttr());
  if (!callee.op || callee.isHost() || callee.op->hasAttr("callback"))
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
