//===- ModuleValidator.h - Whether a core module is valid -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_MODULEVALIDATOR_H
#define MELD_TARGET_WASM_MODULEVALIDATOR_H

#include "meld/Target/Wasm/ModuleView.h"
#include "llvm/ADT/BitVector.h"

namespace meld::core {

struct ValidateOptions {
  /// Whether function bodies are looked into; all else always is.
  bool bodies = true;
  /// By body: those that are looked into; null stands for all.
  const llvm::BitVector *only = nullptr;
  /// How many threads share the bodies; the errors are the same for any number.
  unsigned threads = 1;
  /// How many errors are looked for.
  size_t limit = 1;
  /// Is set to the functions that code may take references to, unless null.
  llvm::BitVector *declared = nullptr;
};

/// Checks `view` by the rules of WebAssembly 3.0 (Core: Validation) and of the
/// proposals in Opcodes.def. Returns the first error in the order of the bytes
/// of the section that has one: types first, then imports and definitions,
/// exports, segments, bodies. An error in a body names the function, by its
/// index and by the name section.
std::optional<ReadError> validateModule(const ModuleView &view,
                                        const ValidateOptions &options = {});

/// The same, and goes on after an error where what follows does not depend on
/// it: the first error of each export, segment and body, in that order, at most
/// `options.limit`. After an error in a type or an index space there is none.
std::vector<ReadError> findErrors(const ModuleView &view,
                                  const ValidateOptions &options);

} // namespace meld::core

#endif // MELD_TARGET_WASM_MODULEVALIDATOR_H
