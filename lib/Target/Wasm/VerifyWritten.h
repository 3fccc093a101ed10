//===- VerifyWritten.h - Checks a module before it leaves -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_VERIFYWRITTEN_H
#define MELD_LIB_TARGET_WASM_VERIFYWRITTEN_H

#include "BodyCopier.h"
#include "meld/Target/Wasm/ModuleWriter.h"

namespace meld::wasm {

/// Reads and validates what was written of `module`: its definitions, the
/// functions that were made here, and of copies what `copies` says. Fails with
/// an error at the module: then it was written wrongly, whatever the input.
mlir::LogicalResult verifyWritten(ModuleOp module, const ModuleIndex &index,
                                  BodyCopier &bodies, const ByteWriter &out,
                                  CopyCheck copies);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_VERIFYWRITTEN_H
