//===- HostImports.cpp - functions of the host ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HostImports.h"

#include "Handles.h"
#include "Numbers.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Dialect/Component/IR/SymbolUses.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::lowering;

/// (flat arguments..., pointer if there is a result, call) -> i32
static FunctionType getAsyncType(FuncType type) {
  Builder b(type.getContext());
  SmallVector<Type> inputs =
      llvm::to_vector(flattenFunctype(type, CallSide::lift, {}).getInputs());
  inputs.append(type.getResult() ? 2 : 1, b.getI32Type());
  return b.getFunctionType(inputs, b.getI32Type());
}

/// Two lowers are the same import if the options that their values need are the
/// same as well.
static Attribute getKey(HostFuncOp function, const Side &host) {
  Builder b(function.getContext());
  SmallVector<Attribute> key{function.getSymNameAttr()};
  for (FlatSymbolRefAttr symbol : {host.memory, host.realloc})
    key.push_back(symbol ? Attribute(symbol) : b.getUnitAttr());
  key.push_back(b.getI32IntegerAttr(static_cast<int32_t>(host.encoding)));
  return b.getArrayAttr(key);
}

/// `f`, `[call]f`; a second import of one function is told from the first by a
/// number, because it has another memory.
static std::string getCoreName(HostFuncOp function, unsigned count,
                               bool isAsync) {
  std::string name = isAsync ? "[call]" : "";
  name += function.getName();
  return count ? name + "#" + std::to_string(count + 1) : name;
}

FlatSymbolRefAttr HostImports::import(HostFuncOp function, const Side &side) {
  FuncType type = function.getFuncType();
  Side host = memory.getNeeded(type, CallSide::lower, side);
  FlatSymbolRefAttr &symbol = imports[getKey(function, host)];
  if (symbol)
    return symbol;
  bool isAsync = type.getAsync() && !entry.blocks();
  StringRef interface = function.getInterface(), name = function.getName();
  AbiFunction described;
  described.type = type;
  described.module = interface.empty() ? "$root" : interface.str();
  described.core =
      getCoreName(function, counts[function.getSymNameAttr()]++, isAsync);
  described.name =
      interface.empty() ? name.str() : (interface + "#" + name).str();
  if (isAsync && needsMemory(type, /*async=*/false))
    memory.exportStage();
  else if (isAsync)
    abi.stageIn(program.memory());
  else
    memory.describe(described, host);
  OpBuilder b(program.root.getContext());
  symbol = program.add(
      wasm::ImportOp::create(
          b, function.getLoc(), (function.getSymName() + "_import").str(),
          described.module, described.core,
          isAsync ? getAsyncType(type)
                  : memory.coreType(type, CallSide::lower, host)),
      /*first=*/true);
  abi.addImport(std::move(described));
  return symbol;
}

//===----------------------------------------------------------------------===//
// Functions of synchronous type
//===----------------------------------------------------------------------===//

/// Values go to the host as they are, but handles move between the tables.
SmallVector<Value> HostImports::callDirect(Code &code, HostFuncOp function,
                                           const Side &guest,
                                           ValueRange arguments) {
  FuncType type = function.getFuncType();
  SmallVector<Value> moved =
      moveHandles(code, type.getParams(), arguments, guest.instance, {});
  ValueRange results = entry.callHost(code, import(function, guest), moved);
  return moveHandles(code, getResults(type), results, {}, guest.instance);
}

/// What the program has staged for the host is its own until the host has
/// returned; the host may stage more, and may call back meanwhile.
SmallVector<Value> HostImports::callStaged(Code &code, HostFuncOp function,
                                           const Side &guest, const Side &host,
                                           ValueRange arguments) {
  FuncType type = function.getFuncType();
  auto callee = FlatSymbolRefAttr::get(function.getSymNameAttr());
  bool byPointer =
      type.getResult() &&
      memory.coreType(type, CallSide::lower, host).getResults().empty();
  Value into;
  if (byPointer) {
    into = arguments.back();
    arguments = arguments.drop_back();
  }
  adapters::Route there{guest, host, callee, /*toCallee=*/true};
  adapters::Route back{host, guest, callee, /*toCallee=*/false};
  SmallVector<Value> passed =
      memory.move(code, there, type.getParams(), arguments);
  if (byPointer)
    passed.push_back(memory.stage(code, type.getResult()));
  Value staged = memory.take(code, type);
  SmallVector<Value> results =
      llvm::to_vector(entry.callHost(code, import(function, host), passed));
  if (byPointer)
    results.push_back(passed.back());
  results = memory.move(code, back, getResults(type), results, into);
  memory.free(code, memory.take(code, type));
  memory.free(code, staged);
  return results;
}

SmallVector<Value> HostImports::callSync(Code &code, HostFuncOp function,
                                         const Side &guest,
                                         ValueRange arguments) {
  FuncType type = function.getFuncType();
  resources.add(type);
  Value scope = lends(type) ? code.runtime("scope_begin", {}) : Value();
  Side host = memory.hostSide(type, guest);
  SmallVector<Value> results =
      memory.isStaged(host) ? callStaged(code, function, guest, host, arguments)
                            : callDirect(code, function, guest, arguments);
  if (scope) {
    code.runtime("scope_check", scope);
    code.runtime("scope_end", scope);
  }
  return results;
}

SmallVector<Value> HostImports::passOn(Code &code, HostFuncOp function,
                                       ValueRange arguments) {
  FuncType type = function.getFuncType();
  resources.add(type);
  Side host = memory.hostSide(type, {});
  FlatSymbolRefAttr symbol = import(function, host);
  if (!needsMemory(type, /*async=*/false))
    return llvm::to_vector(entry.callHost(code, symbol, arguments));
  SmallVector<Value> passed(arguments);
  Value into, staged = memory.take(code, type);
  Type result = type.getResult();
  if (result && program.functionType(symbol).getResults().empty())
    passed.push_back(into = memory.stage(code, result));
  SmallVector<Value> results =
      llvm::to_vector(entry.callHost(code, symbol, passed));
  memory.free(code, staged);
  return into ? SmallVector<Value>{into} : results;
}

//===----------------------------------------------------------------------===//
// Functions of asynchronous type
//===----------------------------------------------------------------------===//

Value HostImports::callAsync(Code &code, HostFuncOp function,
                             ValueRange arguments, Value pointer,
                             Value number) {
  resources.add(function.getFuncType());
  if (entry.blocks())
    return callBlocking(code, function, arguments, pointer);
  addResolve();
  SmallVector<Value> all(arguments);
  if (function.getFuncType().getResult())
    all.push_back(pointer);
  all.push_back(number);
  return entry.callHost(code, import(function, {}), all).front();
}

/// A lower of asynchronous type without `async`: it returns when the result is
/// there.
Value HostImports::callBlocking(Code &code, HostFuncOp function,
                                ValueRange arguments, Value pointer) {
  Side host = memory.stagingSide();
  FlatSymbolRefAttr symbol = import(function, host);
  Type result = function.getFuncType().getResult();
  bool isFlat = result && !program.functionType(symbol).getResults().empty();
  SmallVector<Value> all(arguments);
  if (result && !isFlat)
    all.push_back(pointer);
  ValueRange results = entry.callHost(code, symbol, all);
  if (isFlat)
    storeFlat(code, result, results.front(), host.memory, pointer);
  return code.constant(1);
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
  Value host = code.instance({});
  Value call = code.runtime("import_resolve", {host, func.getArgument(0)});
  code.callSlot(code.load(call, offsetof(rt::Call, returns)), call);
  code.runtime("import_resolved", call);
  entry.run(code, before);
  entry.leave(code);
  wasm::ReturnOp::create(code);
  program.addExport("__resolve", FlatSymbolRefAttr::get(func));
}
