//===- HeapNames.h - heap types by their names ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_DIALECT_WASM_IR_HEAPNAMES_H
#define MELD_LIB_DIALECT_WASM_IR_HEAPNAMES_H

#include "meld/Target/Wasm/ValueTypes.h"
#include <optional>

namespace meld::wasm {

/// The abstract heap type that the text format calls `word`.
std::optional<core::HeapType> heapOfName(llvm::StringRef word);

} // namespace meld::wasm

#endif // MELD_LIB_DIALECT_WASM_IR_HEAPNAMES_H
