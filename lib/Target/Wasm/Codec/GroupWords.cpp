//===- GroupWords.cpp - Words of recursion groups, from elsewhere ---------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// TypeGroup.cpp writes and reads the words; this knows their form as well.
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/GroupWords.h"
#include "meld/Target/Wasm/TypeGroup.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;

namespace {
/// Walks words of which nothing is known.
class WordChecker {
public:
  WordChecker(ArrayRef<uint32_t> words, size_t outer)
      : words(words), types(outer) {}

  bool group();

private:
  /// A word below `limit`; fails without one.
  uint32_t below(uint64_t limit) {
    if (at >= words.size() || words[at] >= limit) {
      isGood = false;
      return 0;
    }
    return words[at++];
  }
  void value(bool isField);
  void definition(uint32_t position, uint32_t size);

  ArrayRef<uint32_t> words;
  size_t at = 0;
  uint64_t types; // that can be named
  bool isGood = true;
};
} // namespace

void WordChecker::value(bool isField) {
  ValType type = ValType::fromBits(below(uint64_t(1) << 32));
  if (type.isRef()) {
    HeapType heap = type.heap();
    isGood &= heap.isConcrete() ? heap.index() < types
                                : bool(HeapType::fromByte(heap.abstract()));
    return;
  }
  isGood &= type.isNumeric() || (isField && type.isPacked());
}

void WordChecker::definition(uint32_t position, uint32_t size) {
  uint32_t head = below(1 << 10), kind = head & 0xff;
  isGood &= kind <= SubType::Cont;
  if (head & (1 << 9)) {
    uint32_t super = below(types);
    isGood &= super >= size || super < position;
  }
  if (kind == SubType::Cont)
    below(types);
  for (unsigned list = 0; list < 2; ++list)
    for (uint32_t n = below(words.size()); n && isGood; --n)
      value(/*isField=*/false);
  uint32_t fields = below(words.size());
  isGood &= kind != SubType::Array || fields == 1;
  for (; fields && isGood; --fields) {
    value(/*isField=*/true);
    below(2);
  }
}

bool WordChecker::group() {
  uint32_t size = below(words.size());
  types += size;
  at += size;
  for (uint32_t i = 0; i < size && isGood; ++i) {
    isGood &= words[1 + i] == at;
    definition(i, size);
  }
  return isGood && size && at == words.size();
}

bool core::isGroup(ArrayRef<uint32_t> words, size_t outer) {
  return WordChecker(words, outer).group();
}
