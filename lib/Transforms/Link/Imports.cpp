//===- Imports.cpp - imports of the result of linking -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The type of an import stands in the component that has the import. The result
// imports it too, so the definitions of the type are copied: those that it
// uses, back to imports, whose place is taken by what they are given. An
// interface that several inputs import is seldom the same in all of them: tools
// leave out what a component does not use. So the result imports all that one
// of them wants.
//
//===----------------------------------------------------------------------===//

#include "Linker.h"
#include "meld/Support/Rules.h"

#include "meld/Support/Versions.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::link;

/// Copies what `op` uses of the input's definitions.
LogicalResult Linker::copyUsed(Operation *op, Input &input) {
  Region *body = &input.component.getBody();
  WalkResult walk = op->walk([&](Operation *inner) {
    for (Value value : inner->getOperands())
      if (value.getParentRegion() == body && failed(copy(value, input)))
        return WalkResult::interrupt();
    return WalkResult::advance();
  });
  return failure(walk.wasInterrupted());
}

/// The value in the result that stands for `value` of the input.
FailureOr<Value> Linker::copy(Value value, Input &input) {
  if (Value known = input.outside.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  if (auto import = dyn_cast<ImportOp>(op)) {
    FailureOr<Value> given = argument(input, import);
    if (succeeded(given))
      input.outside.map(value, *given);
    return given;
  }
  if (auto exported = dyn_cast<ExportOp>(op))
    return copy(exported.getValue(), input);
  StringRef dialectOp = op->getName().stripDialect();
  bool isType = dialectOp.starts_with("type.") && !isa<TypeResourceOp>(op);
  if (!isType && !isa<AliasOp, BundleOp>(op)) {
    RuleDiag diag = emitRule(op->getLoc(), Rule::link_import_type)
                    << "type of an import that can be said outside "
                    << quoted(input.name()) << ": found `component."
                    << dialectOp << "`";
    return FailureOr<Value>(diag);
  }
  if (failed(copyUsed(op, input)))
    return failure();
  return builder.clone(*op, input.outside)->getResult(0);
}

/// An instance type that has every export of the types that are wanted.
Value Linker::mergeTypes(OuterImport &outer) {
  Location loc = outer.wanted.front().second.getType().getLoc();
  OperationState state(loc, TypeInstanceOp::getOperationName());
  state.addTypes(TypeSortType::get(builder.getContext()));
  state.addRegion()->emplaceBlock();
  auto merged = cast<TypeInstanceOp>(builder.create(state));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&merged.getBody().front());
  llvm::StringMap<Value> exports;
  for (auto [input, import] : outer.wanted) {
    auto type = import.getType().getDefiningOp<TypeInstanceOp>();
    IRMapping mapping = input->outside;
    for (Operation &op : type.getBody().front()) {
      auto declared = dyn_cast<ExportDeclOp>(op);
      Value known = declared ? exports.lookup(declared.getName()) : Value();
      if (known) {
        mapping.map(declared.getResult(), known);
        continue;
      }
      Operation *copied = builder.clone(op, mapping);
      if (declared)
        exports[declared.getName()] = copied->getResult(0);
    }
  }
  return merged;
}

/// The type of the import in the result, which has one.
FailureOr<Value> Linker::importType(OuterImport &outer) {
  auto [input, import] = outer.wanted.front();
  bool all = llvm::all_of(outer.wanted, [](auto &wanted) {
    Value type = wanted.second.getType();
    return type && type.template getDefiningOp<TypeInstanceOp>();
  });
  if (!all || outer.wanted.size() == 1)
    return copy(import.getType(), *input);
  for (auto [input, import] : outer.wanted)
    if (failed(copyUsed(import.getType().getDefiningOp(), *input)))
      return failure();
  return mergeTypes(outer);
}

FailureOr<Value> Linker::outerImport(OuterImport &outer) {
  if (outer.state == State::done)
    return outer.value;
  auto [input, import] = outer.wanted.front();
  if (outer.state == State::open)
    return FailureOr<Value>(
        emitRule(import.getLoc(), Rule::link_cycle)
        << "imports do not need each other's types in a circle: the type of "
        << quoted(import.getName()) << " depends on itself");
  outer.state = State::open;
  Value type;
  if (import.getType()) {
    FailureOr<Value> found = importType(outer);
    if (failed(found))
      return failure();
    type = *found;
  }
  ImportOp newest = import;
  for (auto [input, other] : outer.wanted)
    if (isNewerVersion(other.getName(), newest.getName()))
      newest = other;
  auto made = cast<ImportOp>(builder.cloneWithoutRegions(*import));
  made.setNameAttr(newest.getNameAttr());
  made.setVersionSuffixAttr(newest.getVersionSuffixAttr());
  if (type)
    made.getTypeMutable().assign(type);
  outer.value = made;
  outer.state = State::done;
  return outer.value;
}
