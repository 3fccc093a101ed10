//===- FlatOps.cpp - what a flattened root holds -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Verify.h"
#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Dialect/Component/IR/SymbolUses.h"
#include "meld/Support/Rules.h"

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

using SymbolUse = std::pair<FlatSymbolRefAttr, SymbolSort>;

static LogicalResult verifyAll(Operation *op, ArrayRef<SymbolUse> uses,
                               SymbolTableCollection &tables) {
  return success(llvm::all_of(uses, [&](const SymbolUse &use) {
    return succeeded(verifySymbolUse(op, use.first, use.second, tables));
  }));
}

LogicalResult InstanceOfOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifySymbolUse(*this, getParentAttr(), SymbolSort::instance, tables);
}

static bool hasMemory64(Operation *op, FlatSymbolRefAttr memory,
                        SymbolTableCollection &table) {
  if (!memory)
    return false;
  auto entity =
      cast<wasm::EntityOpInterface>(table.lookupNearestSymbolFrom(op, memory));
  return cast<wasm::MemoryType>(entity.getEntityType()).getIndex64();
}

static LogicalResult verifySignature(CanonicalOp op, bool memory64) {
  const BuiltinInfo &builtin = lookupBuiltin(op.getBuiltin());
  BuiltinSignature signature;
  signature.memory64 = memory64;
  if (builtin.hasImmediate("result"))
    signature.result = op.getType().value_or(Type());
  if (builtin.hasImmediate("context"))
    signature.context = op.getType().value_or(Type());
  FunctionType wanted =
      component::getCoreType(op.getContext(), op.getBuiltin(), signature);
  if (wanted == op.getFunctionType() || builtin.hasImmediate("core_type"))
    return success();
  return emitRule(op, Rule::builtin_signature)
         << "wants the type of `" << builtin.SpecName << "`: " << wanted
         << ", found " << op.getFunctionType();
}

LogicalResult CanonicalOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(verifyAll(*this,
                       {{getInstanceAttr(), SymbolSort::instance},
                        {getTableAttr(), SymbolSort::table},
                        {getMemoryAttr(), SymbolSort::memory},
                        {getReallocAttr(), SymbolSort::function}},
                       tables)))
    return failure();
  return verifySignature(*this, hasMemory64(*this, getMemoryAttr(), tables));
}

LogicalResult LiftedOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyAll(*this,
                   {{getInstanceAttr(), SymbolSort::instance},
                    {getFunctionAttr(), SymbolSort::function},
                    {getCallbackAttr(), SymbolSort::function},
                    {getStepAttr(), SymbolSort::function},
                    {getMemoryAttr(), SymbolSort::memory},
                    {getReallocAttr(), SymbolSort::function},
                    {getPostReturnAttr(), SymbolSort::function}},
                   tables);
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
  if (failed(verifyAll(*this,
                       {{getInstanceAttr(), SymbolSort::instance},
                        {getFunctionAttr(), SymbolSort::callee},
                        {getMemoryAttr(), SymbolSort::memory},
                        {getReallocAttr(), SymbolSort::function},
                        {getStartThunkAttr(), SymbolSort::function},
                        {getReturnThunkAttr(), SymbolSort::function}},
                       table)))
    return failure();
  FuncType type =
      getCalleeType(table.lookupNearestSymbolFrom(*this, getFunctionAttr()));
  bool memory64 = hasMemory64(*this, getMemoryAttr(), table);
  if (failed(verifyLoweredType(*this, type, memory64)))
    return failure();
  return verifyMemoryOption(*this, type, getAsync(), bool(getMemoryAttr()));
}

LogicalResult HostFuncOp::verifySymbolUses(SymbolTableCollection &) {
  return success();
}

LogicalResult ExportFuncOp::verifySymbolUses(SymbolTableCollection &table) {
  return verifySymbolUse(*this, getFunctionAttr(), SymbolSort::callee, table);
}

LogicalResult ResourceOp::verifySymbolUses(SymbolTableCollection &table) {
  return verifyAll(*this,
                   {{getInstanceAttr(), SymbolSort::instance},
                    {getDtorAttr(), SymbolSort::function}},
                   table);
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

// The type is of the kind that the immediate speaks of.
static LogicalResult verifyTypeKind(CanonicalOp op,
                                    const BuiltinInfo &builtin) {
  Type type = op.getType().value_or(Type());
  struct Kind {
    StringRef immediate, wanted;
    bool found;
  } kinds[] = {
      {"stream", "a stream type", isa_and_present<StreamType>(type)},
      {"future", "a future type", isa_and_present<FutureType>(type)},
      {"resource", "`own` of a resource", isa_and_present<OwnType>(type)},
      {"context", "i32 or i64",
       type && (type.isInteger(32) || type.isInteger(64))},
  };
  for (const Kind &kind : kinds)
    if (builtin.hasImmediate(kind.immediate) && !kind.found)
      return emitRule(op, Rule::builtin_words)
             << "`" << builtin.SpecName << "` wants " << kind.wanted
             << ", found " << type;
  return success();
}

LogicalResult CanonicalOp::verify() {
  const BuiltinInfo &builtin = lookupBuiltin(getBuiltin());
  if (failed(verifyWords(*this, builtin)) ||
      failed(verifyTypeKind(*this, builtin)))
    return failure();
  return success();
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
