//===- HostBlocking.cpp - asynchronous exports of components ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Under `edge = component` a function of asynchronous type has the core
// function of a synchronous lift, which such a function may have: it may block.
// The call runs tasks until its own has resolved, and some that are ready then.
// What it calls of the host blocks as well. So one call is inside at a time.
//
//===----------------------------------------------------------------------===//

#include "HostExports.h"

#include "Numbers.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::lowering;

void HostExports::keepAnswer(Code &code, Value pointer, Value staged) {
  wasm::GlobalSetOp::create(code, program.variable("answer"), pointer);
  if (staged)
    wasm::GlobalSetOp::create(code, program.variable("answer_staged"), staged);
}

static Value get(Code &code, FlatSymbolRefAttr variable) {
  return wasm::GlobalGetOp::create(code, code.getI32Type(), variable);
}

std::string HostExports::addBlockingPostReturn(ExportFuncOp op, FuncType type) {
  if (!type.getResult() || !passesMemory(type.getResult()))
    return {};
  Type pointer = IntegerType::get(op.getContext(), 32);
  return exportPostReturn(op, pointer, [&](Code &code, ValueRange) {
    memory.free(code, get(code, program.variable("answer_staged")));
  });
}

void HostExports::addBlocking(ExportFuncOp op, const Callee &callee,
                              Thunks thunks) {
  FuncType type = callee.type;
  Type result = type.getResult();
  Side host = memory.stagingSide();
  wasm::FuncOp func =
      program.addFunction(op.getLoc(), "export_" + op.getFunction(),
                          memory.coreType(type, CallSide::lift, host));
  Code code = Code::atEndOf(program, func);
  code.trapIf(entry.enter(code), TrapKind::CannotEnter);
  Value call = makeCall(code, op, type, thunks, func.getArguments());
  entry.expect(code, call);
  code.runtime("call_host", call);
  entry.wait(code);
  SmallVector<Value> answer;
  if (result) {
    Value pointer = get(code, program.variable("answer"));
    bool isPointer = passesMemory(result);
    answer.push_back(isPointer ? pointer
                               : loadFlat(code, result, host.memory, pointer));
    if (!isPointer && !isNumber(result))
      memory.free(code, get(code, program.variable("answer_staged")));
  }
  entry.leave(code);
  wasm::ReturnOp::create(code, answer);
  program.addExport(op.getName(), FlatSymbolRefAttr::get(func));

  AbiFunction described;
  described.name = described.core = op.getName().str();
  described.type = type;
  described.postReturn = addBlockingPostReturn(op, type);
  memory.describe(described, host);
  abi.addExport(std::move(described));
}
