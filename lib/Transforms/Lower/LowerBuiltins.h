//===- LowerBuiltins.h - built-ins become functions -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_LOWERBUILTINS_H
#define MELD_LIB_TRANSFORMS_LOWER_LOWERBUILTINS_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// Replaces each definition of a built-in of `family` (a word of Canon.td) by a
/// function over `async_intrinsic`: a generated module before flatten, a
/// function of the root after it. Leaves, untouched and valid, what
/// `canBuildBody` does not know and what depends on a type that cannot be
/// resolved here. Returns how many were replaced.
///
/// `only`, if it has words, are symbols: what they do not name stays. `about`
/// is told of each built-in of a flattened root before it is replaced.
unsigned
lowerBuiltins(component::RootOp root, llvm::StringRef family,
              llvm::ArrayRef<std::string> only = {},
              llvm::function_ref<void(component::CanonicalOp)> about = {});

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_LOWERBUILTINS_H
