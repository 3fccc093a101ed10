//===- ComponentExterns.cpp - Imports and exports of a component *- C++ -*-===//
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

StringRef ComponentReader::externName(NameAttributes &attributes) {
  uint64_t at = in.offset();
  uint8_t form = in.byte("name of an import or export");
  if (form > 2)
    in.fail(Rule::unknown_code, at,
            "the name of an import or export starts with 0, 1 or 2, found " +
                Twine(unsigned(form)));
  StringRef name = in.name("name of an import or export");
  if (form == 2)
    for (uint32_t n = in.count("vector of attributes"); n && !in.failed(); --n)
      attribute(attributes, name);
  return name;
}

void ComponentReader::attribute(NameAttributes &attributes, StringRef name) {
  uint64_t at = in.offset();
  uint8_t kind = in.byte("attribute");
  StringRef *member[] = {&attributes.implements, &attributes.versionSuffix,
                         &attributes.externalId};
  static constexpr llvm::StringLiteral words[] = {"implements", "versionsuffix",
                                                  "external-id"};
  if (kind > 2)
    return in.fail(Rule::unknown_code, at,
                   "an attribute is 0, 1 or 2, found " + Twine(unsigned(kind)));
  if (member[kind]->data())
    invalid(Rule::duplicate_name, at,
            "the attribute `" + words[kind] + "` stands twice on " +
                quoted(name));
  *member[kind] = in.name("attribute");
}

void ComponentReader::importDefinition() {
  Definition def{DefinitionKind::Import, in.offset(), Sort::Value};
  declareImport(def);
}

void ComponentReader::exportDefinition() {
  Definition def{DefinitionKind::Export, in.offset(), Sort::Value};
  def.name = externName(def.attributes);
  def.sort = sort();
  def.index = index(def.sort);
  Entity exported = entity(def.sort, def.index);
  if (flag("ascribed type")) {
    def.externType = externType();
    if (def.externType->sort == def.sort)
      exported = externEntity(*def.externType);
  }
  declareExport(def, exported);
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
    return type.value ? valueEntity(type.value)
                      : entity(Sort::Value, type.index);
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

/// A value of this type.
Entity ComponentReader::valueEntity(const std::optional<ValType> &type) {
  Entity result{Sort::Value};
  if (!type)
    return result;
  result.type = type->type;
  if (!type->primitive)
    return result;
  const TypeDef *&primitive = view.primitives[type->primitive];
  if (!primitive) {
    TypeDef &made = view.types.emplace_back();
    made.kind = TypeKind::Primitive;
    made.first = type;
    primitive = &made;
  }
  result.type = primitive;
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
