//===- ScopeOps.cpp - components, instances, aliases, imports, exports -*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "Verify.h"
#include "meld/Dialect/Component/IR/SymbolUses.h"
#include "meld/Support/Rules.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentScopeOps.cpp.inc"

void ComponentDialect::registerScopeOps() {
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/Component/IR/ComponentScopeOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

LogicalResult RootOp::verifyRegions() {
  if (!getFlattened())
    return verifyTypeKinds(getBody().front());
  for (Operation &op : getBody().front())
    if (op.getNumResults())
      return emitRule(&op, Rule::flattened_root)
             << "a flattened root holds symbols, found a definition";
  return success();
}

TargetAttr RootOp::getTargetOrDefault() {
  if (auto target = getTargetAttr())
    return target;
  return TargetAttr::getDefault(getContext());
}

LogicalResult ComponentOp::verifyRegions() { return verifyScope(*this); }

LogicalResult CustomOp::verify() {
  if (getBytes().has_value() != getContent().has_value())
    return success();
  return emitRule(*this, Rule::custom_content)
         << "wants either a text or `bytes`";
}

LogicalResult CoreModuleOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifySymbolUse(*this, getModuleAttr(), SymbolSort::module, tables);
}

//===----------------------------------------------------------------------===//
// Instances
//===----------------------------------------------------------------------===//

LogicalResult CoreInstantiateOp::verify() {
  return verifyNames(*this, getNames(), getArgs().size());
}
LogicalResult CoreBundleOp::verify() {
  return verifyNames(*this, getNames(), getArgs().size());
}
LogicalResult InstantiateOp::verify() {
  return verifyNames(*this, getNames(), getArgs().size());
}
LogicalResult BundleOp::verify() {
  if (std::optional<ArrayAttr> attributes = getMemberAttributes())
    if (attributes->size() != getArgs().size())
      return emitRule(*this, Rule::name_count)
             << "wants attributes for each of " << getArgs().size()
             << " values, found " << attributes->size();
  return verifyNames(*this, getNames(), getArgs().size());
}

//===----------------------------------------------------------------------===//
// Imports and exports
//===----------------------------------------------------------------------===//

// The type `type` of a definition of sort `sort` has the sort that goes with
// it.
static LogicalResult verifyTypeSort(Operation *op, Value type, Type sort) {
  if (isa<ValueSortType>(sort) && isa<ValueSortType>(type.getType()))
    return success(); // equal to that value
  bool core = isa<CoreModuleSortType>(sort);
  bool fits = core ? isa<CoreTypeSortType>(type.getType())
                   : isa<TypeSortType>(type.getType());
  if (fits)
    return success();
  return emitRule(op, Rule::extern_type)
         << "wants a type of sort `" << (core ? "core_type" : "type")
         << "`, found " << type.getType();
}

static LogicalResult verifyDeclaration(Operation *op, Value type,
                                       StringAttr prim, Type sort) {
  if (isa<TypeSortType>(sort) && !type && !prim)
    return success(); // sub resource
  if (prim && !isa<ValueSortType>(sort))
    return emitRule(op, Rule::extern_type)
           << "only a value has a primitive type";
  if (failed(verifyElement(op, type, prim)))
    return failure();
  return type ? verifyTypeSort(op, type, sort) : success();
}

LogicalResult ImportOp::verify() {
  return verifyDeclaration(*this, getType(), getPrimAttr(),
                           getResult().getType());
}
LogicalResult ExportDeclOp::verify() {
  return verifyDeclaration(*this, getType(), getPrimAttr(),
                           getResult().getType());
}

LogicalResult ExportOp::verify() {
  Type sort = getResult().getType();
  if (getAbstract() && !isa<TypeSortType>(sort))
    return emitRule(*this, Rule::extern_type)
           << "`sub resource` wants a type, found " << sort;
  if (getAbstract() && getAscribed())
    return emitRule(*this, Rule::extern_type)
           << "`sub resource` excludes another type";
  if (!getAscribed() && !getPrimAttr())
    return success();
  return verifyDeclaration(*this, getAscribed(), getPrimAttr(), sort);
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

/// An alias of a value is a value of its own, which is consumed once.
void AliasOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  if (isa<ValueSortType>(getType()))
    effects.emplace_back(MemoryEffects::Allocate::get(),
                         cast<OpResult>(getResult()));
}
