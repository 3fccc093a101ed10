//===- ComponentInput.h - A component file, decoded -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_COMPONENTINPUT_H
#define MELD_LIB_TARGET_WASM_COMPONENTINPUT_H

#include "meld/Target/Wasm/ComponentView.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/Support/MemoryBuffer.h"

namespace meld::binary {

/// The name that locations have for `buffer`: the last part of its path, so
/// that moved files give the same output.
mlir::StringAttr getFileName(const llvm::MemoryBuffer &buffer,
                             mlir::MLIRContext *context);

/// Decodes `buffer` into `view` and validates it. On failure reports the first
/// malformed byte; else what is invalid; else what is unsupported: all of it,
/// at its places, in the order of the file. These errors name the file as it
/// was given. Function bodies are looked into with `checkBodies`.
llvm::LogicalResult decodeComponent(const llvm::MemoryBuffer &buffer,
                                    mlir::MLIRContext *context,
                                    ComponentView &view,
                                    bool checkBodies = false);

} // namespace meld::binary

#endif // MELD_LIB_TARGET_WASM_COMPONENTINPUT_H
