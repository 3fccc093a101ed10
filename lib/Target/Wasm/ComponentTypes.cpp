//===- ComponentTypes.cpp - Type definitions of a component -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentReader.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/StringExtras.h"
#include <utility>

using namespace meld;
using namespace meld::binary;
using llvm::StringRef;
using llvm::Twine;

StringRef binary::stringifyTypeKind(TypeKind kind) {
  static constexpr llvm::StringLiteral words[] = {
      "primitive", "record",   "variant",   "list",    "list",
      "tuple",     "flags",    "enum",      "option",  "result",
      "own",       "borrow",   "stream",    "future",  "map",
      "func",      "resource", "component", "instance"};
  return words[static_cast<unsigned>(kind)];
}

static bool isPrimitive(uint8_t code) {
  return (code >= 0x73 && code <= 0x7f) || code == 0x64;
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

void ComponentReader::typeDefinition() {
  Definition def{DefinitionKind::Type, in.offset(), Sort::Type};
  def.type = defType();
  Entity entity{Sort::Type};
  entity.type = def.type;
  add(std::move(def), entity);
}

TypeDef *ComponentReader::defType() {
  TypeDef &type = view.types.emplace_back();
  type.offset = in.offset();
  uint8_t opcode = in.byte("type definition");
  switch (opcode) {
  case 0x40:
  case 0x43:
    type.async = opcode == 0x43;
    funcType(type);
    break;
  case 0x41:
  case 0x42:
    scopeType(type, /*isComponent=*/opcode == 0x41);
    break;
  case 0x3f:
    resourceType(type);
    break;
  default:
    valueTypeBody(type, opcode);
  }
  return &type;
}

void ComponentReader::valueTypeBody(TypeDef &type, uint8_t opcode) {
  if (isPrimitive(opcode)) {
    type.kind = TypeKind::Primitive;
    type.first = ValType{opcode};
    return;
  }
  switch (opcode) {
  case 0x72:
    type.kind = TypeKind::Record;
    return labels(type, "record", /*withTypes=*/true);
  case 0x71:
    type.kind = TypeKind::Variant;
    return labels(type, "variant", /*withTypes=*/true);
  case 0x70:
  case 0x67:
    type.kind = opcode == 0x70 ? TypeKind::List : TypeKind::FixedList;
    type.first = valType();
    if (opcode == 0x67)
      type.length = in.u32("length of a list");
    return;
  case 0x6f:
    type.kind = TypeKind::Tuple;
    for (uint32_t n = in.count("tuple", limits::labels); n && !in.failed(); --n)
      type.fields.push_back({{}, valType(), in.offset()});
    return;
  case 0x6e:
    type.kind = TypeKind::Flags;
    return labels(type, "flags", /*withTypes=*/false);
  case 0x6d:
    type.kind = TypeKind::Enum;
    return labels(type, "enum", /*withTypes=*/false);
  case 0x6b:
    type.kind = TypeKind::Option;
    type.first = valType();
    return;
  case 0x6a:
    type.kind = TypeKind::Result;
    type.first = optionalValType();
    type.second = optionalValType();
    return;
  case 0x69:
  case 0x68:
    type.kind = opcode == 0x69 ? TypeKind::Own : TypeKind::Borrow;
    type.resource = typeIndex(&type.resourceType);
    return;
  case 0x66:
  case 0x65:
    type.kind = opcode == 0x66 ? TypeKind::Stream : TypeKind::Future;
    type.first = optionalValType();
    return;
  case 0x63:
    type.kind = TypeKind::Map;
    type.first = valType();
    type.second = valType();
    return;
  default:
    type.kind = TypeKind::Primitive;
    in.fail(Rule::unknown_code, type.offset,
            "no type has the code 0x" + llvm::utohexstr(opcode, true));
  }
}

/// The fields of a record, cases of a variant, labels of flags and enums.
void ComponentReader::labels(TypeDef &type, const char *what, bool withTypes) {
  for (uint32_t n = in.count(what, limits::labels); n && !in.failed(); --n) {
    LabelledType field{{}, std::nullopt, in.offset()};
    field.label = in.name("label");
    if (type.kind == TypeKind::Variant) {
      field.type = optionalValType();
      uint64_t end = in.offset();
      if (in.byte("end of a case") != 0)
        in.fail(Rule::unknown_code, end, "a case of a variant ends with 0");
    } else if (withTypes) {
      field.type = valType();
    }
    type.fields.push_back(field);
  }
}

void ComponentReader::funcType(TypeDef &type) {
  type.kind = TypeKind::Func;
  labels(type, "parameter list", /*withTypes=*/true);
  type.first = resultList();
}

std::optional<ValType> ComponentReader::resultList() {
  uint64_t at = in.offset();
  uint8_t form = in.byte("result list");
  if (form == 0)
    return valType();
  if (form != 1 || in.byte("result list") != 0)
    in.fail(Rule::unknown_code, at, "a result list is 0 and a type, or 1 0");
  return std::nullopt;
}

void ComponentReader::resourceType(TypeDef &type) {
  type.kind = TypeKind::Resource;
  type.representation = in.byte("representation of a resource");
  if (flag("destructor"))
    type.destructor = index(Sort::CoreFunc);
}

//===----------------------------------------------------------------------===//
// Component and instance types
//===----------------------------------------------------------------------===//

void ComponentReader::scopeType(TypeDef &type, bool isComponent) {
  type.kind = isComponent ? TypeKind::Component : TypeKind::Instance;
  type.scope = std::make_unique<Scope>();
  type.scope->parent = scope;
  type.scope->isComponent = false;
  if (++nesting > limits::nesting)
    in.fail(Rule::input_limit, type.offset,
            "components and types nest deeper than " + Twine(limits::nesting));
  Scope *outer = std::exchange(scope, type.scope.get());
  for (uint32_t n = in.count("vector of declarations"); n && !in.failed(); --n)
    declaration(isComponent);
  scope = outer;
  --nesting;
}

void ComponentReader::declaration(bool isComponent) {
  uint64_t at = in.offset();
  uint8_t kind = in.byte("declaration");
  switch (kind) {
  case 0:
    return coreType();
  case 1:
    return typeDefinition();
  case 2:
    return alias();
  case 3:
    if (!isComponent)
      break;
    return importDefinition();
  case 4: {
    Definition def{DefinitionKind::Export, at, Sort::Value};
    def.name = externName(def.attributes);
    def.externType = externType();
    if (in.failed())
      return;
    def.sort = def.externType->sort;
    return declareExport(def, externEntity(*def.externType));
  }
  }
  in.fail(Rule::unknown_code, at,
          "no declaration here has the code " + Twine(unsigned(kind)));
}

ExternType ComponentReader::externType() {
  uint64_t at = in.offset();
  uint8_t code = in.byte("type of an import or export");
  ExternType result{Sort::Value};
  result.offset = at;
  switch (code) {
  case 0:
    if (in.byte("core sort") != 0x11)
      in.fail(Rule::unknown_code, at + 1, "a core extern is a module, 0x11");
    result.sort = Sort::CoreModule;
    result.index = index(Sort::CoreType);
    return result;
  case 1:
    result.sort = Sort::Func;
    result.index = typeIndex();
    return result;
  case 2:
    if (flag("value bound"))
      result.value = valType();
    else
      result.index = index(Sort::Value);
    return result;
  case 3:
    result.sort = Sort::Type;
    result.fresh = flag("type bound");
    if (!result.fresh)
      result.index = index(Sort::Type);
    return result;
  case 4:
    result.sort = Sort::Component;
    result.index = typeIndex();
    return result;
  case 5:
    result.sort = Sort::Instance;
    result.index = typeIndex();
    return result;
  }
  in.fail(Rule::unknown_code, at,
          "no extern type has the code " + Twine(unsigned(code)));
  return result;
}

/// What is known of a thing that is declared to have `type`.
Entity ComponentReader::externEntity(const ExternType &type) {
  Entity result{type.sort};
  if (type.fresh) {
    TypeDef &resource = view.types.emplace_back();
    resource.kind = TypeKind::Resource;
    resource.offset = in.offset();
    result.type = &resource;
    return result;
  }
  if (type.sort == Sort::Value)
    return result;
  if (type.sort == Sort::CoreModule) {
    result.module = entity(Sort::CoreType, type.index).module;
    return result;
  }
  result.type = entity(Sort::Type, type.index).type;
  if (!result.type || !result.type->scope)
    return result;
  if (type.sort == Sort::Component)
    result.component = result.type->scope.get();
  if (type.sort == Sort::Instance)
    result.exports = &result.type->scope->exports;
  return result;
}

/// An import: name and type; adds to the scope's index space and imports.
void ComponentReader::declareImport(Definition &def) {
  def.name = externName(def.attributes);
  def.externType = externType();
  if (in.failed())
    return;
  def.sort = def.externType->sort;
  Entity entity = externEntity(*def.externType);
  nameType(entity, def.name);
  scope->imports.insert({def.name, entity});
  add(std::move(def), entity);
}

void ComponentReader::declareExport(Definition &def, const Entity &entity) {
  nameType(entity, def.name);
  scope->exports.insert({def.name, entity});
  add(std::move(def), entity);
}

/// Types are printed by the first name that they get.
void ComponentReader::nameType(const Entity &entity, StringRef name) {
  if (entity.sort == Sort::Type && entity.type && entity.type->name.empty())
    const_cast<TypeDef *>(entity.type)->name = name;
}

//===----------------------------------------------------------------------===//
// Value types
//===----------------------------------------------------------------------===//

ValType ComponentReader::valType() {
  uint64_t at = in.offset();
  int64_t code = in.s33("value type");
  if (code >= 0) {
    ValType result;
    result.index = static_cast<uint32_t>(code);
    result.offset = at;
    checkIndex(*scope, Sort::Type, result.index, at);
    result.type = entity(Sort::Type, result.index).type;
    return result;
  }
  uint8_t primitive = code & 0x7f;
  if (code < -0x40 || !isPrimitive(primitive))
    in.fail(Rule::unknown_code, at,
            "no value type has the code 0x" + llvm::utohexstr(primitive, true));
  return ValType{primitive, 0, nullptr, at};
}

std::optional<ValType> ComponentReader::optionalValType() {
  if (flag("optional type"))
    return valType();
  return std::nullopt;
}

uint32_t ComponentReader::typeIndex(const TypeDef **found) {
  uint32_t index = this->index(Sort::Type);
  if (found)
    *found = entity(Sort::Type, index).type;
  return index;
}

//===----------------------------------------------------------------------===//
// Core types
//===----------------------------------------------------------------------===//

void ComponentReader::coreType() {
  Definition def{DefinitionKind::CoreType, in.offset(), Sort::CoreType};
  Entity entity{Sort::CoreType};
  if (in.peek() == uint8_t(0x50)) {
    in.byte();
    entity.module = coreModuleType();
    def.bytes = in.since(def.offset);
    return add(std::move(def), entity);
  }
  // A `sub` that is not final starts like a module type, so 0 stands before.
  if (in.peek() == uint8_t(0x00))
    in.byte();
  if (!scope->coreDefinitions)
    scope->coreDefinitions = std::make_unique<core::ModuleView>();
  std::vector<core::SubType> &types = scope->coreDefinitions->types;
  uint32_t before = scope->coreTypes.size();
  // Aliases and module types are in the index space as well.
  types.resize(before);
  core::readRecursionGroup(in, *scope->coreDefinitions);
  if (in.failed())
    return;
  if (auto error = view.coreTypes.add(types, before, scope->coreTypes))
    report(*error);
  scope->coreTypes.resize(types.size(), core::noType);
  def.bytes = in.since(def.offset);
  def.count = types.size() - before;
  for (uint32_t i = 0; i < def.count; ++i) {
    entity.coreType = scope->coreTypes[before + i];
    scope->spaces[unsigned(Sort::CoreType)].push_back(entity);
  }
  scope->definitions.push_back(std::move(def));
}

const core::ModuleType *ComponentReader::coreModuleType() {
  core::ModuleType &module = view.moduleTypes.emplace_back();
  core::ModuleView declared;
  core::ExternTypes types(declared, view.coreTypes);
  for (uint32_t n = in.count("module declarations"); n && !in.failed(); --n)
    coreModuleDeclaration(declared, types, module);
  if (types.error())
    report(*types.error());
  return types.error() ? nullptr : &module;
}

void ComponentReader::coreModuleDeclaration(core::ModuleView &declared,
                                            core::ExternTypes &types,
                                            core::ModuleType &module) {
  uint64_t at = in.offset();
  uint8_t kind = in.byte("module declaration");
  auto externType = [&]() -> core::ExternType {
    auto [externKind, index] = core::readExternType(in, declared);
    return in.failed() ? core::ExternType()
                       : types.entity(externKind, index, at);
  };
  switch (kind) {
  case 0: {
    StringRef from = in.name("module of an import");
    StringRef name = in.name("name of an import");
    module.imports.push_back({from, name, externType()});
    return;
  }
  case 1:
    if (in.peek() == uint8_t(0x50))
      in.fail(Rule::type_kind, in.offset(),
              "a module type defines no module types");
    core::readRecursionGroup(in, declared);
    if (!in.failed())
      types.enterTypes();
    return;
  case 2:
    types.enterAlias(coreTypeAlias(at));
    declared.types.emplace_back();
    return;
  case 3: {
    StringRef name = in.name("name of an export");
    core::ExternType type = externType();
    if (!in.failed() && !module.exports.insert({name, type}).second)
      invalid(Rule::duplicate_name, at,
              "two exports of a module type have the name " + quoted(name));
    return;
  }
  }
  in.fail(Rule::unknown_code, at,
          "no module declaration has the code " + Twine(unsigned(kind)));
}

/// The module type is a scope of its own: count 0 is the type itself.
core::TypeId ComponentReader::coreTypeAlias(uint64_t at) {
  uint8_t sort = in.byte("alias"), target = in.byte("alias");
  if (sort != 0x10 || target != 0x01)
    in.fail(Rule::unknown_code, at + 1,
            "an alias in a module type starts with 0x10 0x01");
  uint32_t depth = in.u32("scope count");
  const Scope *outer = scope;
  for (uint32_t i = 1; outer && i < depth; ++i)
    outer = outer->parent;
  uint64_t indexAt = in.offset();
  uint32_t index = in.u32("index");
  if (depth == 0 || !outer) {
    invalid(Rule::outer_alias, at,
            "an outer alias counts " + Twine(depth) +
                " scopes up, but there are fewer");
    return core::noType;
  }
  checkIndex(*outer, Sort::CoreType, index, indexAt);
  llvm::ArrayRef<Entity> space = outer->space(Sort::CoreType);
  if (index >= space.size())
    return core::noType;
  if (space[index].module)
    invalid(Rule::type_kind, indexAt, "a module type aliases no module type");
  return space[index].coreType;
}
