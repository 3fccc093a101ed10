//===- ValidateTypes.cpp - Type definitions ---------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Validator.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace meld;
using namespace meld::validation;
using binary::Definition;
using llvm::StringRef;
using llvm::Twine;

/// A value type is smaller than this, in memory with 64-bit addresses.
static constexpr uint64_t maxValueSize = uint64_t(1) << 28;

Entity Validator::typeDefinition(const Definition &def) {
  Entity entity;
  entity.type = type(*def.type);
  if (entity.type && entity.type->isValue() &&
      entity.type->size >= maxValueSize) {
    error(Rule::value_size, def.offset,
          "a value of this type takes at least 2^28 bytes of memory");
    entity.type = nullptr;
  }
  if (!entity.type)
    return entity;
  uint32_t limit =
      entity.type->interface ? limits::nesting : limits::valueNesting;
  return isTooDeep(entity.type->depth, limit, def.offset) ? Entity() : entity;
}

const Type *Validator::type(const TypeDef &def) {
  switch (def.kind) {
  case TypeKind::Component:
  case TypeKind::Instance:
    return types.make(*interface(*def.scope, def.kind == TypeKind::Component),
                      nullptr);
  case TypeKind::Resource:
    return resourceType(def);
  case TypeKind::Own:
  case TypeKind::Borrow:
    return handleType(def);
  case TypeKind::Func:
    return functionType(def);
  default:
    return valueType(def);
  }
}

//===----------------------------------------------------------------------===//
// Value types
//===----------------------------------------------------------------------===//

const Type *Validator::part(const std::optional<binary::ValType> &type,
                            bool &isUnknown) {
  if (!type)
    return nullptr;
  if (type->primitive)
    return types.primitive(type->primitive);
  const Type *found = use(Sort::Type, type->index).type;
  if (found && !found->isValue()) {
    error(Rule::type_kind, type->offset,
          "wanted a value type, type " + Twine(type->index) + " is " +
              withArticle(binary::stringifyTypeKind(found->kind)) + " type");
    found = nullptr;
  }
  isUnknown |= !found;
  return found;
}

/// True for kinds whose `fields` are their parts; flags and enums have none.
static bool hasFields(TypeKind kind) {
  return kind == TypeKind::Record || kind == TypeKind::Variant ||
         kind == TypeKind::Tuple;
}

const Type *Validator::valueType(const TypeDef &def) {
  if (def.kind == TypeKind::Primitive)
    return types.primitive(def.first->primitive);
  checkLabels(def);
  bool isUnknown = false;
  llvm::SmallVector<const Type *> parts;
  if (hasFields(def.kind))
    for (const binary::LabelledType &field : def.fields)
      parts.push_back(part(field.type, isUnknown));
  else if (def.kind != TypeKind::Flags && def.kind != TypeKind::Enum)
    parts.push_back(part(def.first, isUnknown));
  if (def.kind == TypeKind::Result || def.kind == TypeKind::Map)
    parts.push_back(part(def.second, isUnknown));
  if (isUnknown)
    return nullptr;
  const Type *type = types.make(def, parts);
  checkMembers(def, type);
  return type;
}

/// True for a `keytype`.
static bool isKey(const Type *type) {
  bool isPrimitive = type->kind == TypeKind::Primitive;
  uint8_t code = type->primitive;
  return isPrimitive && code != 0x76 && code != 0x75 && code != 0x64;
}

void Validator::checkMembers(const TypeDef &def, const Type *type) {
  switch (def.kind) {
  case TypeKind::FixedList:
    if (def.length == 0)
      error(Rule::empty_type, def.offset,
            "a list of fixed length has at least one element");
    return;
  case TypeKind::Map:
    if (!isKey(type->parts[0]))
      error(Rule::map_key, def.first->offset,
            "the key of a map is an integer, bool, char or string, found " +
                describe(type->parts[0]));
    return;
  case TypeKind::Stream:
  case TypeKind::Future:
    if (type->hasBorrow)
      error(Rule::borrow_position, def.offset,
            withArticle(binary::stringifyTypeKind(def.kind)) +
                " carries no `borrow`: it may outlive the call");
    if (def.kind == TypeKind::Stream && type->parts[0] &&
        type->parts[0] == types.primitive(0x74))
      error(Rule::stream_char, def.offset,
            "a stream has no `char`: use a stream of `u8` and an encoding");
    return;
  default:
    return;
  }
}

//===----------------------------------------------------------------------===//
// Labels
//===----------------------------------------------------------------------===//

void Validator::checkLabels(const TypeDef &def) {
  StringRef kind = binary::stringifyTypeKind(def.kind);
  bool needsMembers = hasFields(def.kind) || def.kind == TypeKind::Flags ||
                      def.kind == TypeKind::Enum;
  if (needsMembers && def.fields.empty())
    error(Rule::empty_type, def.offset,
          withArticle(kind) + " type has at least one member");
  if (def.kind == TypeKind::Flags && def.fields.size() > 32)
    error(Rule::empty_type, def.offset,
          "flags have at most 32 labels, found " + Twine(def.fields.size()));
  if (def.kind == TypeKind::Tuple)
    return;
  llvm::StringMap<StringRef> seen;
  for (const binary::LabelledType &field : def.fields) {
    if (!isLabel(field.label))
      error(Rule::label_syntax, field.offset,
            "the label " + quoted(field.label) + " of " + withArticle(kind) +
                " type is not in kebab case");
    auto [it, isNew] = seen.try_emplace(field.label.lower(), field.label);
    if (!isNew)
      error(Rule::duplicate_name, field.offset,
            "the label " + quoted(field.label) + " of " + withArticle(kind) +
                " type conflicts with the label " + quoted(it->second));
  }
}

//===----------------------------------------------------------------------===//
// Functions, handles and resources
//===----------------------------------------------------------------------===//

const Type *Validator::functionType(const TypeDef &def) {
  checkLabels(def);
  bool isUnknown = false;
  llvm::SmallVector<const Type *> parts;
  for (const binary::LabelledType &field : def.fields)
    parts.push_back(part(field.type, isUnknown));
  const Type *result = part(def.first, isUnknown);
  parts.push_back(result);
  if (result && result->hasBorrow) {
    error(Rule::borrow_position, def.first->offset,
          "the result of a func contains no `borrow`: it would outlive the "
          "call");
    return nullptr;
  }
  return isUnknown ? nullptr : types.make(def, parts);
}

const Type *Validator::handleType(const TypeDef &def) {
  const Type *resource = useType(def.resource, TypeKind::Resource, def.offset);
  return resource ? types.make(def, resource) : nullptr;
}

/// An asynchronous destructor is lifted as a function of that kind, a callback
/// of it too.
void Validator::checkDestructor(const TypeDef &def,
                                core::ValType representation) {
  static constexpr core::ValType code = core::ValType::I32;
  llvm::ArrayRef<core::ValType> results;
  if (def.callback)
    results = code;
  checkCoreFunction(*def.destructor, representation, results,
                    Rule::destructor_type, def.offset, "the destructor");
  if (def.callback)
    checkCoreFunction(*def.callback, {code, code, code}, code,
                      Rule::destructor_type, def.offset,
                      "the callback of the destructor");
}

const Type *Validator::resourceType(const TypeDef &def) {
  if (!level->scope.isComponent) {
    error(Rule::resource_place, def.offset,
          "a component or instance type defines no resource: import or export "
          "one with the bound `(sub resource)`");
    return nullptr;
  }
  auto representation = core::ValType::Number(def.representation);
  if (representation != core::ValType::I32 &&
      representation != core::ValType::I64)
    error(Rule::resource_rep, def.offset,
          "the representation of a resource is i32 or i64");
  else if (def.destructor)
    checkDestructor(def, representation);
  Resource *resource = types.makeResource();
  resource->generatedIn = level->interface;
  resource->definition = &def;
  return types.make(resource);
}
