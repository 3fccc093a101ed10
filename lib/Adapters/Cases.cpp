//===- Cases.cpp - variants in core values ----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Cases.h"

using namespace mlir;
using namespace meld::adapters;
using meld::wasm::CompareKind;
using meld::wasm::ConvertKind;

//===----------------------------------------------------------------------===//
// Joined values
//===----------------------------------------------------------------------===//

static Value split(Code &b, Value value, Type type) {
  if (value.getType() == type)
    return value;
  if (value.getType().isInteger(64) && !type.isF64())
    value = b.convert(ConvertKind::wrap_i64, value, b.getI32Type());
  if (type.isF32())
    return b.convert(ConvertKind::reinterpret_i32, value, type);
  if (type.isF64())
    return b.convert(ConvertKind::reinterpret_i64, value, type);
  return value;
}

static Value join(Code &b, Value value, Type type) {
  if (value.getType() == type)
    return value;
  if (value.getType().isF64())
    return b.convert(ConvertKind::reinterpret_f64, value, type);
  if (value.getType().isF32())
    value = b.convert(ConvertKind::reinterpret_f32, value, b.getI32Type());
  return b.resized(value, type);
}

Code::Values meld::adapters::splitJoined(Code &b, ArrayRef<Value> joined,
                                         ArrayRef<Type> flat) {
  Code::Values values;
  for (auto [value, type] : llvm::zip(joined, flat))
    values.push_back(split(b, value, type));
  return values;
}

Code::Values meld::adapters::joinValues(Code &b, ArrayRef<Value> values,
                                        ArrayRef<Type> joined) {
  Code::Values all;
  for (auto [i, type] : llvm::enumerate(joined))
    all.push_back(i < values.size() ? join(b, values[i], type)
                                    : b.constant(type, 0));
  return all;
}

//===----------------------------------------------------------------------===//
// Selection
//===----------------------------------------------------------------------===//

namespace {
/// Neighbouring cases with one type of payload.
struct Group {
  size_t first;
  Type type;
};

struct Selection {
  Code &b;
  Value number;
  ArrayRef<Type> results;
  llvm::function_ref<Code::Values(Type)> payload;

  Code::Values among(ArrayRef<Group> groups) {
    if (groups.size() == 1)
      return payload(groups.front().type);
    size_t half = groups.size() / 2;
    ArrayRef<Group> low = groups.take_front(half);
    ArrayRef<Group> high = groups.drop_front(half);
    // Of two cases the number is the condition.
    Value isHigh =
        high.front().first == 1
            ? number
            : b.compare(CompareKind::ge_u, number, int64_t(high.front().first));
    if (results.empty() && groups.size() == 2 && !low.front().type) {
      b.when(isHigh, [&] { payload(high.front().type); });
      return {};
    }
    return b.branch(
        isHigh, results, [&] { return among(high); },
        [&] { return among(low); });
  }
};
} // namespace

Code::Values
meld::adapters::selectCase(Code &b, Value number, ArrayRef<Type> cases,
                           ArrayRef<Type> results,
                           llvm::function_ref<Code::Values(Type)> payload) {
  SmallVector<Group> groups;
  for (auto [i, type] : llvm::enumerate(cases))
    if (groups.empty() || groups.back().type != type)
      groups.push_back({i, type});
  if (groups.size() == 1 && !groups.front().type)
    return payload({}); // nothing to select, as in an enum
  return Selection{b, number, results, payload}.among(groups);
}
