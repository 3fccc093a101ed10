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

/// The name that locations and messages show for `buffer`: the last part of
/// its path, so that moved files give the same output.
mlir::StringAttr getFileName(const llvm::MemoryBuffer &buffer,
                             mlir::MLIRContext *context);

/// Decodes `buffer` into `view`. On failure reports the first malformed or
/// invalid byte, and all unsupported features before it, at their places.
llvm::LogicalResult decodeComponent(const llvm::MemoryBuffer &buffer,
                                    mlir::MLIRContext *context,
                                    ComponentView &view);

} // namespace meld::binary

#endif // MELD_LIB_TARGET_WASM_COMPONENTINPUT_H
