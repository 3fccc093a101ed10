//===- CoreTypes.cpp - Core types of a binary as MLIR types -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CoreTypes.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/Sequence.h"

using namespace meld;
using namespace meld::wasm;
using namespace mlir;
using core::ExternKind;
using core::HeapType;
using core::ValType;

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

Type CoreTypeConverter::value(ValType type) const {
  if (!type.isRef() || !type.heap().isConcrete())
    return valueTypeOf(context, type);
  uint32_t index = type.heap().index();
  return index < types.size()
             ? RefType::get(context, types[index], type.isNullable())
             : Type();
}

Type CoreTypeConverter::table(ValType element,
                              const core::Limits &limits) const {
  Type converted = value(element);
  return converted ? TableType::get(context, limits.min, limits.max, converted,
                                    limits.is64)
                   : Type();
}

Type CoreTypeConverter::memory(const core::Limits &limits) const {
  return MemoryType::get(context, limits.min, limits.max, limits.isShared,
                         limits.is64, /*bytePages=*/limits.pageLog2 == 0);
}

Type CoreTypeConverter::global(const core::GlobalDef &global) const {
  Type converted = value(global.type);
  return converted ? GlobalType::get(context, converted, global.mut) : Type();
}

Type CoreTypeConverter::tag(Type function) const {
  return function && isFunctionType(function) ? TagType::get(context, function)
                                              : Type();
}

FunctionType CoreTypeConverter::function(ArrayRef<ValType> params,
                                         ArrayRef<ValType> results) const {
  SmallVector<Type> inputs, outputs;
  for (ValType type : params)
    inputs.push_back(value(type));
  for (ValType type : results)
    outputs.push_back(value(type));
  if (llvm::is_contained(inputs, Type()) || llvm::is_contained(outputs, Type()))
    return {};
  return FunctionType::get(context, inputs, outputs);
}

Type CoreTypeConverter::entity(const core::ModuleView &view, ExternKind kind,
                               uint32_t index) const {
  auto indexed = [&](uint32_t type) {
    return type < types.size() ? types[type] : Type();
  };
  switch (kind) {
  case ExternKind::Function: {
    Type type = indexed(view.functions[index].type);
    return type && isFunctionType(type) ? type : Type();
  }
  case ExternKind::Table:
    return table(view.tables[index].element, view.tables[index].limits);
  case ExternKind::Memory:
    return memory(view.memories[index]);
  case ExternKind::Global:
    return global(view.globals[index]);
  case ExternKind::Tag:
    return tag(indexed(view.tags[index].type));
  }
  return {};
}

Type CoreTypeConverter::entity(const core::ExternType &type) const {
  switch (type.kind) {
  case ExternKind::Function:
    return types[type.type];
  case ExternKind::Table:
    return table(type.value, type.limits);
  case ExternKind::Memory:
    return memory(type.limits);
  case ExternKind::Global: {
    core::GlobalDef def;
    def.type = type.value;
    def.mut = type.mut;
    return global(def);
  }
  case ExternKind::Tag:
    return tag(types[type.type]);
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Types that a module defines
//===----------------------------------------------------------------------===//

void CoreTypeConverter::enterGroup(ArrayRef<core::SubType> group,
                                   uint32_t start, ArrayRef<core::TypeId> ids) {
  bool namesItself = false;
  const core::SubType &first = group[0];
  core::eachTypeIndex(first, [&](uint32_t i) { namesItself |= i == start; });
  if (group.size() == 1 && first.kind == core::SubType::Func && first.isFinal &&
      !first.super && !namesItself) {
    types.push_back(function(first.params, first.results));
    return;
  }
  // Equal types have equal ids, and any index with an id stands for it.
  llvm::DenseMap<uint32_t, uint32_t> indices;
  auto canonical = [&](uint32_t index) {
    indices.try_emplace(ids[index], index);
    return ids[index];
  };
  auto made =
      RecGroupAttr::get(context, core::structureOf(group, start, canonical),
                        [&](uint32_t id) { return types[indices.lookup(id)]; });
  for (uint32_t i = 0; i < group.size(); ++i)
    types.push_back(DefinedType::get(context, i, made));
}

std::optional<ReadError>
CoreTypeConverter::enter(const core::ModuleView &view) {
  core::TypeTable table;
  SmallVector<core::TypeId> ids;
  for (uint32_t start = 0, size; start < view.types.size(); start += size) {
    size = view.types[start].groupSize;
    ArrayRef<core::SubType> known =
        ArrayRef(view.types).take_front(start + size);
    if (auto error = table.add(known, start, ids))
      return error;
    enterGroup(known.drop_front(start), start, ids);
  }
  return std::nullopt;
}

void CoreTypeConverter::enter(ArrayRef<core::SubType> group,
                              ArrayRef<Type> outer) {
  llvm::DenseMap<Type, core::TypeId> firsts;
  SmallVector<core::TypeId> ids;
  for (auto [i, type] : llvm::enumerate(outer))
    ids.push_back(firsts.try_emplace(type, i).first->second);
  types.assign(outer.begin(), outer.end());
  enterGroup(group, outer.size(), ids);
}

void CoreTypeConverter::enter(const core::TypeTable &table) {
  auto ids = llvm::to_vector(llvm::seq<core::TypeId>(0, table.size()));
  for (uint32_t start = 0, size; start < table.size(); start += size) {
    size = table[start].groupSize;
    enterGroup(ArrayRef(&table[start], size), start, ids);
  }
}
