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

/// Numbers the types that a core module, or a core module type, defines.
class TypeNumbers {
public:
  /// The number of a `FunctionType` or `DefinedType`; a new one is added at the
  /// end, behind what it names.
  uint32_t number(mlir::Type type);

  /// A function type or a recursion group, with the number of its first type.
  struct Entry {
    mlir::FunctionType function;
    RecGroupAttr group; // null for a function type
    uint32_t number;
  };
  /// All of them, in order.
  llvm::ArrayRef<Entry> entries() const { return list; }

private:
  std::optional<uint32_t> known(mlir::Type type) const;
  void add(mlir::Type type);

  std::vector<Entry> list;
  /// The number of a function type, or of the first type of a group.
  llvm::DenseMap<const void *, uint32_t> firsts;
  uint32_t count = 0;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_TYPENUMBERS_H
