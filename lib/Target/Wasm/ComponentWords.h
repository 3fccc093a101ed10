//===- ComponentWords.h - Codes of the binary, words of the IR --*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the importer and the writer of components both look up: the sort types
// and the primitives of the dialect, and their codes in the binary format.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_COMPONENTWORDS_H
#define MELD_LIB_TARGET_WASM_COMPONENTWORDS_H

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Target/Wasm/ComponentView.h"

namespace meld::binary {

/// The sort type of the dialect: `!component.core_func`.
mlir::Type sortType(mlir::MLIRContext *context, Sort sort);
/// The sort of a value with such a type; `numSorts` if it is none.
Sort sortOf(mlir::Type type);

/// The same bytes as a string.
inline llvm::StringRef asText(llvm::ArrayRef<uint8_t> bytes) {
  return llvm::StringRef(reinterpret_cast<const char *>(bytes.data()),
                         bytes.size());
}

/// The keyword of a primitive by its code: 0x7d is `u8`.
llvm::StringRef primitiveKeyword(uint8_t code);
/// The code of a primitive by its keyword.
uint8_t primitiveCode(llvm::StringRef keyword);

} // namespace meld::binary

#endif // MELD_LIB_TARGET_WASM_COMPONENTWORDS_H
