//===- FunctionTypes.h - the type of a component function -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_FUNCTIONTYPES_H
#define MELD_LIB_TRANSFORMS_LOWER_FUNCTIONTYPES_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// The type of a component function before flatten, from where it is defined:
/// a lift, an import, an export, or an export of an imported instance. Fails,
/// without a diagnostic, where that is not known in the enclosing component,
/// or where the type depends on a resource.
llvm::FailureOr<component::FuncType> resolveFunctionType(mlir::Value function);

/// Whether `memory`, a symbol of a flattened root or null, has addresses of 64
/// bits.
bool isMemory64(const mlir::SymbolTable &symbols,
                mlir::FlatSymbolRefAttr memory);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_FUNCTIONTYPES_H
