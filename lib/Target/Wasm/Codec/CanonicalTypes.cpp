//===- CanonicalTypes.cpp - Core types, each one once -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/CanonicalTypes.h"
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

namespace {
/// Rewrites the indices of one recursion group: outside of it to `TypeId`s,
/// inside to positions. The bytes that come out find the group again.
class GroupWriter {
public:
  GroupWriter(uint32_t first, uint32_t size, ArrayRef<TypeId> ids)
      : first(first), size(size), ids(ids) {}

  void add(const SubType &type, uint32_t index);

  std::string key;
  std::optional<ReadError> error;

private:
  void number(uint32_t value) {
    key.append(reinterpret_cast<const char *>(&value), sizeof value);
  }
  void index(uint32_t index);
  void add(ValType type);
  void fail(Rule rule, const Twine &message) {
    if (!error)
      error = ReadError{rule, at, message.str()};
  }

  uint32_t first, size;
  ArrayRef<TypeId> ids;
  uint64_t at = 0;
};
} // namespace

void GroupWriter::index(uint32_t index) {
  bool isInner = index >= first && index - first < size;
  if (!isInner && index >= first)
    return fail(Rule::index_bounds,
                "core type index " + Twine(index) + " is out of bounds, " +
                    Twine(first + size) + " are defined here");
  if (!isInner && ids[index] == noType)
    return fail(Rule::type_kind,
                "core type index " + Twine(index) + " is a module type");
  number(isInner);
  number(isInner ? index - first : ids[index]);
}

void GroupWriter::add(ValType type) {
  bool isConcrete = type.isRef() && type.heap().isConcrete();
  number(isConcrete ? type.isNullable() : type.bits());
  if (isConcrete)
    index(type.heap().index());
}

void GroupWriter::add(const SubType &type, uint32_t position) {
  at = type.at;
  number(type.kind | type.isFinal << 8 | type.super.has_value() << 9);
  if (type.super && *type.super >= position)
    return fail(Rule::subtype, "a supertype stands before its subtypes");
  if (type.super)
    index(*type.super);
  if (type.kind == SubType::Cont)
    index(type.function);
  number(type.params.size());
  number(type.results.size());
  number(type.fields.size());
  for (ArrayRef<ValType> list : {type.params, type.results})
    for (ValType each : list)
      add(each);
  for (const FieldType &field : type.fields) {
    add(field.storage);
    number(field.mut);
  }
}

std::optional<ReadError> TypeTable::add(ArrayRef<SubType> definitions,
                                        uint32_t first,
                                        llvm::SmallVectorImpl<TypeId> &ids) {
  ArrayRef<SubType> group = definitions.drop_front(first);
  GroupWriter writer(first, group.size(), ids);
  for (auto [i, type] : llvm::enumerate(group))
    writer.add(type, first + i);
  if (writer.error)
    return writer.error;
  TypeId start = types.size();
  auto [entry, isNew] = groups.try_emplace(writer.key, start);
  start = entry->second;
  for (uint32_t i = 0; i < group.size(); ++i)
    ids.push_back(start + i);
  if (!isNew)
    return std::nullopt;

  auto renumber = [&](ArrayRef<ValType> list) {
    llvm::SmallVector<ValType, 4> result(list);
    for (ValType &type : result)
      if (type.isRef() && type.heap().isConcrete())
        type = ValType::ref(HeapType::concrete(ids[type.heap().index()]),
                            type.isNullable());
    return result;
  };
  for (const SubType &type : group) {
    Definition &added = types.emplace_back();
    added.kind = type.kind;
    added.params = renumber(type.params);
    added.results = renumber(type.results);
    if (!type.super)
      continue;
    added.super = ids[*type.super];
    added.depth = types[*added.super].depth + 1;
    if (added.depth > limits::subtypeDepth)
      return ReadError{Rule::input_limit, type.at,
                       "a core type has more than " +
                           std::to_string(limits::subtypeDepth) +
                           " supertypes"};
  }
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

/// The least abstract type above an abstract one; itself at the top.
static HeapType above(HeapType heap) {
  switch (heap.abstract()) {
  case HeapType::NoExn:
    return HeapType::Exn;
  case HeapType::NoFunc:
    return HeapType::Func;
  case HeapType::NoExtern:
    return HeapType::Extern;
  case HeapType::NoCont:
    return HeapType::Cont;
  case HeapType::None:
    return HeapType::I31;
  case HeapType::I31:
  case HeapType::Struct:
  case HeapType::Array:
    return HeapType::Eq;
  case HeapType::Eq:
    return HeapType::Any;
  default:
    return heap;
  }
}

static HeapType above(SubType::Kind kind) {
  switch (kind) {
  case SubType::Func:
    return HeapType::Func;
  case SubType::Struct:
    return HeapType::Struct;
  case SubType::Array:
    return HeapType::Array;
  case SubType::Cont:
    return HeapType::Cont;
  }
  return HeapType::Any;
}

/// The type below all types of that kind.
static HeapType below(SubType::Kind kind) {
  return kind == SubType::Func   ? HeapType::NoFunc
         : kind == SubType::Cont ? HeapType::NoCont
                                 : HeapType::None;
}

static bool abstractMatches(HeapType found, HeapType wanted) {
  bool isNone = found == HeapType::None;
  if (isNone && (wanted == HeapType::Struct || wanted == HeapType::Array))
    return true;
  while (found != wanted && above(found) != found)
    found = above(found);
  return found == wanted;
}

bool TypeTable::matches(ValType found, ValType wanted) const {
  if (found == wanted)
    return true;
  if (!found.isRef() || !wanted.isRef() ||
      (found.isNullable() && !wanted.isNullable()))
    return false;
  HeapType heap = found.heap(), top = wanted.heap();
  if (top.isConcrete())
    return heap.isConcrete() ? matches(heap.index(), top.index())
                             : heap == below(types[top.index()].kind);
  if (heap.isConcrete())
    heap = above(types[heap.index()].kind);
  return abstractMatches(heap, top);
}

bool TypeTable::matches(TypeId found, TypeId wanted) const {
  for (std::optional<TypeId> id = found; id; id = types[*id].super)
    if (*id == wanted)
      return true;
  return false;
}

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
  const Definition &type = types[id];
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
  return text + ")";
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
  if (index >= view.count(kind)) {
    fail(Rule::index_bounds, at,
         Twine(stringifyExternKind(kind)) + " index " + Twine(index) +
             " is out of bounds, " + Twine(view.count(kind)) + " are defined");
    return result;
  }
  switch (kind) {
  case ExternKind::Function:
    result.type = typeIndex(view.functions[index].type, at);
    return result;
  case ExternKind::Tag:
    result.type = typeIndex(view.tags[index].type, at);
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
