//===- ModuleReader.h - bytes as a wasm.module ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_MODULEREADER_H
#define MELD_TARGET_WASM_MODULEREADER_H

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "mlir/IR/Builders.h"

namespace meld::wasm {

/// Makes a module named `name` that holds all bytes of `buffer`, without a copy
/// of them, and lists its imports and exports as ops. `file` is the name of the
/// file in places of errors, and of the blob. No function body is read. Fails
/// with an error at the place in the file, and then has made nothing.
mlir::FailureOr<ModuleOp>
readModule(mlir::OpBuilder &builder, llvm::StringRef name,
           mlir::StringAttr file, std::shared_ptr<llvm::MemoryBuffer> buffer);

} // namespace meld::wasm

#endif // MELD_TARGET_WASM_MODULEREADER_H
