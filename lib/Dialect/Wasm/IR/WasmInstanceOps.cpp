//===- WasmInstanceOps.cpp - instances, aliases and index spaces -*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SymbolLookup.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

bool InstanceOp::canDiscardOnUseEmpty() { return false; }

LogicalResult InstanceOp::verify() {
  if (getModules().size() == getNames().size() &&
      getNames().size() == getArguments().size())
    return success();
  return emitOpError("has lists of different lengths");
}

/// One import against what the instance is given for it, which may be nothing.
static LogicalResult verifyArgument(InstanceOp instance, ImportOp import,
                                    FlatSymbolRefAttr argument,
                                    SymbolTableCollection &tables) {
  if (!argument) {
    InFlightDiagnostic diagnostic =
        instance.emitOpError() << "gives nothing for \"" << import.getModule()
                               << "\" \"" << import.getName() << '"';
    diagnostic.attachNote(import.getLoc()) << "imported here";
    return diagnostic;
  }
  FailureOr<Type> given = lookupEntityType(instance, argument, tables);
  if (failed(given))
    return failure();
  if (!*given || !isEntityType(import.getType()) ||
      matchesImport(*given, import.getType()))
    return success();
  InFlightDiagnostic diagnostic = instance.emitOpError()
                                  << "gives " << describeType(*given)
                                  << " for \"" << import.getModule() << "\" \""
                                  << import.getName() << "\", which has type "
                                  << describeType(import.getType());
  diagnostic.attachNote(import.getLoc()) << "imported here";
  return diagnostic;
}

LogicalResult InstanceOp::verifySymbolUses(SymbolTableCollection &tables) {
  FailureOr<wasm::ModuleOp> module =
      lookup<wasm::ModuleOp>(*this, getModuleAttr(), tables);
  if (failed(module))
    return failure();
  // Of two arguments of one name, the last one counts.
  DenseMap<std::pair<Attribute, Attribute>, FlatSymbolRefAttr> given;
  for (auto [from, name, argument] :
       llvm::zip_equal(getModules(), getNames(), getArguments()))
    given[{from, name}] = cast<FlatSymbolRefAttr>(argument);
  for (ImportOp import : module->getBody().getOps<ImportOp>()) {
    auto name = std::pair<Attribute, Attribute>(import.getModuleAttr(),
                                                import.getNameAttr());
    if (failed(verifyArgument(*this, import, given.lookup(name), tables)))
      return failure();
  }
  return success();
}

Type AliasOp::getEntityType() { return getType(); }

/// Aliases of one instance that stand at most this many ops apart are checked
/// together, by one table of exports: each alone would search through all.
static constexpr unsigned checkedTogether = 64;

/// The alias of the same instance that is nearest behind `alias`, or before it.
static AliasOp findNeighbour(AliasOp alias, bool isBehind) {
  Operation *op = alias;
  for (unsigned steps = 0; steps != checkedTogether; ++steps) {
    op = isBehind ? op->getNextNode() : op->getPrevNode();
    if (!op)
      return {};
    auto other = dyn_cast<AliasOp>(op);
    if (other && other.getInstanceAttr() == alias.getInstanceAttr())
      return other;
  }
  return {};
}

/// An alias against the export of `module` that it names, which may be null.
static LogicalResult verifyAlias(AliasOp alias, ExportOp exported,
                                 wasm::ModuleOp module) {
  if (exported && exported.getType() == alias.getType())
    return success();
  if (exported) {
    InFlightDiagnostic diagnostic =
        alias.emitOpError()
        << "has type " << describeType(alias.getType()) << ", but the export \""
        << alias.getName() << "\" has type "
        << describeType(exported.getType());
    diagnostic.attachNote(exported.getLoc()) << "exported here";
    return diagnostic;
  }
  if (module.getSource()) // its exports are not known before it is read
    return success();
  return alias.emitOpError()
         << "names \"" << alias.getName() << "\", which module \""
         << module.getSymName() << "\" does not export";
}

LogicalResult AliasOp::verifySymbolUses(SymbolTableCollection &tables) {
  FailureOr<InstanceOp> instance =
      lookup<InstanceOp>(*this, getInstanceAttr(), tables);
  if (failed(instance))
    return failure();
  FailureOr<wasm::ModuleOp> module =
      lookup<wasm::ModuleOp>(*instance, instance->getModuleAttr(), tables);
  if (failed(module))
    return failure();
  if (findNeighbour(*this, /*isBehind=*/false))
    return success(); // checked with that one
  DenseMap<StringAttr, ExportOp> exports;
  for (ExportOp exported : module->getBody().getOps<ExportOp>())
    exports.try_emplace(exported.getNameAttr(), exported);
  for (AliasOp alias = *this; alias;
       alias = findNeighbour(alias, /*isBehind=*/true))
    if (failed(
            verifyAlias(alias, exports.lookup(alias.getNameAttr()), *module)))
      return failure();
  return success();
}

/// Each entry of a list of a space is an entity of class T, or the space.
template <typename T>
static LogicalResult verifyEntries(SpaceOp space, ArrayAttr list,
                                   SymbolTableCollection &tables,
                                   StringRef what) {
  for (auto symbol : list.getAsRange<FlatSymbolRefAttr>())
    if (symbol.getAttr() != space.getSymNameAttr() &&
        failed(lookupEntity<T>(space, symbol, tables, what)))
      return failure();
  return success();
}

/// The same for segments, which are no entities.
template <typename T>
static LogicalResult verifySegments(SpaceOp space, ArrayAttr list,
                                    SymbolTableCollection &tables) {
  for (auto symbol : list.getAsRange<FlatSymbolRefAttr>())
    if (symbol.getAttr() != space.getSymNameAttr() &&
        failed(lookup<T>(space, symbol, tables)))
      return failure();
  return success();
}

LogicalResult SpaceOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(lookup<wasm::ModuleOp>(*this, getModuleAttr(), tables)))
    return failure();
  for (auto type : getTypes().getAsValueRange<TypeAttr>())
    if (!isa<FunctionType, DefinedType>(type))
      return emitOpError() << "lists types that modules define, found " << type;
  SpaceOp space = *this;
  return failure(
      failed(verifyEntries<FunctionType>(space, getFunctions(), tables,
                                         "function")) ||
      failed(verifyEntries<TableType>(space, getTables(), tables, "table")) ||
      failed(
          verifyEntries<MemoryType>(space, getMemories(), tables, "memory")) ||
      failed(
          verifyEntries<GlobalType>(space, getGlobals(), tables, "global")) ||
      failed(verifyEntries<TagType>(space, getTags(), tables, "tag")) ||
      failed(verifySegments<DataOp>(space, getDatas(), tables)) ||
      failed(verifySegments<ElemOp>(space, getElems(), tables)));
}
