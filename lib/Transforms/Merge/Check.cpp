//===- Check.cpp - what merging cannot carry out ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "meld/Support/Rules.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Support/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;

/// Component instances and resource types are facts, they leave no code.
static bool isMergeable(Operation *op) {
  return isa<component::InstanceOfOp, component::ResourceOp>(op) ||
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
  std::string text;
  llvm::raw_string_ostream(text) << type;
  StringRef name = text;
  name.consume_front("!component.");
  return ("`" + name + "`").str();
}

/// What a user knows the operation by: a built-in by its name in the spec.
static std::string describe(Operation *op) {
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
    if (auto symbol = SymbolTable::getSymbolName(kind.first))
      note << " " << quoted(symbol.getValue());
    else if (auto function = kind.first->getParentOfType<wasm::FuncOp>())
      note << " in " << quoted(function.getSymName());
  }
  return diag;
}

LogicalResult merge::checkLowered(component::RootOp root) {
  if (!root.getFlattened())
    return emitRule(root, Rule::not_lowered)
           << "is not flattened: `--component-flatten` comes before";
  SmallVector<Operation *> left;
  root.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isMergeable(op))
      return isa<wasm::ModuleOp>(op) ? WalkResult::skip()
                                     : WalkResult::advance();
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
    return emitRule(root, Rule::unsupported_feature)
           << "has the target option `stackful = refuse`: which calls may "
              "block cannot be told yet";
  if (root.getTargetOrDefault().getMemory() != component::MemoryMode::single)
    return success();
  unsigned memories = 0;
  for (auto [id, entity] : llvm::enumerate(program.entities))
    memories += entity.space == Space::Memory && live.test(id);
  if (memories < 2)
    return success();
  return emitRule(root, Rule::unsupported_feature)
         << "has " << memories
         << " memories, and the target option `memory = single` cannot put "
            "them into one yet";
}
