//===- OffsetMap.cpp - Where the code of a module comes from ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/OffsetMap.h"

#include "llvm/ADT/STLExtras.h"

using namespace meld::core;

/// Follows the piece that `offset` is in, whose bytes count from `from` there
/// and from `to` elsewhere.
static uint32_t follow(llvm::ArrayRef<OffsetMap::Piece> pieces, uint32_t offset,
                       uint32_t OffsetMap::Piece::*from,
                       uint32_t OffsetMap::Piece::*to) {
  auto next = llvm::partition_point(pieces, [&](const OffsetMap::Piece &piece) {
    return piece.*from <= offset;
  });
  const OffsetMap::Piece &piece = *std::prev(next);
  uint32_t found = piece.*to + (offset - piece.*from);
  // An index that is longer here than there ends behind its last byte there.
  if (next != pieces.end() && found >= next->*to)
    return std::max(piece.*to, next->*to - 1);
  return found;
}

uint32_t OffsetMap::inputOf(const Function &function, uint32_t offset) {
  return follow(function.pieces, offset, &Piece::output, &Piece::input);
}

uint32_t OffsetMap::outputOf(const Function &function, uint32_t offset) {
  return follow(function.pieces, offset, &Piece::input, &Piece::output);
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
