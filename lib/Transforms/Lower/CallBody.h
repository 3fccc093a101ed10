//===- CallBody.h - adapters of calls ---------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bodies of the functions that stand for a lower. What the callee is, only
// its symbol says, so the same bodies are made before and after flatten.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_CALLBODY_H
#define MELD_LIB_TRANSFORMS_LOWER_CALLBODY_H

#include "meld/Dialect/Component/IR/Component.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace meld {

/// A `canon lower` with all that it names, by symbols.
struct LowerUse {
  component::FuncType type;
  mlir::FlatSymbolRefAttr callee;
  mlir::FlatSymbolRefAttr memory, realloc;
  component::StringEncoding encoding = component::StringEncoding::utf8;
  /// Null before flatten.
  mlir::FlatSymbolRefAttr instance;
  /// The thunks of an asynchronous lower, null if they are not made yet.
  mlir::FlatSymbolRefAttr start, returns;
  bool async = false;
  /// Where addresses are i64, on the two sides of the call.
  bool memory64 = false, calleeMemory64 = false;
  /// The callee is lifted without `async`, though its type may be async: its
  /// result is that of its core function.
  bool calleeIsSync = false;

  /// A synchronous lower of a function of synchronous type: it cannot block.
  bool isDirect() const { return !async && !type.getAsync(); }
  /// Whether the last core argument says where the result is wanted.
  bool hasResultPointer() const;
  /// The core type of the function that calls.
  mlir::FunctionType getCoreType() const;
  /// The core type of the return thunk: (call, flat results) -> ().
  mlir::FunctionType getReturnType() const;
};

/// The core type of a start thunk: (call) -> ().
mlir::FunctionType getStartType(mlir::MLIRContext *context);

/// Whether all values of the call are core values on both sides: at most as
/// many arguments as fit in registers, a result that is one core value, and no
/// type that lives in memory.
bool isFlatCall(component::FuncType type, bool async);

/// The body of a synchronous lower of a function of synchronous type.
void buildDirectCall(mlir::ImplicitLocOpBuilder &b, mlir::Block &body,
                     const LowerUse &use);

/// The body of a synchronous lower of a function of asynchronous type.
void buildSyncCall(mlir::ImplicitLocOpBuilder &b, mlir::Block &body,
                   const LowerUse &use);

/// The body of an asynchronous lower.
void buildAsyncCall(mlir::ImplicitLocOpBuilder &b, mlir::Block &body,
                    const LowerUse &use);

/// The two halves of the adapter of both.
void buildStartThunk(mlir::ImplicitLocOpBuilder &b, mlir::Block &body,
                     const LowerUse &use);
void buildReturnThunk(mlir::ImplicitLocOpBuilder &b, mlir::Block &body,
                      const LowerUse &use);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_CALLBODY_H
