//===- ValueLowering.h - values become code ---------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_VALUELOWERING_H
#define MELD_LIB_TRANSFORMS_LOWER_VALUELOWERING_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// Replaces every `call_direct` of a lift, and every `transfer` of more than a
/// handle, in a flattened root by the code that moves the values. Fails, with
/// an error, where a call lacks a memory or a realloc that its values need.
/// Returns whether anything was changed.
///
/// `inlineParts` is the option of --lower-values; 0 is what the target says.
llvm::FailureOr<bool> lowerValues(component::RootOp root,
                                  unsigned inlineParts = 0);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_VALUELOWERING_H
