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
      if (auto error = checkStructure(*this, i, view.types[i], i))
        return error;
    start += size;
  }
  return std::nullopt;
}

std::optional<ReadError> TypeSpace::checkReferences(const SubType &type,
                                                    uint32_t limit) const {
  std::optional<ReadError> error;
  eachTypeIndex(type, [&](uint32_t index) {
    if (index >= limit && !error)
      error = ReadError{Rule::index_bounds, type.at,
                        ("type index " + Twine(index) +
                         " is not defined before, nor in the same group")
                            .str()};
  });
  return error;
}

void TypeSpace::enterGroup(const ModuleView &view, uint32_t start,
                           uint32_t size) {
  ArrayRef<SubType> group = ArrayRef(view.types).slice(start, size);
  auto canonical = [&](uint32_t index) { return canon[index]; };
  uint32_t first = groups.number(structureOf(group, start, canonical), start);
  for (uint32_t i = 0; i < size; ++i)
    canon.push_back(first + i);
  for (const SubType &type : group) {
    uint32_t index = types.size();
    types.push_back(renumber(type, canonical, storage));
    bool known = type.super && *type.super < index;
    depth.push_back(known ? depth[*type.super] + 1 : 0);
  }
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

std::optional<ReadError> core::checkStructure(const DefinedTypes &types,
                                              uint32_t number,
                                              const SubType &type,
                                              uint32_t index) {
  const SubType &known = types[number];
  if (type.kind == SubType::Cont && types[known.function].kind != SubType::Func)
    return typeError(Rule::type_kind, type, index,
                     " is a continuation of what is no function");
  if (!type.super)
    return std::nullopt;
  const SubType &super = types[*known.super];
  if (super.isFinal)
    return typeError(Rule::subtype, type, index,
                     " has a supertype that is final");
  if (!types.matchesStructure(known, super))
    return typeError(Rule::subtype, type, index,
                     " does not match its supertype " + Twine(*type.super));
  return std::nullopt;
}
