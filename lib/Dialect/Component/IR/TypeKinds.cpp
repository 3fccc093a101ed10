//===- TypeKinds.cpp - the kind of type that an op takes --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All type definitions are values of one sort. What an op takes of them is
// checked as far as the definition can be seen: of an alias of an instance only
// the validator of the whole component, or evaluation, knows what it is.
//
//===----------------------------------------------------------------------===//

#include "Verify.h"
#include "meld/Support/Rules.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

/// How many names of a type are followed to its definition: a chain of them
/// costs each op that many steps.
static constexpr unsigned followedNames = 64;

/// The op that defines the type that `value` names; null where it is unknown.
static Operation *definitionOf(Value value) {
  for (unsigned step = 0; step < followedNames; ++step) {
    Operation *op = value.getDefiningOp();
    if (!op || isa<AliasOp>(op))
      return nullptr;
    value =
        llvm::TypeSwitch<Operation *, Value>(op)
            .Case([](AliasOuterOp o) { return o.getValue(); })
            .Case<ImportOp, ExportDeclOp>([](auto o) { return o.getType(); })
            .Case([](ExportOp o) {
              if (o.getAbstract())
                return Value();
              return o.getAscribed() ? o.getAscribed() : o.getValue();
            })
            .Default(Value());
    if (!value)
      return op;
  }
  return nullptr;
}

static bool isValueType(Operation *op) {
  return isa<TypePrimitiveOp, TypeStreamOp, TypeFutureOp, TypeOptionOp,
             TypeListOp, TypeMapOp, TypeResultOp, TypeRecordOp, TypeVariantOp,
             TypeTupleOp, TypeFlagsOp, TypeEnumOp, TypeOwnOp, TypeBorrowOp>(op);
}

/// A definition, or the place where an abstract type was given its name.
static bool isResource(Operation *op) {
  return isa<TypeResourceOp, ImportOp, ExportDeclOp, ExportOp>(op);
}

template <typename Op> static bool isOp(Operation *op) { return isa<Op>(op); }

namespace {
/// What an op wants its types to be.
struct Demand {
  StringRef noun;
  bool (*fits)(Operation *definition);
};
} // namespace

static constexpr Demand aValue = {"a value type", isValueType};
static constexpr Demand aFunction = {"a function type", isOp<TypeFuncOp>};
static constexpr Demand aResource = {"a resource type", isResource};
static constexpr Demand aStream = {"a stream type", isOp<TypeStreamOp>};
static constexpr Demand aFuture = {"a future type", isOp<TypeFutureOp>};
static constexpr Demand anInstance = {"an instance type", isOp<TypeInstanceOp>};
static constexpr Demand aComponent = {"a component type",
                                      isOp<TypeComponentOp>};
static constexpr Demand aCoreModule = {"a core module type",
                                       isOp<TypeCoreModuleOp>};

static const Demand *demandOf(CanonDefinition op) {
  static constexpr std::pair<StringRef, const Demand *> words[] = {
      {"resource", &aResource},
      {"stream", &aStream},
      {"future", &aFuture},
      {"result", &aValue}};
  const BuiltinInfo &row = lookupBuiltin(op.getBuiltin());
  for (auto [word, demand] : words)
    if (row.hasImmediate(word))
      return demand;
  return nullptr;
}

/// What the type of an import or export of this sort is; that of a type may be
/// any.
static const Demand *demandOfSort(Type sort) {
  return llvm::TypeSwitch<Type, const Demand *>(sort)
      .Case([](FuncSortType) { return &aFunction; })
      .Case([](InstanceSortType) { return &anInstance; })
      .Case([](ComponentSortType) { return &aComponent; })
      .Case([](CoreModuleSortType) { return &aCoreModule; })
      .Case([](ValueSortType) { return &aValue; })
      .Default(nullptr);
}

static const Demand *demandOf(Operation *op) {
  if (isa<TypeOwnOp, TypeBorrowOp>(op))
    return &aResource;
  if (isa<LiftOp>(op))
    return &aFunction;
  if (isa<ImportOp, ExportDeclOp, ExportOp>(op))
    return demandOfSort(op->getResult(0).getType());
  if (auto canon = dyn_cast<CanonDefinition>(op))
    return demandOf(canon);
  return isValueType(op) || isa<TypeFuncOp, ValueOp>(op) ? &aValue : nullptr;
}

static LogicalResult verifyKind(Operation *op, Value type,
                                const Demand &demand) {
  Operation *definition = definitionOf(type);
  if (!definition || demand.fits(definition))
    return success();
  RuleDiag diag = emitRule(op, Rule::type_kind);
  diag << "wants " << demand.noun << ", found ";
  if (isResource(definition))
    diag << "a resource type";
  else
    diag << "a `" << definition->getName().getStringRef() << "`";
  diag.attachNote(definition->getLoc()) << "the type is defined here";
  return diag;
}

LogicalResult meld::component::verifyTypeKinds(Block &definitions) {
  bool isValid = true;
  for (Operation &op : definitions)
    if (const Demand *demand = demandOf(&op))
      for (Value operand : op.getOperands())
        if (isa<TypeSortType, CoreTypeSortType>(operand.getType()))
          isValid &= succeeded(verifyKind(&op, operand, *demand));
  return success(isValid);
}
