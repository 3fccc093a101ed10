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

/// Two lowers are the same import if their options are the same as well.
static Attribute getKey(HostFuncOp function, const EdgeOptions &options) {
  Builder b(function.getContext());
  SmallVector<Attribute> key{function.getSymNameAttr()};
  for (FlatSymbolRefAttr symbol : {options.memory, options.realloc})
    key.push_back(symbol ? Attribute(symbol) : b.getUnitAttr());
  key.push_back(b.getI32IntegerAttr(static_cast<int32_t>(options.encoding)));
  return b.getArrayAttr(key);
}

/// `f`, `[call]f`; a second import of one function is told from the first by a
/// number, because it has another memory.
static std::string getCoreName(HostFuncOp function, unsigned count) {
  std::string name = function.getFuncType().getAsync() ? "[call]" : "";
  name += function.getName();
  return count ? name + "#" + std::to_string(count + 1) : name;
}

FlatSymbolRefAttr HostImports::import(HostFuncOp function,
                                      const EdgeOptions &options) {
  FlatSymbolRefAttr &symbol = imports[getKey(function, options)];
  if (symbol)
    return symbol;
  FuncType type = function.getFuncType();
  StringRef interface = function.getInterface(), name = function.getName();
  AbiFunction described;
  described.type = type;
  described.module = interface.empty() ? "$root" : interface.str();
  described.core = getCoreName(function, counts[function.getSymNameAttr()]++);
  described.name =
      interface.empty() ? name.str() : (interface + "#" + name).str();
  if (type.getAsync())
    abi.stageIn(program.memory());
  else
    memory.describe(described, options);
  OpBuilder b(program.root.getContext());
  symbol = program.add(
      wasm::ImportOp::create(
          b, function.getLoc(), (function.getSymName() + "_import").str(),
          described.module, described.core,
          type.getAsync() ? getAsyncType(type)
                          : memory.coreType(type, CallSide::lower, options)),
      /*first=*/true);
  abi.addImport(std::move(described));
  return symbol;
}

ValueRange HostImports::callSync(Code &code, HostFuncOp function,
                                 const EdgeOptions &options,
                                 ValueRange arguments) {
  return entry.callHost(code, import(function, options), arguments);
}

Value HostImports::callAsync(Code &code, HostFuncOp function,
                             ValueRange arguments, Value pointer,
                             Value number) {
  addResolve();
  SmallVector<Value> all(arguments);
  if (function.getFuncType().getResult())
    all.push_back(pointer);
  all.push_back(number);
  return entry.callHost(code, import(function, {}), all).front();
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
