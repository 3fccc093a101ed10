//===- CoreTypes.cpp - Core types of a binary as MLIR types -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CoreTypes.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::wasm;
using namespace mlir;

Type CoreTypeReader::valueType() {
  uint64_t at = in.offset();
  uint8_t code = in.byte("core value type");
  // `(ref null func)` and `(ref null extern)` have a long and a short form.
  if (code == 0x63 && in.peek() && (*in.peek() == 0x70 || *in.peek() == 0x6f))
    code = in.byte();
  switch (code) {
  case 0x7f:
    return IntegerType::get(context, 32);
  case 0x7e:
    return IntegerType::get(context, 64);
  case 0x7d:
    return Float32Type::get(context);
  case 0x7c:
    return Float64Type::get(context);
  case 0x7b:
    return V128Type::get(context);
  case 0x70:
    return FuncRefType::get(context);
  case 0x6f:
    return ExternRefType::get(context);
  case 0x69:
    return ExnRefType::get(context);
  }
  in.fail(Rule::unsupported_feature, at,
          "core value type 0x" + llvm::utohexstr(code, true) +
              " cannot be imported yet");
  return {};
}

FunctionType CoreTypeReader::functionType() {
  SmallVector<Type> inputs, results;
  for (uint32_t n = in.count("parameters", limits::parameters); n; --n)
    inputs.push_back(valueType());
  for (uint32_t n = in.count("results", limits::parameters); n; --n)
    results.push_back(valueType());
  if (in.failed())
    return {};
  return FunctionType::get(context, inputs, results);
}

FunctionType CoreTypeReader::indexedType(ArrayRef<FunctionType> types) {
  uint64_t at = in.offset();
  uint32_t index = in.u32("type index");
  if (!in.failed() && index >= types.size())
    in.fail(Rule::index_bounds, at,
            "core type index " + Twine(index) + " is out of bounds, " +
                Twine(types.size()) + " are defined here");
  return in.failed() ? FunctionType() : types[index];
}

CoreTypeReader::Limits CoreTypeReader::limits() {
  uint64_t at = in.offset();
  uint8_t flags = in.byte("limits");
  if (flags > 7)
    in.fail(Rule::unsupported_feature, at,
            "limits with flags " + Twine(unsigned(flags)) +
                " cannot be imported yet");
  Limits result;
  result.min = in.u64("minimum");
  if (flags & 1)
    result.max = in.u64("maximum");
  result.shared = flags & 2;
  result.index64 = flags & 4;
  if (!in.failed() && result.max && *result.max < result.min)
    in.fail(Rule::core_limits, at, "the maximum is below the minimum");
  if (!in.failed() && result.shared && !result.max)
    in.fail(Rule::core_limits, at, "a shared memory has a maximum");
  return result;
}

Type CoreTypeReader::tableType() {
  Type element = valueType();
  Limits size = limits();
  if (in.failed())
    return {};
  return TableType::get(context, size.min, size.max, element, size.index64);
}

Type CoreTypeReader::memoryType() {
  Limits size = limits();
  if (in.failed())
    return {};
  return MemoryType::get(context, size.min, size.max, size.shared,
                         size.index64);
}

Type CoreTypeReader::globalType() {
  Type value = valueType();
  uint64_t at = in.offset();
  uint8_t mut = in.byte("mutability");
  if (mut > 1)
    in.fail(Rule::unknown_code, at,
            "mutability is 0 or 1, found " + Twine(unsigned(mut)));
  if (in.failed())
    return {};
  return GlobalType::get(context, value, mut == 1);
}

Type CoreTypeReader::tagType(ArrayRef<FunctionType> types) {
  in.byte("attribute of a tag");
  FunctionType type = indexedType(types);
  return type ? TagType::get(context, type) : Type();
}

Type CoreTypeReader::externType(ArrayRef<FunctionType> types) {
  uint64_t at = in.offset();
  uint8_t kind = in.byte("extern type");
  switch (kind) {
  case 0:
    return indexedType(types);
  case 1:
    return tableType();
  case 2:
    return memoryType();
  case 3:
    return globalType();
  case 4:
    return tagType(types);
  }
  in.fail(Rule::unknown_code, at,
          "no core extern type has the code " + Twine(unsigned(kind)));
  return {};
}
