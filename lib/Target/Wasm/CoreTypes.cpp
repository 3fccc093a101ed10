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
  if (type.isRef()) {
    if (!type.isNullable() || type.heap().isConcrete())
      return {};
    switch (type.heap().abstract()) {
    case HeapType::Func:
      return FuncRefType::get(context);
    case HeapType::Extern:
      return ExternRefType::get(context);
    case HeapType::Exn:
      return ExnRefType::get(context);
    default:
      return {};
    }
  }
  switch (type.bits()) {
  case ValType::I32:
    return IntegerType::get(context, 32);
  case ValType::I64:
    return IntegerType::get(context, 64);
  case ValType::F32:
    return Float32Type::get(context);
  case ValType::F64:
    return Float64Type::get(context);
  case ValType::V128:
    return V128Type::get(context);
  }
  return {};
}

Type CoreTypeConverter::table(ValType element,
                              const core::Limits &limits) const {
  Type converted = value(element);
  return converted ? TableType::get(context, limits.min, limits.max, converted,
                                    limits.is64)
                   : Type();
}

Type CoreTypeConverter::memory(const core::Limits &limits) const {
  if (limits.pageLog2 != 16)
    return {};
  return MemoryType::get(context, limits.min, limits.max, limits.isShared,
                         limits.is64);
}

Type CoreTypeConverter::global(const core::GlobalDef &global) const {
  Type converted = value(global.type);
  return converted ? GlobalType::get(context, converted, global.mut) : Type();
}

Type CoreTypeConverter::tag(FunctionType function) const {
  return function ? TagType::get(context, function) : Type();
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

FunctionType CoreTypeConverter::function(const core::SubType &type) const {
  return type.kind == core::SubType::Func ? function(type.params, type.results)
                                          : FunctionType();
}

Type CoreTypeConverter::entity(const core::ModuleView &view, ExternKind kind,
                               uint32_t index) const {
  auto indexed = [&](uint32_t type) {
    return type < view.types.size() ? function(view.types[type])
                                    : FunctionType();
  };
  switch (kind) {
  case ExternKind::Function:
    return indexed(view.functions[index].type);
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
