//===- Check.cpp - what merging cannot carry out ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "meld/Support/Rules.h"

#include "../TypeWords.h"
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Component/IR/SymbolUses.h"
#include "meld/Support/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;

/// Component instances, resource types and names of types are facts, they leave
/// no code.
static bool isMergeable(Operation *op) {
  return isa<component::InstanceOfOp, component::ResourceOp,
             component::TypeNameOp>(op) ||
         isa_and_nonnull<wasm::WasmDialect>(op->getDialect());
}

static std::string stringifyHandle(Type type) {
  return llvm::TypeSwitch<Type, std::string>(type)
      .Case([](component::OwnType) { return "`own`"; })
      .Case([](component::BorrowType) { return "`borrow`"; })
      .Case([](component::FutureType) { return "a future"; })
      .Case([](component::StreamType) { return "a stream"; })
      .Default([](Type) { return "a handle"; });
}

/// "`stream<string>`"
static std::string stringifyStream(Type type) {
  std::string text = printable(type);
  StringRef name = text;
  if (!name.consume_front("'!component."))
    return text;
  name.consume_back("'");
  return ("`" + name + "`").str();
}

/// What of a function's values does not pass the edge; empty for nothing known.
static StringRef findUnpassable(Type type) {
  StringRef found;
  TypeAttr::get(type).walk([&](Type inner) {
    if (isa<component::ErrorContextType>(inner)) {
      found = "error contexts";
      return WalkResult::interrupt();
    }
    if (isa<component::StreamType>(inner))
      found = "streams";
    else if (isa<component::FutureType>(inner))
      found = "futures";
    return WalkResult::advance();
  });
  return found;
}

/// "export "run" of type `func() -> stream<u8>` (streams do not pass to or from
/// the host yet)".
static std::string describeEdge(StringRef word, StringRef name, Type type) {
  std::string text =
      (word + " " + quoted(name) + " of type " + printable(type)).str();
  StringRef what = findUnpassable(type);
  if (!what.empty())
    text += (" (" + what + " do not pass to or from the host yet)").str();
  return text;
}

static std::string describeExport(component::ExportFuncOp op) {
  Operation *callee =
      SymbolTable::lookupNearestSymbolFrom(op, op.getFunctionAttr());
  return describeEdge("export", op.getName(), component::getCalleeType(callee));
}

static std::string describeImport(component::HostFuncOp op) {
  StringRef interface = op.getInterface();
  std::string name =
      (interface + (interface.empty() ? "" : "#") + op.getName()).str();
  return describeEdge("import", name, op.getFuncType());
}

/// What a user knows the operation by: a built-in by its name in the spec.
static std::string describe(Operation *op) {
  if (auto exported = dyn_cast<component::ExportFuncOp>(op))
    return describeExport(exported);
  if (auto imported = dyn_cast<component::HostFuncOp>(op))
    return describeImport(imported);
  if (auto canonical = dyn_cast<component::CanonicalOp>(op)) {
    const auto &row = component::lookupBuiltin(canonical.getBuiltin());
    bool sync = row.hasOption("async") && !canonical.getAsync();
    return (Twine(sync ? "synchronous `" : "`") + row.SpecName + "`").str();
  }
  if (auto copy = dyn_cast<async_intrinsic::CopyOp>(op))
    return "copying of the elements of " + stringifyStream(copy.getType());
  if (isa<async_intrinsic::TransferOp>(op))
    return "passing of " +
           stringifyHandle(op->getAttrOfType<TypeAttr>("type").getValue());
  if (auto task = dyn_cast<async_intrinsic::TaskTypeOp>(op))
    if (task.getAsync() && !task.getStepAttr() && !task.getCallbackAttr())
      return "asynchronous `lift` without a callback";
  if (auto lifted = dyn_cast<component::LiftedOp>(op))
    return lifted.getAsync() ? "asynchronous `lift`" : "`lift`";
  if (auto lowered = dyn_cast<component::LoweredOp>(op))
    return lowered.getAsync() ? "asynchronous `lower`" : "`lower`";
  return "`" + op->getName().getStringRef().str() + "`";
}

namespace {
/// Operations that are left, by what they are: the first, and how many.
struct Kind {
  Operation *first = nullptr;
  unsigned count = 0;
};
} // namespace

/// Names each kind in the message, with a note at the first of each.
static LogicalResult refuse(component::RootOp root,
                            ArrayRef<Operation *> left) {
  llvm::StringMap<unsigned> numbers;
  SmallVector<std::pair<std::string, Kind>> kinds;
  for (Operation *op : left) {
    std::string name = describe(op);
    auto [number, isNew] = numbers.try_emplace(name, kinds.size());
    if (isNew)
      kinds.push_back({name, {op, 0}});
    ++kinds[number->second].second.count;
  }
  RuleDiag diag = emitRule(root.getLoc(), Rule::not_lowered)
                  << "what is not lowered cannot be merged: ";
  llvm::ListSeparator comma;
  for (auto &[name, kind] : kinds) {
    diag << StringRef(comma) << name;
    if (kind.count > 1)
      diag << " (" << kind.count << ")";
  }
  for (auto &[name, kind] : kinds) {
    Diagnostic &note = diag.attachNote(kind.first->getLoc());
    note << name;
    if (isa<component::HostFuncOp>(kind.first))
      continue; // its name is in it
    if (auto symbol = SymbolTable::getSymbolName(kind.first))
      note << " " << quoted(symbol.getValue());
    else if (auto function = kind.first->getParentOfType<wasm::FuncOp>())
      note << " in " << quoted(function.getSymName());
  }
  return diag;
}

/// Whether `op` only stands for one of `edge`, functions that the root imports
/// or lifts for its exports: it is those that a user knows.
static bool isForEdge(Operation *op, const llvm::DenseSet<Attribute> &edge) {
  if (isa<component::LiftedOp, async_intrinsic::TaskTypeOp>(op))
    return edge.contains(SymbolTable::getSymbolName(op));
  for (StringRef name : {"callee", "function"})
    if (auto callee = op->getAttrOfType<FlatSymbolRefAttr>(name))
      return !isa<component::ExportFuncOp>(op) &&
             edge.contains(callee.getAttr());
  return false;
}

LogicalResult merge::checkLowered(component::RootOp root) {
  if (!root.getFlattened())
    return emitRule(root, Rule::not_lowered)
           << "is not flattened: `--component-flatten` comes before";
  llvm::DenseSet<Attribute> edge;
  for (auto op : root.getBody().getOps<component::ExportFuncOp>())
    edge.insert(op.getFunctionAttr().getAttr());
  for (auto op : root.getBody().getOps<component::HostFuncOp>())
    edge.insert(op.getSymNameAttr());
  SmallVector<Operation *> left;
  root.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isMergeable(op))
      return isa<wasm::ModuleOp>(op) ? WalkResult::skip()
                                     : WalkResult::advance();
    if (!isForEdge(op, edge))
      left.push_back(op);
    return WalkResult::skip();
  });
  return left.empty() ? success() : refuse(root, left);
}

LogicalResult merge::checkTarget(const Program &program,
                                 const llvm::BitVector &live) {
  component::RootOp root = program.getRoot();
  if (root.getTargetOrDefault().getStackful() ==
      component::StackfulMode::refuse)
    return emitRule(root.getLoc(), Rule::unsupported_feature)
           << "the target option `stackful = refuse` is not there yet, because "
              "which calls may block cannot be told; `trap` traps where one "
              "would";
  if (root.getTargetOrDefault().getStackful() ==
          component::StackfulMode::fiber &&
      root.getTargetOrDefault().getEdge() == component::EdgeMode::component)
    return emitRule(root.getLoc(), Rule::unsupported_feature)
           << "the target options `stackful = fiber` and `edge = component` do "
              "not go together: a component has no host that switches stacks";
  if (root.getTargetOrDefault().getMemory() != component::MemoryMode::single)
    return success();
  unsigned memories = 0;
  for (auto [id, entity] : llvm::enumerate(program.entities))
    memories += entity.space == Space::Memory && live.test(id);
  if (memories < 2)
    return success();
  return emitRule(root.getLoc(), Rule::unsupported_feature)
         << "the target option `memory = single` is not there yet for programs "
            "of several memories: "
         << quoted(root.getSymName()) << " has " << memories;
}
