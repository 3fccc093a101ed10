//===- StackPlan.h - which values of a function stay on the stack -*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

/// \file
/// Where each value of a structured function lives. Nothing is ever reordered,
/// so no effects have to be analysed: a value stays on the stack only if its
/// op stands directly before the tree of its single use. Constants are made
/// again at each use. All others get a local; locals share slots by live range.

#ifndef MELD_LIB_TARGET_WASM_STACKPLAN_H
#define MELD_LIB_TARGET_WASM_STACKPLAN_H

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "llvm/ADT/DenseSet.h"

namespace meld::wasm {

/// The operands that `op` takes from the stack, in the order in which they are
/// pushed; labels and local variables are not among them.
llvm::SmallVector<mlir::Value> stackOperands(mlir::Operation *op);

class StackPlan {
public:
  explicit StackPlan(FuncOp function);

  /// Whether the op is emitted where its result is used.
  bool staysOnStack(mlir::Operation *op) const { return inner.contains(op); }

  /// Whether the op is emitted again at each use.
  static bool isRemade(mlir::Operation *op) {
    return mlir::isa<ConstOp, TableSlotOp>(op);
  }

  /// The slot of a value that has one.
  uint32_t slotOf(mlir::Value value) const { return slots.lookup(value); }
  bool hasSlot(mlir::Value value) const { return slots.contains(value); }

  /// The types of the locals behind the parameters.
  llvm::ArrayRef<mlir::Type> locals() const { return localTypes; }

private:
  struct Range {
    mlir::Value value;
    mlir::Type type;
    unsigned start, end, number;
  };

  void planBlock(mlir::Block &block);
  mlir::Operation *planTree(mlir::Operation *root);
  void numberBlock(mlir::Block &block);
  unsigned lastUse(mlir::Value value);
  void addRange(mlir::Value value, unsigned start);
  void assignSlots(FuncOp function);

  llvm::DenseSet<mlir::Operation *> inner;
  llvm::DenseMap<mlir::Operation *, std::pair<unsigned, unsigned>> positions;
  llvm::SmallVector<Range> ranges;
  llvm::DenseMap<mlir::Value, uint32_t> slots;
  llvm::SmallVector<mlir::Type> localTypes;
  unsigned clock = 0;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_STACKPLAN_H
