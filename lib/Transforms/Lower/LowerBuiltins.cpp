//===- LowerBuiltins.cpp - built-ins become functions -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerBuiltins.h"

#include "BuiltinBody.h"
#include "FunctionTypes.h"
#include "GeneratedModule.h"
#include "LowerOnly.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

static std::optional<Builtin> getBuiltin(Operation *op) {
  if (auto definition = dyn_cast<CanonDefinition>(op))
    return definition.getBuiltin();
  if (auto canonical = dyn_cast<CanonicalOp>(op))
    return canonical.getBuiltin();
  return std::nullopt;
}

static void buildFunction(wasm::FuncOp func, const BuiltinUse &use) {
  ImplicitLocOpBuilder b(func.getLoc(), func.getContext());
  buildBuiltinBody(b, func.getBody().front(), use);
}

//===----------------------------------------------------------------------===//
// Before flatten
//===----------------------------------------------------------------------===//

/// The type that the definition names: a value, a primitive's keyword, or the
/// core type of a context slot. Null for none; fails if it is not known here.
static FailureOr<Type> getType(CanonDefinition definition) {
  if (Value value = definition.getTypeImmediate())
    return resolveType(value);
  if (auto get = dyn_cast<ContextGetOp>(*definition))
    return get.getType();
  if (auto set = dyn_cast<ContextSetOp>(*definition))
    return set.getType();
  if (auto ret = dyn_cast<TaskReturnOp>(*definition))
    if (StringAttr keyword = ret.getPrimAttr())
      return getPrimitive(ret.getContext(), keyword);
  return Type();
}

static int32_t getSlot(Operation *op) {
  if (auto get = dyn_cast<ContextGetOp>(op))
    return get.getSlot();
  if (auto set = dyn_cast<ContextSetOp>(op))
    return set.getSlot();
  return 0;
}

/// All but memory and realloc, which need symbols first.
static FailureOr<BuiltinUse> describe(CanonDefinition definition) {
  BuiltinUse use;
  use.builtin = definition.getBuiltin();
  use.async = definition.isAsync();
  use.encoding = definition.getEncodingOption().value_or(StringEncoding::utf8);
  use.slot = getSlot(definition);
  use.cancellable = definition->hasAttr("cancellable");
  FailureOr<Type> type = getType(definition);
  if (failed(type) || !canBuildBody(use))
    return failure();
  use.type = *type;
  return use;
}

/// (old pointer, old bytes, alignment, bytes) -> pointer
static FunctionType getReallocType(MLIRContext *context) {
  Type i32 = IntegerType::get(context, 32);
  return FunctionType::get(context, {i32, i32, i32, i32}, i32);
}

static LogicalResult lower(SymbolTable &symbols, CanonDefinition definition) {
  FailureOr<BuiltinUse> use = describe(definition);
  FailureOr<FunctionType> type = definition.getCoreType();
  if (failed(use) || failed(type))
    return failure();
  StringRef name = stringifyBuiltin(use->builtin);
  GeneratedModule module(symbols, definition, name);
  if (Value memory = definition.getMemoryOption())
    use->memory = module.import(
        "memory", memory, wasm::MemoryType::get(definition.getContext(), 0));
  if (Value realloc = definition.getReallocOption())
    use->realloc = module.import("realloc", realloc,
                                 getReallocType(definition.getContext()));
  buildFunction(module.function(name, *type), *use);
  definition->getResult(0).replaceAllUsesWith(module.instantiate().front());
  definition->erase();
  return success();
}

//===----------------------------------------------------------------------===//
// After flatten
//===----------------------------------------------------------------------===//

static LogicalResult lower(SymbolTable &symbols, CanonicalOp op) {
  BuiltinUse use;
  use.builtin = op.getBuiltin();
  use.type =
      op.getCoreType() ? *op.getCoreType() : op.getType().value_or(Type());
  use.memory = op.getMemoryAttr();
  use.realloc = op.getReallocAttr();
  use.table = op.getTableAttr();
  use.instance = op.getInstanceAttr();
  use.encoding = op.getStringEncoding().value_or(StringEncoding::utf8);
  use.slot = op.getSlot().value_or(0);
  use.async = op.getAsync();
  use.cancellable = op.getCancellable();
  if (!canBuildBody(use))
    return failure();
  // Buffers and events are in 32-bit memories; so far, only results are in any.
  if (use.builtin != Builtin::task_return && isMemory64(symbols, use.memory))
    return failure();
  OpBuilder b(op);
  auto func = wasm::FuncOp::create(b, op.getLoc(), op.getSymName(),
                                   cast<FunctionType>(op.getFunctionType()));
  buildFunction(func, use);
  symbols.erase(op);
  symbols.insert(func);
  return success();
}

unsigned meld::lowerBuiltins(RootOp root, StringRef family,
                             ArrayRef<std::string> only,
                             function_ref<void(CanonicalOp)> about) {
  SmallVector<Operation *> work;
  root.walk([&](Operation *op) {
    std::optional<Builtin> builtin = getBuiltin(op);
    if (builtin && StringRef(lookupBuiltin(*builtin).Family) == family &&
        isWanted(op, only))
      work.push_back(op);
  });
  SymbolTable symbols(root);
  unsigned lowered = 0;
  for (Operation *op : work) {
    auto definition = dyn_cast<CanonDefinition>(op);
    if (about && !definition)
      about(cast<CanonicalOp>(op));
    lowered += succeeded(definition ? lower(symbols, definition)
                                    : lower(symbols, cast<CanonicalOp>(op)));
  }
  return lowered;
}
