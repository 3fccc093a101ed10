//===- FunctionTypes.cpp - the type of a component function -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionTypes.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

static FailureOr<FuncType> resolveDeclared(Value type) {
  if (!type)
    return failure();
  FailureOr<Type> resolved = resolveType(type);
  if (failed(resolved))
    return failure();
  if (auto function = dyn_cast<FuncType>(*resolved))
    return function;
  return failure();
}

/// The declaration of export `name` in an instance type.
static ExportDeclOp findExport(TypeInstanceOp type, StringRef name) {
  for (auto declaration : type.getBody().getOps<ExportDeclOp>())
    if (declaration.getName() == name)
      return declaration;
  return {};
}

/// An export of an instance: of one that was bundled, or of an import.
static FailureOr<FuncType> resolveExport(Value instance, StringRef name) {
  if (auto bundle = instance.getDefiningOp<BundleOp>()) {
    for (auto [value, key] :
         llvm::zip_equal(bundle.getArgs(), bundle.getNames()))
      if (cast<StringAttr>(key).getValue() == name)
        return resolveFunctionType(value);
    return failure();
  }
  auto import = instance.getDefiningOp<ImportOp>();
  if (!import || !import.getType())
    return failure();
  auto type = import.getType().getDefiningOp<TypeInstanceOp>();
  ExportDeclOp declaration = type ? findExport(type, name) : ExportDeclOp();
  return declaration ? resolveDeclared(declaration.getType())
                     : FailureOr<FuncType>(failure());
}

FailureOr<FuncType> meld::resolveFunctionType(Value function) {
  using Result = FailureOr<FuncType>;
  return TypeSwitch<Operation *, Result>(function.getDefiningOp())
      .Case([](LiftOp op) { return resolveDeclared(op.getType()); })
      .Case([](ImportOp op) { return resolveDeclared(op.getType()); })
      .Case([](ExportOp op) {
        return op.getAscribed() ? resolveDeclared(op.getAscribed())
                                : resolveFunctionType(op.getValue());
      })
      .Case([](AliasOp op) {
        return resolveExport(op.getInstance(), op.getName());
      })
      .Default([](Operation *) -> Result { return failure(); });
}

bool meld::isMemory64(const SymbolTable &symbols, FlatSymbolRefAttr memory) {
  Operation *op = memory ? symbols.lookup(memory.getAttr()) : nullptr;
  auto entity = dyn_cast_if_present<wasm::EntityOpInterface>(op);
  if (!entity)
    return false;
  auto type = dyn_cast_if_present<wasm::MemoryType>(entity.getEntityType());
  return type && type.getIndex64();
}
