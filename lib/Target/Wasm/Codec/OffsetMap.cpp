//===- OffsetMap.cpp - Where the code of a module comes from ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/OffsetMap.h"

#include "llvm/ADT/STLExtras.h"

using namespace meld::core;

uint32_t OffsetMap::inputOf(const Function &function, uint32_t offset) {
  auto next = llvm::partition_point(function.pieces, [&](const Piece &piece) {
    return piece.output <= offset;
  });
  const Piece &piece = *std::prev(next);
  uint32_t input = piece.input + (offset - piece.output);
  // An index that became longer ends behind its last byte in the input.
  if (next != function.pieces.end() && input >= next->input)
    return std::max(piece.input, next->input - 1);
  return input;
}

void OffsetMap::add(Instance &instance, uint32_t function) {
  if (!instance.functions.empty()) {
    Instance::Run &last = instance.functions.back();
    if (last.first + last.count == function) {
      ++last.count;
      return;
    }
  }
  instance.functions.push_back({function, 1});
}

std::optional<OffsetMap::Answer> OffsetMap::locate(uint64_t offset) const {
  auto behind = llvm::partition_point(
      functions, [&](const Function &each) { return each.begin <= offset; });
  if (behind == functions.begin() || offset >= std::prev(behind)->end)
    return std::nullopt;
  const Function &function = *std::prev(behind);
  Answer answer{uint32_t(&function - functions.data()), function.origin, {}};
  if (function.isCopy && answer.origin)
    answer.origin->column += inputOf(function, offset - function.begin);
  for (auto [number, instance] : llvm::enumerate(instances))
    if (llvm::any_of(instance.functions, [&](const Instance::Run &run) {
          return answer.function - run.first < run.count;
        }))
      answer.instances.push_back(number);
  return answer;
}
