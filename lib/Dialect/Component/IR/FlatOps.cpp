//===- FlatOps.cpp - what a flattened root holds -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Verify.h"
#include "meld/Dialect/Component/IR/CanonicalLayout.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentFlatOps.cpp.inc"

void ComponentDialect::registerFlatOps() {
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/Component/IR/ComponentFlatOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

// `symbol`, if given, names an op of the root.
static LogicalResult verifySymbol(Operation *op, FlatSymbolRefAttr symbol,
                                  SymbolTableCollection &table) {
  if (!symbol || table.lookupNearestSymbolFrom(op, symbol))
    return success();
  return emitRule(op, Rule::symbol_missing)
         << "wants a symbol of the root, found " << quoted(symbol.getValue());
}

// `symbol`, if given, names a component instance.
static LogicalResult verifyInstance(Operation *op, FlatSymbolRefAttr symbol,
                                    SymbolTableCollection &table) {
  if (failed(verifySymbol(op, symbol, table)))
    return failure();
  if (!symbol || table.lookupNearestSymbolFrom<InstanceOfOp>(op, symbol))
    return success();
  return emitRule(op, Rule::instance_symbol)
         << "wants a component instance, found " << quoted(symbol.getValue());
}

static LogicalResult verifyAll(Operation *op, FlatSymbolRefAttr instance,
                               ArrayRef<FlatSymbolRefAttr> symbols,
                               SymbolTableCollection &table) {
  if (failed(verifyInstance(op, instance, table)))
    return failure();
  for (FlatSymbolRefAttr symbol : symbols)
    if (failed(verifySymbol(op, symbol, table)))
      return failure();
  return success();
}

LogicalResult InstanceOfOp::verifySymbolUses(SymbolTableCollection &table) {
  return verifyInstance(*this, getParentAttr(), table);
}

LogicalResult CanonicalOp::verifySymbolUses(SymbolTableCollection &table) {
  return verifyAll(*this, getInstanceAttr(),
                   {getTableAttr(), getMemoryAttr(), getReallocAttr()}, table);
}

LogicalResult LiftedOp::verifySymbolUses(SymbolTableCollection &table) {
  return verifyAll(*this, getInstanceAttr(),
                   {getFunctionAttr(), getCallbackAttr(), getStepAttr(),
                    getMemoryAttr(), getReallocAttr(), getPostReturnAttr()},
                   table);
}

static bool hasMemory64(LoweredOp op, SymbolTableCollection &table) {
  Operation *memory =
      op.getMemory() ? table.lookupNearestSymbolFrom(op, op.getMemoryAttr())
                     : nullptr;
  auto entity = dyn_cast_if_present<wasm::EntityOpInterface>(memory);
  auto type =
      entity ? dyn_cast_if_present<wasm::MemoryType>(entity.getEntityType())
             : wasm::MemoryType();
  return type && type.getIndex64();
}

static LogicalResult verifyLoweredType(LoweredOp op, FuncType callee,
                                       bool memory64) {
  FlatOptions options;
  options.isAsync = op.getAsync();
  options.memory64 = memory64;
  FunctionType wanted = flattenFunctype(callee, CallSide::lower, options);
  if (wanted == op.getFunctionType())
    return success();
  return emitRule(op, Rule::lowered_signature)
         << "wants the callee's type, flattened: " << wanted << ", found "
         << op.getFunctionType();
}

LogicalResult LoweredOp::verifySymbolUses(SymbolTableCollection &table) {
  if (failed(verifyAll(*this, getInstanceAttr(),
                       {getFunctionAttr(), getMemoryAttr(), getReallocAttr(),
                        getStartThunkAttr(), getReturnThunkAttr()},
                       table)))
    return failure();
  Operation *callee = table.lookupNearestSymbolFrom(*this, getFunctionAttr());
  Type type;
  if (auto lifted = dyn_cast<LiftedOp>(callee))
    type = lifted.getType();
  else if (auto host = dyn_cast<HostFuncOp>(callee))
    type = host.getType();
  auto function = dyn_cast_if_present<FuncType>(type);
  return function
             ? verifyLoweredType(*this, function, hasMemory64(*this, table))
             : success();
}

LogicalResult HostFuncOp::verifySymbolUses(SymbolTableCollection &) {
  return success();
}

LogicalResult ExportFuncOp::verifySymbolUses(SymbolTableCollection &table) {
  return verifySymbol(*this, getFunctionAttr(), table);
}

LogicalResult ResourceOp::verifySymbolUses(SymbolTableCollection &table) {
  return verifyAll(*this, getInstanceAttr(), {getDtorAttr()}, table);
}

//===----------------------------------------------------------------------===//
// Types and options
//===----------------------------------------------------------------------===//

// The immediates of the built-in are there, and no others; no option is there
// that it does not have.
static LogicalResult verifyWords(CanonicalOp op, const BuiltinInfo &builtin) {
  auto hasType = [&](StringRef word) { return builtin.hasImmediate(word); };
  bool typed = hasType("stream") || hasType("future") || hasType("resource") ||
               hasType("context");
  bool mayType = typed || hasType("result");
  struct Word {
    StringRef name;
    bool present, wanted, allowed;
  } words[] = {
      {"type", bool(op.getTypeAttr()), typed, mayType},
      {"core_type", bool(op.getCoreTypeAttr()), hasType("core_type"),
       hasType("core_type")},
      {"slot", bool(op.getSlotAttr()), hasType("context"), hasType("context")},
      {"table", bool(op.getTableAttr()), hasType("table"), hasType("table")},
      {"memory", bool(op.getMemoryAttr()), hasType("memory"),
       hasType("memory") || builtin.hasOption("memory")},
      {"async", op.getAsync(), false, builtin.hasOption("async")},
      {"cancellable", op.getCancellable(), false,
       builtin.hasOption("cancellable")},
      {"shared", op.getShared(), false, builtin.hasOption("shared")},
      {"realloc", bool(op.getReallocAttr()), false,
       builtin.hasOption("realloc")},
      {"string_encoding", op.getStringEncoding().has_value(), false,
       builtin.hasOption("string_encoding")},
  };
  for (const Word &word : words) {
    if (word.present ? word.allowed : !word.wanted)
      continue;
    return emitRule(op, Rule::builtin_words)
           << "`" << builtin.SpecName << "` "
           << (word.present ? "has no `" : "wants `") << word.name << "`";
  }
  return success();
}

LogicalResult CanonicalOp::verify() {
  const BuiltinInfo &builtin = lookupBuiltin(getBuiltin());
  if (failed(verifyWords(*this, builtin)))
    return failure();
  BuiltinSignature signature;
  if (builtin.hasImmediate("result"))
    signature.result = getType().value_or(Type());
  if (builtin.hasImmediate("context"))
    signature.context = getType().value_or(Type());
  FunctionType wanted =
      component::getCoreType(getContext(), getBuiltin(), signature);
  if (wanted == getFunctionType() || builtin.hasImmediate("core_type"))
    return success();
  return emitRule(*this, Rule::builtin_signature)
         << "wants the type of `" << builtin.SpecName << "`: " << wanted
         << ", found " << getFunctionType();
}

static LogicalResult verifyFuncType(Operation *op, Type type) {
  if (isa<FuncType>(type))
    return success();
  return emitRule(op, Rule::function_type)
         << "wants a component function type, found " << type;
}

LogicalResult LiftedOp::verify() {
  CanonOptionSet options;
  options.isAsync = getAsync();
  options.memory = bool(getMemoryAttr());
  options.realloc = bool(getReallocAttr());
  options.callback = bool(getCallbackAttr());
  options.step = bool(getStepAttr());
  options.postReturn = bool(getPostReturnAttr());
  if (failed(verifyOptions(*this, options)))
    return failure();
  return verifyFuncType(*this, getType());
}

LogicalResult LoweredOp::verify() {
  CanonOptionSet options;
  options.isAsync = getAsync();
  options.memory = bool(getMemoryAttr());
  options.realloc = bool(getReallocAttr());
  options.startThunk = bool(getStartThunkAttr());
  options.returnThunk = bool(getReturnThunkAttr());
  return verifyOptions(*this, options);
}

LogicalResult HostFuncOp::verify() { return verifyFuncType(*this, getType()); }
