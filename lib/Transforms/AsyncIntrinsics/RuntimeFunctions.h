//===- RuntimeFunctions.h - signatures of the guest runtime -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_RUNTIMEFUNCTIONS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_RUNTIMEFUNCTIONS_H

#include "mlir/IR/BuiltinTypes.h"

namespace meld::lowering {

/// The core type of function `name` of Functions.def, which must have it.
mlir::FunctionType getRuntimeFunctionType(mlir::MLIRContext *context,
                                          llvm::StringRef name);

/// Whether Functions.def has a function of that name.
bool isRuntimeFunction(llvm::StringRef name);

/// The module of the imports that `--link-async-runtime` resolves.
inline constexpr llvm::StringLiteral runtimeModule = "meld:runtime";

/// The symbols of the runtime in a root.
inline constexpr llvm::StringLiteral memorySymbol = "rt.memory";
inline constexpr llvm::StringLiteral tableSymbol = "rt.table";
inline constexpr llvm::StringLiteral trapSymbol = "rt.trap";

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_RUNTIMEFUNCTIONS_H
