//===- TypeNumbers.h - The type index space of what is written --*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_TYPENUMBERS_H
#define MELD_LIB_TARGET_WASM_TYPENUMBERS_H

#include "meld/Dialect/Wasm/IR/Wasm.h"

namespace meld::wasm {

/// A type that is defined outside: so many scopes up, and its index there.
struct OuterType {
  uint32_t depth, index;
};

/// Numbers the types that a core module, or a core module type, defines.
class TypeNumbers {
public:
  /// Finds a type that needs no definition but an alias.
  using FindOuter =
      llvm::function_ref<std::optional<OuterType>(mlir::Type type)>;

  TypeNumbers() = default;
  /// `findOuter` has to live as long, and to find the same each time.
  explicit TypeNumbers(FindOuter findOuter) : findOuter(findOuter) {}

  /// The number of a `FunctionType` or `DefinedType`; a new one is added at the
  /// end, behind what it names.
  uint32_t number(mlir::Type type);

  /// An alias, a function type or a recursion group, with the number of its
  /// first type.
  struct Entry {
    mlir::FunctionType function;
    RecGroupAttr group; // null for a function type
    uint32_t number;
    std::optional<OuterType> outer;
  };
  /// All of them, in order.
  llvm::ArrayRef<Entry> entries() const { return list; }

private:
  std::optional<uint32_t> known(mlir::Type type) const;
  void add(mlir::Type type);
  void addAlias(mlir::Type type, OuterType outer);

  std::vector<Entry> list;
  FindOuter findOuter;
  /// The number of an alias, a function type, or the first type of a group.
  llvm::DenseMap<const void *, uint32_t> firsts;
  uint32_t count = 0;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_TYPENUMBERS_H
