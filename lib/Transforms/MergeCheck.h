//===- MergeCheck.h - what merging cannot carry out -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGECHECK_H
#define MELD_LIB_TRANSFORMS_MERGECHECK_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld::merge {

/// Fails, with one error that has a note for each, if the root is not
/// flattened or holds operations that are no core definitions.
llvm::LogicalResult checkLowered(component::RootOp root);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGECHECK_H
