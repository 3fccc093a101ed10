//===- Order.h - what instantiation does, and when --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_ORDER_H
#define MELD_LIB_TRANSFORMS_MERGE_ORDER_H

#include "Uses.h"
#include "llvm/ADT/DenseSet.h"

namespace meld::merge {

/// What instantiation does after the active segments of the merged module.
struct Order {
  /// Functions to call, segments to copy, which are then dropped, and tables to
  /// refill, in the order of the specification. Empty if active segments are
  /// all.
  llvm::SmallVector<EntityId> steps;
  /// By table: the global that its elements are equal to at first. A table
  /// stands before globals, so it cannot be initialized by one that is made
  /// here; and a copy of what makes the global would make another object.
  llvm::DenseMap<EntityId, EntityId> refilled;
  /// The segments among the steps: they are passive in the merged module.
  llvm::DenseSet<EntityId> deferred;
  /// Whether the steps run in the export `_initialize`, else as the start
  /// function.
  bool isExported = false;
};

/// Decides it, by the target option `start` and the call graph of what runs.
mlir::FailureOr<Order> planOrder(const Program &program, Uses &uses);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_ORDER_H
