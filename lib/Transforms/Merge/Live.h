//===- Live.h - what the merged module needs --------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_LIVE_H
#define MELD_LIB_TRANSFORMS_MERGE_LIVE_H

#include "Order.h"
#include "llvm/ADT/BitVector.h"

namespace meld::merge {

/// Marks the entities that the merged module needs: what its exports, the calls
/// of instantiation and the root's segments name, and all that these name.
/// Unless all is `stripped`, also what the root defines, and what its instances
/// do but for those in `stripped`. An active segment of an instance is needed
/// if its memory or table is, or if copying it could trap; a global, table or
/// segment whose initializer could trap is. Imports stay. Fails on bytes that
/// cannot be decoded.
mlir::FailureOr<llvm::BitVector>
findLive(const Program &program, Uses &uses, const Order &order,
         const llvm::DenseSet<uint32_t> &stripped, bool stripAll);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_LIVE_H
