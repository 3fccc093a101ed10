//===- ModuleInterface.h - What a module needs ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_MODULEINTERFACE_H
#define MELD_LIB_TARGET_WASM_MODULEINTERFACE_H

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Target/Wasm/ModuleView.h"

namespace meld::wasm {

/// Adds a `wasm.import` or `wasm.export` to `module` for each import and
/// export of the core module `bytes`, whose first byte stands at offset `base`
/// of `file`. Validates it, but for function bodies. Returns the first error,
/// if any; also for an import or export whose type the dialect has not.
std::optional<ReadError> declareInterface(ModuleOp module,
                                          llvm::ArrayRef<uint8_t> bytes,
                                          mlir::StringAttr file, uint64_t base);

/// The same of a module that was read and is valid.
std::optional<ReadError> declareInterface(ModuleOp module,
                                          const core::ModuleView &view,
                                          mlir::StringAttr file);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_MODULEINTERFACE_H
