//===- Start.cpp - start functions of components ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A component calls its start function where the definition stands between the
// others. A flattened root has no such place but the order of its core
// instances; so the call is one of those: of a module that imports a function
// and says that it is its start function. The caller is the host, hence an
// instance that is nobody's parent.
//
//===----------------------------------------------------------------------===//

#include "Flattener.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::flatten;

/// (module (import "" "" (func)) (start 0))
static constexpr uint8_t callerBytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // preamble
    0x01, 0x04, 0x01, 0x60, 0x00, 0x00,             // types
    0x02, 0x05, 0x01, 0x00, 0x00, 0x00, 0x00,       // imports
    0x08, 0x01, 0x00,                               // start
};

/// The module that calls what it is given, made when it is first needed.
wasm::ModuleOp Flattener::starter() {
  if (startModule)
    return startModule;
  MLIRContext *context = builder.getContext();
  OpBuilder at = OpBuilder::atBlockBegin(&root.getBody().front());
  StringAttr name = uniqueSymbol("start");
  startModule = wasm::ModuleOp::create(at, root.getLoc(), name);
  startModule.setSymVisibility("private");
  std::shared_ptr<llvm::MemoryBuffer> keeper = llvm::MemoryBuffer::getMemBuffer(
      llvm::toStringRef(ArrayRef<uint8_t>(callerBytes)), "", false);
  startModule.setBytesAttr(wasm::ModuleBytesAttr::get(
      context, (root.getSymName() + "." + name.getValue()).str(),
      std::move(keeper), callerBytes));
  at.setInsertionPointToStart(&startModule.getBody().front());
  wasm::ImportOp::create(at, root.getLoc(), "", "", "",
                         builder.getFunctionType({}, {}));
  return startModule;
}

LogicalResult Flattener::start(StartOp op, Scope &scope) {
  Function function = get<Function>(op.getFunction(), scope);
  FuncType type = function.type;
  Location loc = place(op, scope);
  auto refuse = [&](const Twine &why) -> LogicalResult {
    return emitRule(loc, Rule::flatten_unsupported)
           << "start function of type " << printable(type) << ": " << why.str();
  };
  if (!type.getParams().empty() || type.getResult())
    return refuse("one that takes or returns values is not instantiated yet, "
                  "since no code lifts or lowers values outside of a call");
  if (type.getAsync())
    return refuse("one that is asynchronous may block, which instantiation "
                  "does not");

  if (!startCaller) {
    StringAttr caller = uniqueSymbol("instantiation");
    InstanceOfOp::create(builder, root.getLoc(), caller, FlatSymbolRefAttr());
    startCaller = FlatSymbolRefAttr::get(caller);
  }
  StringAttr lowered = uniqueSymbol(scope.prefix + "_start_function");
  OperationState state(loc, LoweredOp::getOperationName());
  state.addAttribute("sym_name", lowered);
  state.addAttribute("instance", startCaller);
  state.addAttribute("function", function.symbol);
  state.addAttribute("function_type",
                     TypeAttr::get(builder.getFunctionType({}, {})));
  builder.create(state);
  auto list = [&](Attribute only) { return builder.getArrayAttr(only); };
  StringAttr empty = builder.getStringAttr("");
  wasm::InstanceOp::create(
      builder, loc, StringAttr(), uniqueSymbol(scope.prefix + "_start"),
      FlatSymbolRefAttr::get(starter().getSymNameAttr()), list(empty),
      list(empty), list(FlatSymbolRefAttr::get(lowered)));
  return success();
}
