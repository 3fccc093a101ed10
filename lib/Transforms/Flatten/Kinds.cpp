//===- Kinds.cpp - the kind of type that a place demands --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All type definitions are values of one sort. Which of them a place takes is a
// rule that the reader checks for binaries. Of text, verifiers check what they
// can see; that an alias is of what an argument exports, only evaluation knows.
//
//===----------------------------------------------------------------------===//

#include "Flattener.h"
#include "meld/Support/Rules.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::flatten;

/// What a type is, for a message.
static std::string describe(const TypeDefinition &definition) {
  if (definition.resource)
    return "a resource type";
  if (definition.op)
    return ("a `" + definition.op->getName().getStringRef() + "`").str();
  return printable(definition.type);
}

void Flattener::wrongKind(Operation *user, Value value, StringRef wanted,
                          Scope &scope) {
  hasWrongKind = true;
  RuleDiag diag = emitRule(place(user, scope), Rule::type_kind);
  diag << "a type is of the kind that its place demands: wanted " << wanted
       << ", found " << describe(get<TypeDefinition>(value, scope));
  diag.attachNote(value.getLoc()) << "the type";
}

Type Flattener::valueType(Operation *user, Value value, Scope &scope) {
  Type type = get<TypeDefinition>(value, scope).type;
  if (type && !isa<FuncType, FunctionType>(type))
    return type;
  wrongKind(user, value, "a value type", scope);
  return BoolType::get(builder.getContext());
}

FuncType Flattener::functionType(Operation *user, Value value, Scope &scope) {
  if (auto type =
          dyn_cast_if_present<FuncType>(get<TypeDefinition>(value, scope).type))
    return type;
  wrongKind(user, value, "a function type", scope);
  return FuncType::get(builder.getContext(), false, {}, {}, {});
}

FlatSymbolRefAttr Flattener::resourceType(Operation *user, Value value,
                                          Scope &scope) {
  if (auto resource = get<TypeDefinition>(value, scope).resource)
    return resource;
  wrongKind(user, value, "a resource type", scope);
  return scope.instance;
}

Type Flattener::immediateType(CanonDefinition user, Value value,
                              const BuiltinInfo &row, Scope &scope) {
  if (row.hasImmediate("resource"))
    return OwnType::get(builder.getContext(), resourceType(user, value, scope));
  Type type = valueType(user, value, scope);
  if (row.hasImmediate("stream") && !isa<StreamType>(type))
    wrongKind(user, value, "a stream", scope);
  if (row.hasImmediate("future") && !isa<FutureType>(type))
    wrongKind(user, value, "a future", scope);
  return type;
}

/// The sort that an export of a core instance of this type has.
static bool hasCoreSort(Type type, Type sort) {
  return llvm::TypeSwitch<Type, bool>(type)
      .Case<FunctionType, wasm::DefinedType>(
          [&](auto) { return isa<CoreFuncSortType>(sort); })
      .Case([&](wasm::TableType) { return isa<CoreTableSortType>(sort); })
      .Case([&](wasm::MemoryType) { return isa<CoreMemorySortType>(sort); })
      .Case([&](wasm::GlobalType) { return isa<CoreGlobalSortType>(sort); })
      .Case([&](wasm::TagType) { return isa<CoreTagSortType>(sort); })
      .Default(false);
}

bool flatten::hasSort(const Entity &entity, Type sort) {
  if (auto *item = std::get_if<CoreItem>(&entity))
    return hasCoreSort(item->type, sort);
  if (auto *type = std::get_if<TypeDefinition>(&entity))
    return isa<CoreTypeSortType>(sort) ==
               isa_and_present<FunctionType>(type->type) &&
           isa<TypeSortType, CoreTypeSortType>(sort);
  if (isa<FuncSortType>(sort))
    return std::holds_alternative<Function>(entity);
  if (isa<InstanceSortType>(sort))
    return std::holds_alternative<Instance *>(entity);
  if (isa<ComponentSortType>(sort))
    return std::holds_alternative<Closure>(entity);
  return isa<CoreModuleSortType>(sort) &&
         std::holds_alternative<wasm::ModuleOp>(entity);
}
