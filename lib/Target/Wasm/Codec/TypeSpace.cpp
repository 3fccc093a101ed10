//===- TypeSpace.cpp - Types of a module, canonical -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeSpace.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/STLExtras.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Building
//===----------------------------------------------------------------------===//

std::optional<ReadError> TypeSpace::build(const ModuleView &view) {
  types.reserve(view.types.size());
  for (uint32_t start = 0; start < view.types.size();) {
    uint32_t size = view.types[start].groupSize;
    for (uint32_t i = start; i < start + size; ++i)
      if (auto error = checkReferences(view.types[i], start + size))
        return error;
    enterGroup(view, start, size);
    // The chains of all have to be short and free of cycles before the first
    // of them is followed.
    for (uint32_t i = start; i < start + size; ++i)
      if (auto error = checkChain(view.types[i], i))
        return error;
    for (uint32_t i = start; i < start + size; ++i)
      if (auto error = checkStructure(i))
        return error;
    start += size;
  }
  return std::nullopt;
}

/// Calls `visit` with each type index in `type`.
template <typename Visit>
static void eachIndex(const SubType &type, Visit visit) {
  auto value = [&](ValType type) {
    if (type.isRef() && type.heap().isConcrete())
      visit(type.heap().index());
  };
  llvm::for_each(type.params, value);
  llvm::for_each(type.results, value);
  for (FieldType field : type.fields)
    value(field.storage);
  if (type.kind == SubType::Cont)
    visit(type.function);
  if (type.super)
    visit(*type.super);
}

std::optional<ReadError> TypeSpace::checkReferences(const SubType &type,
                                                    uint32_t limit) const {
  std::optional<ReadError> error;
  eachIndex(type, [&](uint32_t index) {
    if (index >= limit && !error)
      error = ReadError{Rule::index_bounds, type.at,
                        ("type index " + Twine(index) +
                         " is not defined before, nor in the same group")
                            .str()};
  });
  return error;
}

/// The structure of a group as a sequence of words.
std::string TypeSpace::keyOf(const ModuleView &view, uint32_t start,
                             uint32_t size) const {
  static constexpr uint32_t relativeBit = 1u << 28;
  std::string key;
  auto word = [&](uint32_t value) {
    key.append(reinterpret_cast<const char *>(&value), sizeof value);
  };
  auto index = [&](uint32_t value) {
    word(value >= start ? relativeBit | (value - start) : canon[value]);
  };
  auto value = [&](ValType type) {
    bool concrete = type.isRef() && type.heap().isConcrete();
    word(concrete
             ? ValType::ref(HeapType::concrete(0), type.isNullable()).bits()
             : type.bits());
    if (concrete)
      index(type.heap().index());
  };
  for (const SubType &type : ArrayRef(view.types).slice(start, size)) {
    word(type.kind | type.isFinal << 8 | type.super.has_value() << 9);
    if (type.super)
      index(*type.super);
    word(type.params.size());
    llvm::for_each(type.params, value);
    word(type.results.size());
    llvm::for_each(type.results, value);
    word(type.fields.size());
    for (FieldType field : type.fields) {
      value(field.storage);
      word(field.mut);
    }
    if (type.kind == SubType::Cont)
      index(type.function);
  }
  return key;
}

void TypeSpace::enterGroup(const ModuleView &view, uint32_t start,
                           uint32_t size) {
  uint32_t first =
      groups.try_emplace(keyOf(view, start, size), start).first->second;
  for (uint32_t i = 0; i < size; ++i)
    canon.push_back(first + i);
  for (uint32_t i = 0; i < size; ++i) {
    const SubType &type = view.types[start + i];
    types.push_back(canonicalType(type));
    bool known = type.super && *type.super < start + i;
    depth.push_back(known ? depth[*type.super] + 1 : 0);
  }
}

SubType TypeSpace::canonicalType(const SubType &type) {
  auto values = [&](ArrayRef<ValType> list) {
    if (llvm::none_of(list, [](ValType t) { return t.isRef(); }))
      return list;
    llvm::SmallVector<ValType> made;
    for (ValType each : list)
      made.push_back(canonical(each));
    return ArrayRef<ValType>(ArrayRef<ValType>(made).copy(storage));
  };
  SubType made = type;
  made.params = values(type.params);
  made.results = values(type.results);
  llvm::SmallVector<FieldType> fields;
  for (FieldType field : type.fields)
    fields.push_back({canonical(field.storage), field.mut});
  made.fields = ArrayRef<FieldType>(fields).copy(storage);
  if (type.kind == SubType::Cont)
    made.function = canon[type.function];
  if (type.super)
    made.super = canon[*type.super];
  return made;
}

static ReadError typeError(Rule rule, const SubType &type, uint32_t index,
                           const Twine &message) {
  return ReadError{rule, type.at, ("type " + Twine(index) + message).str()};
}

std::optional<ReadError> TypeSpace::checkChain(const SubType &type,
                                               uint32_t index) const {
  if (type.super && *type.super >= index)
    return typeError(Rule::subtype, type, index,
                     " does not stand behind its supertype");
  if (depth[index] > limits::subtypeDepth)
    return typeError(Rule::input_limit, type, index,
                     " has more than " + Twine(limits::subtypeDepth) +
                         " supertypes");
  return std::nullopt;
}

std::optional<ReadError> TypeSpace::checkStructure(uint32_t index) const {
  const SubType &type = types[index];
  if (type.kind == SubType::Cont && types[type.function].kind != SubType::Func)
    return typeError(Rule::type_kind, type, index,
                     " is a continuation of what is no function");
  if (!type.super)
    return std::nullopt;
  const SubType &super = types[*type.super];
  if (super.isFinal)
    return typeError(Rule::subtype, type, index,
                     " has a supertype that is final");
  if (!matchesStructure(type, super))
    return typeError(Rule::subtype, type, index,
                     " does not match its supertype " + Twine(*type.super));
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

HeapType TypeSpace::kindOf(uint32_t index) const {
  switch (types[index].kind) {
  case SubType::Func:
    return HeapType::Func;
  case SubType::Struct:
    return HeapType::Struct;
  case SubType::Array:
    return HeapType::Array;
  case SubType::Cont:
    return HeapType::Cont;
  }
  return HeapType::Func;
}

/// Whether the abstract heap type `sub` is below `super`, also abstract.
static bool matchesAbstract(HeapType::Abstract sub, HeapType::Abstract super) {
  switch (sub) {
  case HeapType::None:
    return super == HeapType::I31 || super == HeapType::Struct ||
           super == HeapType::Array || super == HeapType::Eq ||
           super == HeapType::Any;
  case HeapType::I31:
  case HeapType::Struct:
  case HeapType::Array:
    return super == HeapType::Eq || super == HeapType::Any;
  case HeapType::Eq:
    return super == HeapType::Any;
  case HeapType::NoFunc:
    return super == HeapType::Func;
  case HeapType::NoExtern:
    return super == HeapType::Extern;
  case HeapType::NoExn:
    return super == HeapType::Exn;
  case HeapType::NoCont:
    return super == HeapType::Cont;
  default:
    return false;
  }
}

bool TypeSpace::matches(HeapType sub, HeapType super) const {
  if (sub == super || sub == HeapType(HeapType::Unknown))
    return true;
  if (sub.isConcrete() && super.isConcrete()) {
    for (uint32_t type = sub.index(); types[type].super;)
      if ((type = *types[type].super) == super.index())
        return true;
    return false;
  }
  if (sub.isConcrete())
    return matches(kindOf(sub.index()), super);
  if (super.isConcrete()) {
    HeapType kind = kindOf(super.index());
    bool isBottom = sub == HeapType(HeapType::None) ||
                    sub == HeapType(HeapType::NoFunc) ||
                    sub == HeapType(HeapType::NoCont);
    return isBottom && matchesAbstract(sub.abstract(), kind.abstract());
  }
  return matchesAbstract(sub.abstract(), super.abstract());
}

bool TypeSpace::matchesRef(ValType sub, ValType super) const {
  return sub.isRef() && super.isRef() &&
         (super.isNullable() || !sub.isNullable()) &&
         matches(sub.heap(), super.heap());
}

bool TypeSpace::matches(ArrayRef<ValType> sub, ArrayRef<ValType> super) const {
  return sub.size() == super.size() &&
         llvm::all_of(llvm::zip(sub, super), [&](auto pair) {
           return matches(std::get<0>(pair), std::get<1>(pair));
         });
}

bool TypeSpace::matches(FieldType sub, FieldType super) const {
  if (sub.mut != super.mut)
    return false;
  return sub.mut ? sub.storage == super.storage
                 : matches(sub.storage, super.storage);
}

bool TypeSpace::matchesFunction(const SubType &sub,
                                const SubType &super) const {
  return matches(super.params, sub.params) &&
         matches(sub.results, super.results);
}

bool TypeSpace::matchesStructure(const SubType &sub,
                                 const SubType &super) const {
  if (sub.kind != super.kind)
    return false;
  switch (sub.kind) {
  case SubType::Func:
    return matchesFunction(sub, super);
  case SubType::Struct:
  case SubType::Array:
    return sub.fields.size() >= super.fields.size() &&
           llvm::all_of(llvm::zip(sub.fields, super.fields), [&](auto pair) {
             return matches(std::get<0>(pair), std::get<1>(pair));
           });
  case SubType::Cont:
    return matches(HeapType::concrete(sub.function),
                   HeapType::concrete(super.function));
  }
  return false;
}
