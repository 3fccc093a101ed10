//===- WrittenCheck.h - Is what was written valid? --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_WRITTENCHECK_H
#define MELD_LIB_TARGET_WASM_WRITTENCHECK_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld::binary {

/// Validates `bytes`, which `root` was written as. Reports all that is wrong:
/// an argument that does not fit at the import that it is given to, with a note
/// at what is given; all else at its definition. Looks into function bodies
/// with `checkBodies`.
llvm::LogicalResult checkWritten(component::RootOp root, llvm::StringRef bytes,
                                 bool checkBodies = false);

} // namespace meld::binary

#endif // MELD_LIB_TARGET_WASM_WRITTENCHECK_H
