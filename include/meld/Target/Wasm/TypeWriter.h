//===- TypeWriter.h - Types of core definitions as bytes --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_TYPEWRITER_H
#define MELD_TARGET_WASM_TYPEWRITER_H

#include "meld/Target/Wasm/ModuleView.h"
#include "llvm/Support/raw_ostream.h"

namespace meld::core {

/// Writes a value or packed type, in its short form where it has one. Type
/// indices are written as they are, here and below.
void writeValueType(ValType type, llvm::raw_ostream &out);

/// Writes a `core:rectype`, in its short form where it has one: what
/// `readRecursionGroup` reads.
void writeRecursionGroup(llvm::ArrayRef<SubType> group, llvm::raw_ostream &out);

} // namespace meld::core

#endif // MELD_TARGET_WASM_TYPEWRITER_H
