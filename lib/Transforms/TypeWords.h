//===- TypeWords.h - component types in messages ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_TYPEWORDS_H
#define MELD_LIB_TRANSFORMS_TYPEWORDS_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// A type for a message, that of a function as `func(n: u32) -> string`; a
/// placeholder if it is very large, as a type that is a graph is when it is
/// printed as a tree.
std::string printable(mlir::Type type);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_TYPEWORDS_H
