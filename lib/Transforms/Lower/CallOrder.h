//===- CallOrder.h - the order of effects of a direct call ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_CALLORDER_H
#define MELD_LIB_TRANSFORMS_LOWER_CALLORDER_H

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// Moves the values of `types`, which are the core values `values`, one way:
/// through the pointer `into`, if it is there, else into core values.
using MoveValues = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    llvm::ArrayRef<mlir::Type> types, mlir::ValueRange values,
    mlir::Value into)>;

/// A `call_direct` of a lift, taken apart.
struct DirectCall {
  /// `instance` and `postReturn`, which may be null, are those of the lift,
  /// `memory64` says which addresses it has.
  DirectCall(async_intrinsic::CallDirectOp op, mlir::FlatSymbolRefAttr instance,
             mlir::FlatSymbolRefAttr postReturn, bool memory64);

  async_intrinsic::CallDirectOp op;
  component::FuncType type;
  mlir::FlatSymbolRefAttr instance, postReturn;
  /// The type of the lifted core function.
  mlir::FunctionType entry;
  mlir::ValueRange arguments;
  /// The caller's room for the result; may be null.
  mlir::Value into;
  /// The type of the result, if there is one.
  llvm::SmallVector<mlir::Type> results;

  /// Writes the call in front of `op`, in the order of docs/Adapters.md, with
  /// what `there` and `back` write; its results.
  llvm::SmallVector<mlir::Value> build(mlir::ImplicitLocOpBuilder &b,
                                       MoveValues there, MoveValues back) const;
};

/// Whether what one side is given could change what the other is still to give:
/// both are one instance, and values lie in its memory, or are handles of its
/// table (docs/Adapters.md, *two-instances*).
bool mixesSides(const DirectCall &call);
/// The same of values of `types` that pass one way between two sides of one
/// instance: whether they are read through a pointer, and written through one.
bool mixesSides(llvm::ArrayRef<mlir::Type> types, bool fromMemory,
                bool toMemory);

/// The types of the values of a transfer, one or several.
llvm::SmallVector<mlir::Type> getTypes(async_intrinsic::TransferOp transfer);
/// A transfer that only its handle is left of: nothing comes between its
/// lifting and its lowering.
bool isOneHandle(async_intrinsic::TransferOp transfer);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_CALLORDER_H
