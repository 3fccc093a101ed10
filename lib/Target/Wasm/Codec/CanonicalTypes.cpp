//===- CanonicalTypes.cpp - Core types, each one once -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/CanonicalTypes.h"
#include "TypeSpace.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/TypeReader.h"
#include "llvm/Support/raw_ostream.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;
using llvm::StringRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Entering types
//===----------------------------------------------------------------------===//

/// Checks what `type` names: types before the end of its group, of which `ids`
/// has the numbers of those before it.
static std::optional<ReadError> checkReferences(const SubType &type,
                                                uint32_t position, uint32_t end,
                                                ArrayRef<TypeId> ids) {
  std::optional<ReadError> error;
  auto fail = [&](Rule rule, const Twine &message) {
    if (!error)
      error = ReadError{rule, type.at, message.str()};
  };
  if (type.super && *type.super >= position)
    fail(Rule::subtype, "a supertype stands before its subtypes");
  eachTypeIndex(type, [&](uint32_t index) {
    if (index >= end)
      fail(Rule::index_bounds, "core type index " + Twine(index) +
                                   " is out of bounds, " + Twine(end) +
                                   " are defined here");
    else if (index < ids.size() && ids[index] == noType)
      fail(Rule::type_kind,
           "core type index " + Twine(index) + " is a module type");
  });
  return error;
}

/// How many supertypes each type of a group has, of which `ids` has the numbers
/// of what stands before it, and `depth` how many those have.
static llvm::SmallVector<uint32_t> countSupertypes(ArrayRef<SubType> group,
                                                   uint32_t first,
                                                   ArrayRef<TypeId> ids,
                                                   ArrayRef<uint32_t> depth) {
  llvm::SmallVector<uint32_t> counts;
  for (const SubType &type : group) {
    uint32_t super = type.super.value_or(0);
    counts.push_back(!type.super     ? 0
                     : super < first ? depth[ids[super]] + 1
                                     : counts[super - first] + 1);
  }
  return counts;
}

std::optional<ReadError> TypeTable::add(ArrayRef<SubType> definitions,
                                        uint32_t first,
                                        llvm::SmallVectorImpl<TypeId> &ids) {
  ArrayRef<SubType> group = definitions.drop_front(first);
  uint32_t deepest = 0;
  for (auto [i, type] : llvm::enumerate(group)) {
    if (auto error = checkReferences(type, first + i, definitions.size(), ids))
      return error;
    eachTypeIndex(type, [&](uint32_t index) {
      if (index < first)
        deepest = std::max(deepest, nesting[ids[index]] + 1);
    });
  }
  if (deepest > limits::typeNesting)
    return ReadError{Rule::input_limit, group.front().at,
                     "more than " + std::to_string(limits::typeNesting) +
                         " types are nested in each other"};
  auto supertypes = countSupertypes(group, first, ids, depth);
  for (auto [type, count] : llvm::zip_equal(group, supertypes))
    if (count > limits::subtypeDepth)
      return ReadError{Rule::input_limit, type.at,
                       "a core type has more than " +
                           std::to_string(limits::subtypeDepth) +
                           " supertypes"};
  // From here on every number that `ids` gets has its type.
  auto canonical = [&](uint32_t index) { return ids[index]; };
  TypeId next = types.size();
  TypeId start = groups.number(structureOf(group, first, canonical), next);
  for (uint32_t i = 0; i < group.size(); ++i)
    ids.push_back(start + i);
  if (start != next)
    return std::nullopt;
  for (const SubType &type : group) {
    types.push_back(renumber(type, canonical, storage));
    nesting.push_back(deepest);
  }
  llvm::append_range(depth, supertypes);
  for (auto [i, type] : llvm::enumerate(group))
    if (auto error = checkStructure(*this, start + i, type, first + i))
      return error;
  return std::nullopt;
}

TypeId TypeTable::function(ArrayRef<ValType> params,
                           ArrayRef<ValType> results) {
  SubType type;
  type.params = params;
  type.results = results;
  llvm::SmallVector<TypeId, 1> ids;
  add(type, 0, ids);
  return ids.front();
}

//===----------------------------------------------------------------------===//
// Subtyping
//===----------------------------------------------------------------------===//

static bool limitsMatch(const Limits &found, const Limits &wanted) {
  return found.min >= wanted.min && found.is64 == wanted.is64 &&
         found.isShared == wanted.isShared &&
         found.pageLog2 == wanted.pageLog2 &&
         (!wanted.max || (found.max && *found.max <= *wanted.max));
}

bool TypeTable::matches(const ExternType &found, const ExternType &wanted,
                        std::string &why) const {
  why = "wanted " + print(wanted) + ", found " + print(found);
  if (found.kind != wanted.kind)
    return false;
  bool isUnknown = found.type == noType || wanted.type == noType;
  switch (wanted.kind) {
  case ExternKind::Function:
    return isUnknown || matches(found.type, wanted.type);
  case ExternKind::Tag:
    return isUnknown || found.type == wanted.type;
  case ExternKind::Table:
    return found.value == wanted.value &&
           limitsMatch(found.limits, wanted.limits);
  case ExternKind::Memory:
    return limitsMatch(found.limits, wanted.limits);
  case ExternKind::Global:
    return found.mut == wanted.mut &&
           (wanted.mut ? found.value == wanted.value
                       : matches(found.value, wanted.value));
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

std::string TypeTable::print(TypeId id) const {
  if (id == noType)
    return "an unknown type";
  const SubType &type = types[id];
  if (type.kind != SubType::Func)
    return type.kind == SubType::Struct  ? "a struct"
           : type.kind == SubType::Array ? "an array"
                                         : "a continuation";
  std::string text = "(func";
  auto list = [&](const char *word, ArrayRef<ValType> of) {
    if (of.empty())
      return;
    text += std::string(" (") + word;
    for (ValType each : of)
      text += " " + each.str();
    text += ")";
  };
  list("param", type.params);
  list("result", type.results);
  text += ")";
  // Equal signatures are not equal types: say what else is there.
  if (!type.isFinal || type.super)
    text = (type.isFinal ? "(sub final " : "(sub ") + text + ")";
  if (type.groupSize > 1)
    text += " of a recursion group";
  return text;
}

std::string TypeTable::print(const ExternType &type) const {
  if (type.kind == ExternKind::Function)
    return print(type.type);
  std::string text;
  llvm::raw_string_ostream os(text);
  os << '(' << stringifyExternKind(type.kind);
  if (type.kind == ExternKind::Tag)
    os << ' ' << print(type.type);
  if (type.kind == ExternKind::Table || type.kind == ExternKind::Memory) {
    os << (type.limits.is64 ? " i64 " : " ") << type.limits.min;
    if (type.limits.max)
      os << ' ' << *type.limits.max;
    if (type.limits.isShared)
      os << " shared";
    if (type.limits.pageLog2 != 16)
      os << " (pagesize 1)";
  }
  if (type.kind == ExternKind::Table)
    os << ' ' << type.value.str();
  if (type.kind == ExternKind::Global)
    os << (type.mut ? " (mut " : " ") << type.value.str()
       << (type.mut ? ")" : "");
  os << ')';
  return text;
}

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

void ExternTypes::fail(Rule rule, uint64_t at, const Twine &message) {
  if (!firstError)
    firstError = ReadError{rule, at, message.str()};
}

void ExternTypes::enterTypes() {
  while (ids.size() < view.types.size() && !firstError) {
    uint32_t first = ids.size();
    uint32_t end = first + view.types[first].groupSize;
    firstError = table.add(ArrayRef(view.types).take_front(end), first, ids);
  }
}

TypeId ExternTypes::typeIndex(uint32_t index, uint64_t at) {
  if (index < ids.size())
    return ids[index];
  fail(Rule::index_bounds, at,
       "core type index " + Twine(index) + " is out of bounds, " +
           Twine(ids.size()) + " are defined here");
  return noType;
}

TypeId ExternTypes::functionType(ExternKind kind, uint32_t index, uint64_t at) {
  TypeId id = typeIndex(index, at);
  if (id == noType || table.isFunction(id))
    return id;
  fail(Rule::type_kind, at,
       "a " + Twine(stringifyExternKind(kind)) + " has a function type, type " +
           Twine(index) + " is another kind");
  return noType;
}

ValType ExternTypes::value(ValType type, uint64_t at) {
  if (!type.isRef() || !type.heap().isConcrete())
    return type;
  TypeId id = typeIndex(type.heap().index(), at);
  return id == noType ? ValType()
                      : ValType::ref(HeapType::concrete(id), type.isNullable());
}

Limits ExternTypes::limits(const Limits &limits, bool isMemory) {
  if (!firstError)
    firstError = checkLimits(limits, isMemory);
  return limits;
}

ExternType ExternTypes::entity(ExternKind kind, uint32_t index, uint64_t at) {
  ExternType result;
  result.kind = kind;
  result.at = at;
  if (index >= view.count(kind)) {
    fail(Rule::index_bounds, at,
         Twine(stringifyExternKind(kind)) + " index " + Twine(index) +
             " is out of bounds, " + Twine(view.count(kind)) + " are defined");
    return result;
  }
  switch (kind) {
  case ExternKind::Function:
    result.type = functionType(kind, view.functions[index].type, at);
    return result;
  case ExternKind::Tag:
    result.type = functionType(kind, view.tags[index].type, at);
    return result;
  case ExternKind::Table:
    result.value = value(view.tables[index].element, at);
    result.limits = limits(view.tables[index].limits, /*isMemory=*/false);
    return result;
  case ExternKind::Memory:
    result.limits = limits(view.memories[index], /*isMemory=*/true);
    return result;
  case ExternKind::Global:
    result.value = value(view.globals[index].type, at);
    result.mut = view.globals[index].mut;
    return result;
  }
  return result;
}

std::optional<ReadError> core::readModuleType(const ModuleView &view,
                                              TypeTable &table,
                                              ModuleType &result) {
  ExternTypes types(view, table);
  types.enterTypes();
  for (const ImportDef &import : view.imports)
    result.imports.push_back(
        {import.module, import.name,
         types.entity(import.kind, import.index, import.at)});
  std::optional<ReadError> duplicate;
  for (const ExportDef &def : view.exports) {
    ExternType type = types.entity(def.kind, def.index, def.at);
    if (!result.exports.insert({def.name, type}).second && !duplicate)
      duplicate = ReadError{Rule::duplicate_name, def.at,
                            "two exports of a core module have the name " +
                                quoted(def.name)};
  }
  return types.error() ? types.error() : duplicate;
}
