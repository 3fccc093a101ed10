//===- ComponentCoreTypes.cpp - Core types of a component -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentReader.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"

using namespace meld;
using namespace meld::binary;
using llvm::StringRef;
using llvm::Twine;

void ComponentReader::coreType() {
  Definition def{DefinitionKind::CoreType, in.offset(), Sort::CoreType};
  Entity entity{Sort::CoreType};
  if (in.peek() == uint8_t(0x50)) {
    in.byte();
    entity.module = coreModuleType();
    def.bytes = in.since(def.offset);
    return add(std::move(def), entity);
  }
  subPrefix();
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

/// A `sub` that is not final starts like a module type, so 0 stands before.
void ComponentReader::subPrefix() {
  if (in.peek() != uint8_t(0x00))
    return;
  in.byte();
  if (in.peek() != uint8_t(0x50))
    in.fail(Rule::unknown_code, in.offset(),
            "0x0 in front of a core type wants 0x50, a `sub`");
}

/// Whether 0x50 starts a `sub` and no module type: supertypes, then the code of
/// a composite type. Module types define no module types, so a `sub` needs no
/// prefix there, and wasm-tools writes none; with one it is read, too.
static bool startsSubtype(ByteReader ahead) {
  ahead.byte();
  for (uint32_t supers = ahead.count(); supers && !ahead.failed(); --supers)
    ahead.u32();
  uint8_t code = ahead.peek().value_or(0);
  return code >= 0x5d && code <= 0x60;
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
    if (in.peek() == uint8_t(0x50) && !startsSubtype(in))
      in.fail(Rule::type_kind, in.offset(),
              "a module type defines no module types");
    subPrefix();
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
