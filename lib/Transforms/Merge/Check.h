//===- Check.h - what merging cannot carry out ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_CHECK_H
#define MELD_LIB_TRANSFORMS_MERGE_CHECK_H

#include "Program.h"
#include "llvm/ADT/BitVector.h"

namespace meld::merge {

/// Fails if the root is not flattened, or holds operations that are no core
/// definitions: with one error that names each kind of them, and a note at the
/// first of each.
llvm::LogicalResult checkLowered(component::RootOp root);

/// Fails if the target wants a single memory where the program needs more, or
/// calls that block refused.
llvm::LogicalResult checkTarget(const Program &program,
                                const llvm::BitVector &live);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_CHECK_H
