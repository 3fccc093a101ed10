//===- TypeGroup.cpp - The structure of recursion groups --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/TypeGroup.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;
using llvm::SmallVector;

ValType core::renumber(ValType type,
                       llvm::function_ref<uint32_t(uint32_t)> number) {
  if (!type.isRef() || !type.heap().isConcrete())
    return type;
  return ValType::ref(HeapType::concrete(number(type.heap().index())),
                      type.isNullable());
}

SubType core::renumber(const SubType &type,
                       llvm::function_ref<uint32_t(uint32_t)> number,
                       llvm::BumpPtrAllocator &storage) {
  auto values = [&](ArrayRef<ValType> list) {
    SmallVector<ValType> made;
    for (ValType each : list)
      made.push_back(renumber(each, number));
    return ArrayRef<ValType>(ArrayRef<ValType>(made).copy(storage));
  };
  SubType made = type;
  made.params = values(type.params);
  made.results = values(type.results);
  SmallVector<FieldType> fields;
  for (FieldType field : type.fields)
    fields.push_back({renumber(field.storage, number), field.mut});
  made.fields = ArrayRef<FieldType>(fields).copy(storage);
  if (type.kind == SubType::Cont)
    made.function = number(type.function);
  if (type.super)
    made.super = number(*type.super);
  return made;
}

//===----------------------------------------------------------------------===//
// Words: the size of the group, where each definition begins, the definitions.
//===----------------------------------------------------------------------===//

static constexpr uint32_t finalBit = 1 << 8, superBit = 1 << 9;

static void write(const SubType &type, llvm::SmallVectorImpl<uint32_t> &words) {
  words.push_back(type.kind | (type.isFinal ? finalBit : 0) |
                  (type.super ? superBit : 0));
  if (type.super)
    words.push_back(*type.super);
  if (type.kind == SubType::Cont)
    words.push_back(type.function);
  for (ArrayRef<ValType> list : {type.params, type.results}) {
    words.push_back(list.size());
    for (ValType each : list)
      words.push_back(each.bits());
  }
  words.push_back(type.fields.size());
  for (FieldType field : type.fields) {
    words.push_back(field.storage.bits());
    words.push_back(field.mut);
  }
}

TypeGroup core::structureOf(ArrayRef<SubType> group, uint32_t first,
                            llvm::function_ref<uint32_t(uint32_t)> canonical) {
  TypeGroup result;
  llvm::SmallDenseMap<uint32_t, uint32_t> positions; // in `outer`
  auto local = [&](uint32_t index) -> uint32_t {
    if (index >= first && index - first < group.size())
      return index - first;
    uint32_t number = canonical(index);
    auto [it, isNew] = positions.try_emplace(number, result.outer.size());
    if (isNew)
      result.outer.push_back(number);
    return group.size() + it->second;
  };
  result.words.resize(1 + group.size());
  result.words[0] = group.size();
  llvm::BumpPtrAllocator storage;
  for (auto [i, type] : llvm::enumerate(group)) {
    result.words[1 + i] = result.words.size();
    write(renumber(type, local, storage), result.words);
  }
  return result;
}

uint32_t GroupNumbers::number(const TypeGroup &group, uint32_t next) {
  auto bytes = [](ArrayRef<uint32_t> words) {
    return llvm::StringRef(reinterpret_cast<const char *>(words.data()),
                           words.size() * sizeof(uint32_t));
  };
  // The words say how many outer types there are.
  return numbers
      .try_emplace((llvm::Twine(bytes(group.words)) + bytes(group.outer)).str(),
                   next)
      .first->second;
}

namespace {
/// Reads what `write` wrote.
class WordReader {
public:
  WordReader(ArrayRef<uint32_t> words, llvm::BumpPtrAllocator &storage)
      : words(words), storage(storage) {}

  SubType definition();
  uint32_t next() {
    uint32_t word = words.front();
    words = words.drop_front();
    return word;
  }

private:
  ArrayRef<ValType> values() {
    SmallVector<ValType> list;
    for (uint32_t n = next(); n; --n)
      list.push_back(ValType::fromBits(next()));
    return ArrayRef<ValType>(list).copy(storage);
  }

  ArrayRef<uint32_t> words;
  llvm::BumpPtrAllocator &storage;
};
} // namespace

SubType WordReader::definition() {
  SubType type;
  uint32_t head = next();
  type.kind = SubType::Kind(head & 0xff);
  type.isFinal = head & finalBit;
  if (head & superBit)
    type.super = next();
  if (type.kind == SubType::Cont)
    type.function = next();
  type.params = values();
  type.results = values();
  SmallVector<FieldType> fields;
  for (uint32_t n = next(); n; --n) {
    ValType storage = ValType::fromBits(next());
    fields.push_back({storage, next() != 0});
  }
  type.fields = ArrayRef<FieldType>(fields).copy(storage);
  return type;
}

SubType core::definitionOf(ArrayRef<uint32_t> words, uint32_t position,
                           llvm::BumpPtrAllocator &storage) {
  WordReader in(words.drop_front(words[1 + position]), storage);
  SubType type = in.definition();
  type.groupSize = words[0];
  return type;
}
