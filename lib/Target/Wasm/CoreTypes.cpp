//===- CoreTypes.cpp - Core types of a binary as MLIR types -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CoreTypes.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/Rules.h"

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

//===----------------------------------------------------------------------===//
// Types that a module defines
//===----------------------------------------------------------------------===//

/// MLIR walks nested types recursively, so how deep they are is limited.
std::optional<ReadError>
CoreTypeConverter::checkNesting(const core::ModuleView &view, uint32_t start,
                                uint32_t size) {
  uint32_t deepest = 0;
  for (const core::SubType &type : ArrayRef(view.types).slice(start, size))
    core::eachTypeIndex(type, [&](uint32_t index) {
      if (index < start)
        deepest = std::max(deepest, depth[index] + 1);
    });
  depth.append(size, deepest);
  if (deepest <= limits::typeNesting)
    return std::nullopt;
  return ReadError{Rule::input_limit, view.types[start].at,
                   "more than " + std::to_string(limits::typeNesting) +
                       " types are nested in each other"};
}

void CoreTypeConverter::enterGroup(const core::ModuleView &view, uint32_t start,
                                   uint32_t size, ArrayRef<core::TypeId> ids) {
  ArrayRef<core::SubType> group = ArrayRef(view.types).slice(start, size);
  bool namesItself = false;
  core::eachTypeIndex(group[0], [&](uint32_t i) { namesItself |= i == start; });
  const core::SubType &first = group[0];
  if (size == 1 && first.kind == core::SubType::Func && first.isFinal &&
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
  for (uint32_t i = 0; i < size; ++i)
    types.push_back(DefinedType::get(context, i, made));
}

std::optional<ReadError>
CoreTypeConverter::enter(const core::ModuleView &view) {
  core::TypeTable table;
  SmallVector<core::TypeId> ids;
  for (uint32_t start = 0, size; start < view.types.size(); start += size) {
    size = view.types[start].groupSize;
    if (auto error = table.add(ArrayRef(view.types).take_front(start + size),
                               start, ids))
      return error;
    if (auto error = checkNesting(view, start, size))
      return error;
    enterGroup(view, start, size, ids);
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

Type CoreTypeReader::known(uint64_t at, Type type) {
  if (!type)
    in.fail(Rule::unsupported_feature, at,
            "this core type cannot be imported yet");
  return in.failed() ? Type() : type;
}

SmallVector<ValType> CoreTypeReader::valueTypes(const char *what) {
  SmallVector<ValType> list;
  for (uint32_t n = in.count(what, limits::parameters); n && !in.failed(); --n)
    list.push_back(types.valueType());
  return list;
}

FunctionType CoreTypeReader::functionType() {
  uint64_t at = in.offset();
  SmallVector<ValType> params = valueTypes("parameters");
  SmallVector<ValType> results = valueTypes("results");
  return cast_or_null<FunctionType>(
      known(at, convert.function(params, results)));
}

FunctionType CoreTypeReader::indexed(ArrayRef<FunctionType> functions,
                                     uint64_t at, uint32_t index) {
  if (!in.failed() && index >= functions.size())
    in.fail(Rule::index_bounds, at,
            "core type index " + Twine(index) + " is out of bounds, " +
                Twine(functions.size()) + " are defined here");
  return in.failed() ? FunctionType() : functions[index];
}

core::Limits CoreTypeReader::limits(bool isMemory) {
  core::Limits limits = types.limits(isMemory);
  if (std::optional<ReadError> error = core::checkLimits(limits, isMemory))
    in.fail(error->rule, error->offset, error->message);
  return limits;
}

Type CoreTypeReader::externType(ArrayRef<FunctionType> functions) {
  ExternKind kind = types.externKind("core extern type");
  uint64_t at = in.offset();
  switch (kind) {
  case ExternKind::Function:
    return indexed(functions, at, in.u32("type index"));
  case ExternKind::Table: {
    ValType element = types.elementType();
    return known(at, convert.table(element, limits(/*isMemory=*/false)));
  }
  case ExternKind::Memory:
    return known(at, convert.memory(limits(/*isMemory=*/true)));
  case ExternKind::Global:
    return known(at, convert.global(types.globalType()));
  case ExternKind::Tag:
    return convert.tag(indexed(functions, at, types.tagType().type));
  }
  return {};
}
