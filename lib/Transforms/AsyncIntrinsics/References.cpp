//===- References.cpp - what the symbols of intrinsics name -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "References.h"
#include "../TypeWords.h"
#include "RuntimeFunctions.h"
#include "meld/Support/Rules.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Support/Diagnostics.h"

using namespace mlir;
using namespace meld;
using namespace meld::async_intrinsic;
using namespace meld::lowering;

namespace {
/// What an attribute of some operation wants to find behind its symbol; an
/// `instance` has to be there.
enum Wanted { instance, callee, function, memory, table, anInstance };
struct Reference {
  StringLiteral attribute;
  Wanted wanted;
};
} // namespace

static constexpr Reference references[] = {
    {"instance", instance},     {"callee", callee},
    {"entry", function},        {"callback", function},
    {"step", function},         {"realloc", function},
    {"post_return", function},  {"start", function},
    {"return_thunk", function}, {"memory", memory},
    {"source", memory},         {"target", memory},
    {"caller", instance},       {"writer", anInstance},
    {"reader", anInstance},     {"table", table},
};

static bool isWanted(Operation *op, Wanted wanted) {
  auto entity = dyn_cast_if_present<wasm::EntityOpInterface>(op);
  switch (wanted) {
  case instance:
  case anInstance:
    return isa_and_present<component::InstanceOfOp>(op);
  case callee:
    return isa_and_present<TaskTypeOp, component::LiftedOp,
                           component::HostFuncOp>(op);
  case function:
    return entity && isa<FunctionType>(entity.getEntityType());
  case memory:
    return entity && isa<wasm::MemoryType>(entity.getEntityType());
  case table:
    return entity && isa<wasm::TableType>(entity.getEntityType());
  }
  llvm_unreachable("a kind of reference");
}

static StringRef describe(Wanted wanted) {
  switch (wanted) {
  case instance:
  case anInstance:
    return "a component instance";
  case callee:
    return "a task type, lift or function of the host";
  case function:
    return "a core function";
  case memory:
    return "a memory";
  case table:
    return "a table";
  }
  llvm_unreachable("a kind of reference");
}

static LogicalResult check(Operation *op, SymbolTable &symbols) {
  for (const Reference &reference : references) {
    auto symbol = op->getAttrOfType<FlatSymbolRefAttr>(reference.attribute);
    bool missing = !symbol && reference.wanted == instance &&
                   llvm::is_contained(op->getName().getAttributeNames(),
                                      reference.attribute);
    if (missing || (symbol && !isWanted(symbols.lookup(symbol.getAttr()),
                                        reference.wanted)))
      return emitRule(op, Rule::intrinsic_reference)
             << '`' << reference.attribute << "` names "
             << describe(reference.wanted) << ", found "
             << (symbol ? quoted(symbol.getValue()) : "nothing");
  }
  return success();
}

/// Checks the component types of `op`, which the dialect takes as they come.
static LogicalResult checkTypes(Operation *op) {
  auto type = op->getAttrOfType<TypeAttr>("type");
  bool ofStream =
      isa<StreamNewOp, StreamReadOp, StreamWriteOp, StreamCancelReadOp,
          StreamCancelWriteOp, StreamDropReadableOp, StreamDropWritableOp>(op);
  if (ofStream && !isa<component::StreamType>(type.getValue()))
    return emitRule(op, Rule::intrinsic_reference)
           << "the type is that of a stream, found "
           << printable(type.getValue());
  bool ofFuture =
      isa<FutureNewOp, FutureReadOp, FutureWriteOp, FutureCancelReadOp,
          FutureCancelWriteOp, FutureDropReadableOp, FutureDropWritableOp>(op);
  if (ofFuture && !isa<component::FutureType>(type.getValue()))
    return emitRule(op, Rule::intrinsic_reference)
           << "the type is that of a future, found "
           << printable(type.getValue());
  if (isa<CopyOp>(op) &&
      !isa<component::StreamType, component::FutureType>(type.getValue()))
    return emitRule(op, Rule::intrinsic_reference)
           << "the type is that of a stream or future, found "
           << printable(type.getValue());
  auto function = op->getAttrOfType<TypeAttr>("function_type");
  if (function && !isa<component::FuncType>(function.getValue()))
    return emitRule(op, Rule::intrinsic_reference)
           << "the type is that of a component function, found "
           << printable(function.getValue());
  return success();
}

/// Whether `op` has a name that the pass gives to what it makes, and is
/// something else: `rt.memory`, `rt.table`, `rt.trap`, `rt.` and a function of
/// the runtime, `host.` and one of the host. What a run of the pass has made
/// before is no misuse.
static bool misusesReserved(Operation &op, StringRef symbol) {
  auto entity = dyn_cast<wasm::EntityOpInterface>(op);
  Type type = entity ? entity.getEntityType() : Type();
  if (symbol == memorySymbol)
    return !isa_and_present<wasm::MemoryType>(type);
  if (symbol == tableSymbol)
    return !isa_and_present<wasm::TableType>(type);
  Builder b(op.getContext());
  if (symbol == trapSymbol)
    return type != b.getFunctionType({b.getI32Type(), b.getI32Type()}, {});
  if (symbol.consume_front("rt."))
    return isRuntimeFunction(symbol) &&
           type != getRuntimeFunctionType(op.getContext(), symbol);
  return symbol.starts_with("host.") && !isa<wasm::ImportOp>(op);
}

static LogicalResult checkReserved(component::RootOp root) {
  for (Operation &op : root.getBody().front()) {
    StringAttr symbol = SymbolTable::getSymbolName(&op);
    if (symbol && misusesReserved(op, symbol))
      return emitRule(&op, Rule::intrinsic_reference)
             << quoted(symbol.getValue())
             << " is a name of Meld's own, for something else";
  }
  return success();
}

LogicalResult meld::lowering::checkReferences(component::RootOp root) {
  if (failed(checkReserved(root)))
    return failure();
  SymbolTable symbols(root);
  WalkResult result = root.walk([&](Operation *op) {
    if (!isa<AsyncIntrinsicDialect>(op->getDialect()))
      return WalkResult::advance();
    return WalkResult(
        failure(failed(check(op, symbols)) || failed(checkTypes(op))));
  });
  return failure(result.wasInterrupted());
}
