//===- GroupWords.h - Words of recursion groups, from elsewhere -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_GROUPWORDS_H
#define MELD_TARGET_WASM_GROUPWORDS_H

#include "llvm/ADT/ArrayRef.h"

namespace meld::core {

/// Whether words of which nothing is known (bytecode is input) are those of a
/// `TypeGroup` that names `outer` types outside of itself.
bool isGroup(llvm::ArrayRef<uint32_t> words, size_t outer);

} // namespace meld::core

#endif // MELD_TARGET_WASM_GROUPWORDS_H
