//===- Thunks.h - the two halves of adapters --------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call that may start later has a start and a return thunk. Thunks that would
// be equal are made once: those of a synchronous and an asynchronous lower, for
// example, whose result goes to memory.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_THUNKS_H
#define MELD_LIB_TRANSFORMS_LOWER_THUNKS_H

#include "CallBody.h"

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "mlir/IR/SymbolTable.h"

namespace meld {

/// The thunks that one run of a pass makes.
class Thunks {
public:
  /// Names the thunks of `use` in it. What is not there yet is made in
  /// `symbols`, in front of `anchor`, with names that begin with `prefix`.
  void add(mlir::SymbolTable &symbols, mlir::Operation *anchor,
           llvm::StringRef prefix, LowerUse &use);

private:
  /// What equal thunks have in common.
  using Key = std::pair<mlir::Operation *, mlir::Attribute>;

  mlir::FlatSymbolRefAttr add(mlir::SymbolTable &symbols,
                              mlir::Operation *anchor, wasm::FuncOp func,
                              const LowerUse &use);

  llvm::DenseMap<Key, llvm::SmallVector<wasm::FuncOp, 2>> made;
};

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_THUNKS_H
