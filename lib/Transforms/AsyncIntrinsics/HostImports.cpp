//===- HostImports.cpp - functions of the host ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HostImports.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::lowering;

/// (flat arguments..., pointer if there is a result, call) -> i32
static FunctionType getAsyncType(FuncType type) {
  Builder b(type.getContext());
  SmallVector<Type> inputs;
  for (Type param : type.getParams())
    flattenType(param, inputs);
  inputs.append(type.getResult() ? 2 : 1, b.getI32Type());
  return b.getFunctionType(inputs, b.getI32Type());
}

FlatSymbolRefAttr HostImports::import(HostFuncOp function) {
  FlatSymbolRefAttr &symbol = imports[function.getSymNameAttr()];
  if (symbol)
    return symbol;
  FuncType type = function.getFuncType();
  StringRef interface = function.getInterface(), name = function.getName();
  AbiFunction entry;
  entry.type = type;
  entry.module = interface.empty() ? "$root" : interface.str();
  entry.core = ((type.getAsync() ? "[call]" : "") + name).str();
  entry.name = interface.empty() ? name.str() : (interface + "#" + name).str();
  if (type.getAsync())
    abi.stageIn(program.memory());
  OpBuilder b(program.root.getContext());
  symbol = program.add(
      wasm::ImportOp::create(
          b, function.getLoc(), (function.getSymName() + "_import").str(),
          entry.module, entry.core,
          type.getAsync() ? getAsyncType(type)
                          : flattenFunctype(type, CallSide::lower)),
      /*first=*/true);
  abi.addImport(std::move(entry));
  return symbol;
}

ValueRange HostImports::callSync(Code &code, HostFuncOp function,
                                 ValueRange arguments) {
  return entry.callHost(code, import(function), arguments);
}

Value HostImports::callAsync(Code &code, HostFuncOp function,
                             ValueRange arguments, Value pointer,
                             Value number) {
  addResolve();
  SmallVector<Value> all(arguments);
  if (function.getFuncType().getResult())
    all.push_back(pointer);
  all.push_back(number);
  return entry.callHost(code, import(function), all).front();
}

/// `__resolve (number)`: the thunk in the slot `returns` of the call lowers the
/// result that the host has written.
void HostImports::addResolve() {
  if (hasResolve)
    return;
  hasResolve = abi.async = true;
  Builder types(program.root.getContext());
  wasm::FuncOp func =
      program.addFunction(program.root.getLoc(), "resolve",
                          types.getFunctionType(types.getI32Type(), {}));
  Code code = Code::atEndOf(program, func);
  Value before = entry.enter(code);
  Value host = code.constant(program.records.instance({}));
  Value call = code.runtime("import_resolve", {host, func.getArgument(0)});
  code.callSlot(code.load(call, offsetof(rt::Call, returns)), call);
  code.runtime("import_resolved", call);
  entry.run(code, before);
  entry.leave(code, before);
  wasm::ReturnOp::create(code);
  program.addExport("__resolve", FlatSymbolRefAttr::get(func));
}
