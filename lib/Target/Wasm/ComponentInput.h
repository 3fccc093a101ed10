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

/// The name that locations have for `buffer`: as it was given, since two
/// folders may have files of one name.
mlir::StringAttr getFileName(const llvm::MemoryBuffer &buffer,
                             mlir::MLIRContext *context);

/// Decodes `buffer` into `view` and validates it. On failure reports the first
/// malformed byte of the component and of each nested part; if there is none in
/// the component itself, also what is invalid, and else what is unsupported, at
/// its places, in the order of the file. Function bodies are looked into with
/// `checkBodies`.
llvm::LogicalResult decodeComponent(const llvm::MemoryBuffer &buffer,
                                    mlir::MLIRContext *context,
                                    ComponentView &view,
                                    bool checkBodies = false);

} // namespace meld::binary

#endif // MELD_LIB_TARGET_WASM_COMPONENTINPUT_H
