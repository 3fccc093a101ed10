//===- DefinedTypes.h - Canonical core types and subtyping ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_DEFINEDTYPES_H
#define MELD_TARGET_WASM_DEFINEDTYPES_H

#include "meld/Target/Wasm/TypeGroup.h"

namespace meld::core {

/// Whether the abstract heap type `sub` is `super` or below it.
bool matchesAbstract(HeapType::Abstract sub, HeapType::Abstract super);
/// The abstract heap type above all types of a kind, and the one below them.
HeapType::Abstract aboveAll(SubType::Kind kind);
HeapType::Abstract belowAll(SubType::Kind kind);

/// Type definitions by canonical number: a number stands for one type, and
/// every type that a definition names is given by such a number. So types are
/// equal when their words are equal.
class DefinedTypes {
public:
  uint32_t size() const { return types.size(); }
  const SubType &operator[](uint32_t number) const { return types[number]; }

  // Subtyping (Core: Validation, Matching). An unknown type matches any.
  bool matches(ValType sub, ValType super) const {
    return sub == super || sub.isUnknown() || matchesRef(sub, super);
  }
  bool matches(HeapType sub, HeapType super) const;
  bool matches(llvm::ArrayRef<ValType> sub,
               llvm::ArrayRef<ValType> super) const;
  bool matches(FieldType sub, FieldType super) const;
  /// Whether a function of type `sub` can stand for one of type `super`.
  bool matchesFunction(const SubType &sub, const SubType &super) const;
  /// Whether `sub` may declare `super` as its supertype.
  bool matchesStructure(const SubType &sub, const SubType &super) const;

protected:
  bool matchesRef(ValType sub, ValType super) const;

  std::vector<SubType> types;
  llvm::BumpPtrAllocator storage;
};

} // namespace meld::core

#endif // MELD_TARGET_WASM_DEFINEDTYPES_H
