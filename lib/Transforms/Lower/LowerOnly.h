//===- LowerOnly.h - the option `only` of lowerings -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_LOWERONLY_H
#define MELD_LIB_TRANSFORMS_LOWER_LOWERONLY_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// Whether `only` has no words, or the symbol of `op`, of its instance, or of
/// the function around it. Before flatten nothing has a symbol.
bool isWanted(mlir::Operation *op, llvm::ArrayRef<std::string> only);

/// Fails where a word of `only` is no symbol of `root` that a lowering looks
/// for: an instance, or a definition, which may be a function already. The
/// error names those that are there.
mlir::LogicalResult checkOnly(component::RootOp root,
                              llvm::ArrayRef<std::string> only);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_LOWERONLY_H
