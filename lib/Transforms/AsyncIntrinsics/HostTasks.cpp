//===- HostTasks.cpp - tasks that the host starts ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `[start]f` makes the record of a call. A function of numbers keeps them in
// it; other values lie in the staging area until the callee starts.
//
//===----------------------------------------------------------------------===//

#include "HostExports.h"

#include "EdgeStreams.h"
#include "Numbers.h"

#include "meld/Dialect/Component/IR/SymbolUses.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::lowering;

/// `[start]ns:p/i#f`, `[start]f`
static std::string getStartName(StringRef name) {
  return ("[start]" + name).str();
}

/// What the host passes: core values, or a pointer to those that are too many.
static TypeRange getStartInputs(FuncType type) {
  return flattenFunctype(type, CallSide::lift, {}).getInputs();
}

//===----------------------------------------------------------------------===//
// Thunks
//===----------------------------------------------------------------------===//

/// The record keeps the list of what the host has staged in the place of a
/// result pointer, which the host has none of.
SmallVector<Value> HostExports::moveArguments(Code &code,
                                              const adapters::Route &there,
                                              FuncType type, Value call,
                                              ValueRange arguments) {
  if (lends(type))
    code.runtime("scope_enter", call);
  SmallVector<Value> moved =
      memory.move(code, there, type.getParams(), arguments);
  if (needsMemory(type, /*async=*/false))
    memory.free(code, code.load(call, offsetof(rt::Call, result)));
  return moved;
}

FlatSymbolRefAttr HostExports::addStartThunk(ExportFuncOp op,
                                             const Callee &callee) {
  Builder types(op.getContext());
  wasm::FuncOp func =
      program.addFunction(op.getLoc(), "start_" + op.getFunction(),
                          types.getFunctionType(types.getI32Type(), {}));
  Code code = Code::atEndOf(program, func);
  Value call = func.getArgument(0);
  auto arguments = async_intrinsic::CallArgumentsOp::create(
      code, getStartInputs(callee.type), call);
  SmallVector<Value> moved = llvm::to_vector_of<Value>(arguments.getResults());
  if (!hasNumbersOnly(callee.type)) // these need no lifting
    moved = moveArguments(code,
                          {memory.stagingSide(), memory.sideOf(callee),
                           op.getFunctionAttr(), /*toCallee=*/true},
                          callee.type, call, moved);
  async_intrinsic::EnterOp::create(code, op.getFunctionAttr(), moved, call);
  wasm::ReturnOp::create(code);
  return FlatSymbolRefAttr::get(func);
}

/// The core values that `task.return` gives, or a lift that is not async.
SmallVector<Type> HostExports::getReturned(const Callee &callee) const {
  if (callee.async)
    return flattenTaskReturn(callee.type.getContext(), callee.type.getResult(),
                             memory.sideOf(callee).memory64);
  return llvm::to_vector(program.functionType(callee.entry).getResults());
}

/// (call, result) -> (): tells the host where the result lies, which reads it
/// at once.
FlatSymbolRefAttr HostExports::addReturnThunk(ExportFuncOp op,
                                              const Callee &callee) {
  Builder types(op.getContext());
  Type i32 = types.getI32Type(), result = callee.type.getResult();
  SmallVector<Type> inputs{i32};
  llvm::append_range(inputs, getReturned(callee));
  wasm::FuncOp func =
      program.addFunction(op.getLoc(), "result_" + op.getFunction(),
                          types.getFunctionType(inputs, {}));
  Code code = Code::atEndOf(program, func);
  Value pointer = code.constant(result ? program.records.stage() : 0), staged;
  if (result && isNumber(result)) {
    storeFlat(code, result, func.getArgument(1), program.memory(), pointer);
  } else if (result) {
    pointer = memory.stage(code, result);
    memory.move(code,
                {memory.sideOf(callee), memory.stagingSide(),
                 op.getFunctionAttr(),
                 /*toCallee=*/false},
                result, ValueRange(func.getArguments()).drop_front(), pointer);
    staged = memory.takeAll(code);
  }
  if (entry.blocks()) {
    keepAnswer(code, pointer, staged);
    entry.resolve(code, func.getArgument(0));
  } else {
    Value number = entry.resultNumber(code, func.getArgument(0));
    code.call(entry.hostRuntime("task_result", {i32, i32}), {number, pointer});
    memory.free(code, staged);
  }
  wasm::ReturnOp::create(code);
  return FlatSymbolRefAttr::get(func);
}

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

/// A new call that the host makes, with its arguments.
Value HostExports::makeCall(Code &code, ExportFuncOp op, FuncType type,
                            Thunks thunks, ValueRange arguments) {
  uint32_t task = program.records.taskType(op.getFunctionAttr().getAttr());
  Value call = code.runtime("call_new", {code.instance({}), code.constant(task),
                                         code.slot(thunks.start),
                                         code.slot(thunks.returns)});
  code.storeArguments(call, arguments);
  if (!hasNumbersOnly(type))
    if (Value staged = memory.take(code, type))
      code.store(staged, call, offsetof(rt::Call, result));
  return call;
}

/// Starts the task. Where the host was called itself, those that called it are
/// frames that go on when the task blocks.
Value HostExports::startTask(Code &code, Value before, Value call) {
  if (!entry.canNest() || !program.hasFramesThatWait())
    return code.runtime("call_host", call);
  if (program.hasFibers()) { // they would leave the host's frames
    code.trapIf(before, TrapKind::CannotEnter);
    return code.runtime("call_host", call);
  }
  Value control = code.constant(0);
  constexpr uint32_t field =
      rt::ControlAddress + offsetof(rt::Control, unwaited);
  Value below = code.load(control, field);
  code.store(before, control, field);
  Value number = code.runtime("call_host", call);
  code.store(below, control, field);
  return number;
}

bool HostExports::addAsync(ExportFuncOp op, const Callee &callee) {
  if (!isa<async_intrinsic::TaskTypeOp>(callee.op) ||
      !memory.canPassTask(callee.type, CallSide::lift, memory.sideOf(callee),
                          program.functionType(callee.entry).getInputs(),
                          callee.async))
    return false;
  memory.remarkExport(op, callee.type, memory.sideOf(callee));
  FlatSymbolRefAttr start = addStartThunk(op, callee),
                    returns = addReturnThunk(op, callee);
  resources.add(callee.type);
  if (entry.blocks()) {
    addBlocking(op, callee, {start, returns});
    return true;
  }
  Builder types(op.getContext());
  wasm::FuncOp func = program.addFunction(
      op.getLoc(), "export_" + op.getFunction(),
      types.getFunctionType(getStartInputs(callee.type), types.getI32Type()));
  Code code = Code::atEndOf(program, func);
  Value before = entry.enter(code);
  Value call =
      makeCall(code, op, callee.type, {start, returns}, func.getArguments());
  Value number = startTask(code, before, call);
  Value answer = entry.runStarted(code, before, call, number);
  entry.leave(code);
  wasm::ReturnOp::create(code, ValueRange{answer});
  std::string core = getStartName(op.getName());
  program.addExport(core, FlatSymbolRefAttr::get(func));

  AbiFunction described;
  described.name = op.getName().str();
  described.core = std::move(core);
  described.type = callee.type;
  if (callee.type.getResult())
    abi.stageIn(program.memory());
  if (needsMemory(callee.type, /*async=*/false))
    memory.exportStage();
  abi.addExport(std::move(described));
  return true;
}

void HostExports::add(async_intrinsic::TrampolineOp op) {
  if (entry.blocks()) // nothing is left for a turn of the host's
    return program.symbols.erase(op);
  Builder types(op.getContext());
  Type i32 = types.getI32Type();
  std::string name = op.getSymName().str();
  Location loc = op.getLoc();
  program.symbols.erase(op);
  wasm::FuncOp func =
      program.addFunction(loc, name, types.getFunctionType({i32, i32}, {}));
  Code code = Code::atEndOf(program, func);
  Value before = entry.enter(code);
  if (hasEnds)
    passEvent(code, func.getArgument(1));
  entry.run(code, before);
  entry.leave(code);
  wasm::ReturnOp::create(code);
  program.addExport("__callback", FlatSymbolRefAttr::get(func));
  abi.async = true;
}
