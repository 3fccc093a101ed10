//===- Unsupported.h - traps for what cannot be lowered ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_UNSUPPORTED_H
#define MELD_LIB_TRANSFORMS_UNSUPPORTED_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// Puts a function in the place of each built-in and lower that is left in a
/// flattened root: it checks whether its instance may leave, and traps with
/// `Unsupported`. For programs that import more than they call.
void trapUnsupported(component::RootOp root);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_UNSUPPORTED_H
