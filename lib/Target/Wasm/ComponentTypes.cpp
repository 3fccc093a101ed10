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
  case 0x3e:
  case 0x3f:
    resourceType(type, /*asyncDestructor=*/opcode == 0x3e);
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

/// An asynchronous destructor is of a text before 2026-08: it is always there,
/// and the flag says whether a callback is. The code may get another meaning.
void ComponentReader::resourceType(TypeDef &type, bool asyncDestructor) {
  if (asyncDestructor && !view.asyncDestructors)
    return in.fail(Rule::unknown_code, type.offset,
                   "no type has the code 0x3e; before 2026-08 it was a "
                   "resource with an asynchronous destructor, which "
                   "--async-destructors reads");
  type.kind = TypeKind::Resource;
  type.async = asyncDestructor;
  type.representation = in.byte("representation of a resource");
  if (asyncDestructor) {
    type.destructor = index(Sort::CoreFunc);
    if (flag("callback of a destructor"))
      type.callback = index(Sort::CoreFunc);
  } else if (flag("destructor")) {
    type.destructor = index(Sort::CoreFunc);
  }
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
  if (in.offset() != at + 1)
    in.fail(Rule::unknown_code, at, "a primitive value type is one byte");
  else if (!isPrimitive(primitive))
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
