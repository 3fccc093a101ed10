//===- TypeSpace.h - Types of a module, canonical ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two types are equal when their recursion groups have the same structure and
// they stand at the same place in them. So each group is looked up by its
// structure, in which references into the group are relative and all others
// canonical already; an equal one that stands before gives it its indices.
// After that, types are equal when their words are equal.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CODEC_TYPESPACE_H
#define MELD_LIB_TARGET_WASM_CODEC_TYPESPACE_H

#include "meld/Target/Wasm/ModuleView.h"
#include "llvm/ADT/StringMap.h"

namespace meld::core {

/// The type index space of a module, with all references canonical: the index
/// of the first equal type. `TypeTable` does it across modules.
class TypeSpace {
public:
  /// Checks and enters the types of `view`. Returns the first error.
  std::optional<ReadError> build(const ModuleView &view);

  uint32_t size() const { return types.size(); }
  /// Type `index`, any index of the module.
  const SubType &operator[](uint32_t index) const { return types[index]; }
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

  // Subtyping (Core: Validation, Matching) of canonical types.
  bool matches(ValType sub, ValType super) const {
    return sub == super || sub.isUnknown() || matchesRef(sub, super);
  }
  bool matches(HeapType sub, HeapType super) const;
  bool matches(llvm::ArrayRef<ValType> sub,
               llvm::ArrayRef<ValType> super) const;
  bool matches(FieldType sub, FieldType super) const;
  /// Whether a function of type `sub` can stand for one of type `super`.
  bool matchesFunction(const SubType &sub, const SubType &super) const;

private:
  std::optional<ReadError> checkReferences(const SubType &type,
                                           uint32_t limit) const;
  std::optional<ReadError> checkChain(const SubType &type,
                                      uint32_t index) const;
  std::optional<ReadError> checkStructure(uint32_t index) const;
  void enterGroup(const ModuleView &view, uint32_t start, uint32_t size);
  std::string keyOf(const ModuleView &view, uint32_t start,
                    uint32_t size) const;
  SubType canonicalType(const SubType &type);
  bool matchesRef(ValType sub, ValType super) const;
  bool matchesStructure(const SubType &sub, const SubType &super) const;
  /// The top abstract type that the values of type `index` have.
  HeapType kindOf(uint32_t index) const;

  std::vector<SubType> types;
  std::vector<uint32_t> canon;
  /// How many supertypes a type has.
  std::vector<uint32_t> depth;
  llvm::StringMap<uint32_t> groups;
  llvm::BumpPtrAllocator storage;
};

} // namespace meld::core

#endif // MELD_LIB_TARGET_WASM_CODEC_TYPESPACE_H
