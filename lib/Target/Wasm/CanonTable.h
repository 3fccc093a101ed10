//===- CanonTable.h - The rows of Canon.td, without MLIR --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CANONTABLE_H
#define MELD_LIB_TARGET_WASM_CANONTABLE_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace meld::binary {

/// A canonical built-in; lists are words with a space between.
struct BuiltinRow {
  llvm::StringRef name, immediates, options, params, results;
};

/// The built-in of an opcode, or nothing; `lift` and `lower` have none.
bool findBuiltin(uint8_t opcode, BuiltinRow &row);

/// The words of a list in a row.
inline llvm::SmallVector<llvm::StringRef, 4> words(llvm::StringRef list) {
  llvm::SmallVector<llvm::StringRef, 4> result;
  list.split(result, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return result;
}

} // namespace meld::binary

#endif // MELD_LIB_TARGET_WASM_CANONTABLE_H
