//===- MergeLive.h - what the merged module needs ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGELIVE_H
#define MELD_LIB_TRANSFORMS_MERGELIVE_H

#include "MergeOrder.h"
#include "llvm/ADT/BitVector.h"

namespace meld::merge {

/// Marks the entities that the merged module needs. The root's own are needed,
/// and all that they name; so is all that an instance defines, unless it is one
/// of `stripped`: of these only what is reached. An active segment is needed if
/// its memory or table is, or if copying it could trap. Fails on bytes that
/// cannot be decoded.
mlir::FailureOr<llvm::BitVector>
findLive(const Program &program, Uses &uses, const Order &order,
         const llvm::DenseSet<uint32_t> &stripped);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGELIVE_H
