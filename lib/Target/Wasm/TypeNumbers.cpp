//===- TypeNumbers.cpp - The type index space of what is written *- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeNumbers.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

std::optional<uint32_t> TypeNumbers::known(Type type) const {
  if (auto found = firsts.find(type.getAsOpaquePointer());
      found != firsts.end())
    return found->second;
  auto defined = dyn_cast<DefinedType>(type);
  if (!defined)
    return std::nullopt;
  auto found = firsts.find(defined.getGroup().getAsOpaquePointer());
  if (found == firsts.end())
    return std::nullopt;
  return found->second + defined.getPosition();
}

/// Calls `visit` with each defined type that has to stand before `type`.
static void eachNamed(Type type, function_ref<void(Type)> visit) {
  if (auto defined = dyn_cast<DefinedType>(type)) {
    llvm::for_each(defined.getGroup().getOuter(), visit);
    return;
  }
  auto function = cast<FunctionType>(type);
  for (Type each :
       llvm::concat<const Type>(function.getInputs(), function.getResults()))
    if (auto ref = dyn_cast<RefType>(each); ref && ref.getDefined())
      visit(ref.getDefined());
}

void TypeNumbers::add(Type type) {
  auto defined = dyn_cast<DefinedType>(type);
  RecGroupAttr group = defined ? defined.getGroup() : RecGroupAttr();
  firsts[group ? group.getAsOpaquePointer() : type.getAsOpaquePointer()] =
      count;
  list.push_back({dyn_cast<FunctionType>(type), group, count, std::nullopt});
  count += group ? group.size() : 1;
}

void TypeNumbers::addAlias(Type type, OuterType outer) {
  firsts[type.getAsOpaquePointer()] = count;
  list.push_back({nullptr, nullptr, count++, outer});
}

uint32_t TypeNumbers::number(Type type) {
  if (std::optional<uint32_t> number = known(type))
    return *number;
  // What is named comes first. The types of a guest come in its order, so this
  // is deep only where they are not needed.
  SmallVector<Type> work = {type};
  while (!work.empty()) {
    Type next = work.back();
    size_t before = work.size();
    if (findOuter && !known(next))
      if (std::optional<OuterType> outer = findOuter(next))
        addAlias(next, *outer);
    if (!known(next))
      eachNamed(next, [&](Type named) {
        if (!known(named))
          work.push_back(named);
      });
    if (work.size() != before)
      continue;
    work.pop_back();
    if (!known(next))
      add(next);
  }
  return *known(type);
}
