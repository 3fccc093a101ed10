//===- SymbolUses.cpp - what a symbol has to name ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Component/IR/SymbolUses.h"
#include "meld/Support/Rules.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Support/Diagnostics.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

// Task types are of a dialect above this one, and known by an attribute. In a
// generated module, a component function is an import.
FuncType meld::component::getCalleeType(Operation *op) {
  Type type;
  if (auto lifted = dyn_cast<LiftedOp>(op))
    type = lifted.getType();
  else if (auto host = dyn_cast<HostFuncOp>(op))
    type = host.getType();
  else if (auto entity = dyn_cast<wasm::EntityOpInterface>(op))
    type = entity.getEntityType();
  else if (auto attribute = op->getAttrOfType<TypeAttr>("function_type"))
    type = attribute.getValue();
  return dyn_cast_if_present<FuncType>(type);
}

bool meld::component::needsMemory(FuncType type, bool async) {
  SmallVector<Type> params;
  for (Type param : type.getParams())
    flattenType(param, params);
  if (params.size() > (async ? maxFlatAsyncParams : maxFlatParams) ||
      llvm::any_of(type.getParams(), holdsPointers))
    return true;
  Type result = type.getResult();
  if (!result || async || holdsPointers(result))
    return bool(result);
  SmallVector<Type> results;
  flattenType(result, results);
  return results.size() > maxFlatResults;
}

LogicalResult meld::component::verifyMemoryOption(Operation *user,
                                                  FuncType type, bool async,
                                                  bool memory) {
  if (memory || !needsMemory(type, async))
    return success();
  return emitRule(user, Rule::option_missing)
         << "wants option `memory`: values of the function lie there";
}

static bool isSort(Operation *op, SymbolSort sort) {
  auto entity = dyn_cast<wasm::EntityOpInterface>(op);
  Type type = entity ? entity.getEntityType() : Type();
  switch (sort) {
  case SymbolSort::instance:
    return isa<InstanceOfOp>(op);
  case SymbolSort::function:
    return isa_and_present<FunctionType>(type);
  case SymbolSort::memory:
    return isa_and_present<wasm::MemoryType>(type);
  case SymbolSort::table:
    return isa_and_present<wasm::TableType>(type);
  case SymbolSort::module:
    return isa<wasm::ModuleOp>(op);
  case SymbolSort::callee:
    return bool(getCalleeType(op));
  }
  llvm_unreachable("every sort is above");
}

static StringRef getNoun(SymbolSort sort) {
  switch (sort) {
  case SymbolSort::instance:
    return "a component instance";
  case SymbolSort::function:
    return "a core function";
  case SymbolSort::memory:
    return "a memory";
  case SymbolSort::table:
    return "a table";
  case SymbolSort::module:
    return "a core module";
  case SymbolSort::callee:
    return "a component function";
  }
  llvm_unreachable("every sort is above");
}

LogicalResult meld::component::verifySymbolUse(Operation *user,
                                               FlatSymbolRefAttr symbol,
                                               SymbolSort sort,
                                               SymbolTableCollection &tables) {
  if (!symbol)
    return success();
  Operation *op = tables.lookupNearestSymbolFrom(user, symbol);
  if (!op)
    return emitRule(user, Rule::symbol_missing)
           << "wants a symbol of the root, found " << quoted(symbol.getValue());
  if (isSort(op, sort))
    return success();
  Rule rule = sort == SymbolSort::instance ? Rule::instance_symbol
                                           : Rule::symbol_missing;
  RuleDiag diag = emitRule(user, rule);
  diag << "wants " << getNoun(sort) << ", found " << quoted(symbol.getValue());
  if (sort != SymbolSort::instance)
    diag << ", a `" << op->getName().getStringRef() << "`";
  return diag;
}
