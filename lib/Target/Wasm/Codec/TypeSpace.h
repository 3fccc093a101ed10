//===- TypeSpace.h - Types of a module, canonical ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each group is looked up by its structure (TypeGroup.h); an equal one that
// stands before gives it its indices.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CODEC_TYPESPACE_H
#define MELD_LIB_TARGET_WASM_CODEC_TYPESPACE_H

#include "meld/Target/Wasm/CanonicalTypes.h"

namespace meld::core {

/// The type index space of a module, with all references canonical: the index
/// of the first equal type. Each index of the module is a number of the list.
/// `TypeTable` does it across modules.
class TypeSpace : public DefinedTypes {
public:
  /// Checks and enters the types of `view`. Returns the first error.
  std::optional<ReadError> build(const ModuleView &view);

  uint32_t canonical(uint32_t index) const { return canon[index]; }
  HeapType canonical(HeapType heap) const {
    return heap.isConcrete() ? HeapType::concrete(canon[heap.index()]) : heap;
  }
  ValType canonical(ValType type) const {
    return type.isRef() && type.heap().isConcrete()
               ? ValType::ref(canonical(type.heap()), type.isNullable())
               : type;
  }
  /// Whether the types that `type` names exist.
  bool exists(HeapType heap) const {
    return !heap.isConcrete() || heap.index() < types.size();
  }
  bool exists(ValType type) const {
    return !type.isRef() || exists(type.heap());
  }

private:
  std::optional<ReadError> checkReferences(const SubType &type,
                                           uint32_t limit) const;
  std::optional<ReadError> checkChain(const SubType &type,
                                      uint32_t index) const;
  void enterGroup(const ModuleView &view, uint32_t start, uint32_t size);

  std::vector<uint32_t> canon;
  /// How many supertypes a type has.
  std::vector<uint32_t> depth;
  GroupNumbers groups;
};

/// Checks the type of the canonical `number` against what it names. It was
/// written as `type` at `index`; the chain of its supertypes is finite.
std::optional<ReadError> checkStructure(const DefinedTypes &types,
                                        uint32_t number, const SubType &type,
                                        uint32_t index);

} // namespace meld::core

#endif // MELD_LIB_TARGET_WASM_CODEC_TYPESPACE_H
