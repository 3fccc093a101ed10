//===- TextInput.h - Components that are MLIR -------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_TEXTINPUT_H
#define MELD_TOOLS_MELD_TEXTINPUT_H

#include "meld/Target/Wasm/ComponentExport.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace meld::driver {

/// Whether an input is MLIR, as text or bytecode: its name says so.
bool isText(llvm::StringRef file);

/// Reads `file` and checks each root in it as a binary is checked. Null on an
/// error, which is reported.
mlir::OwningOpRef<mlir::ModuleOp> readText(llvm::StringRef file,
                                           mlir::MLIRContext *context,
                                           const RootCheck &check);

} // namespace meld::driver

#endif // MELD_TOOLS_MELD_TEXTINPUT_H
