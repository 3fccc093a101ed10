//===- SymbolLookup.h - what symbols of core entities name ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_DIALECT_WASM_IR_SYMBOLLOOKUP_H
#define MELD_LIB_DIALECT_WASM_IR_SYMBOLLOOKUP_H

#include "meld/Dialect/Wasm/IR/Wasm.h"

namespace meld::wasm {

/// The op of class T that `symbol` names; an error if it is another one.
template <typename T>
mlir::FailureOr<T> lookup(mlir::Operation *user, mlir::FlatSymbolRefAttr symbol,
                          mlir::SymbolTableCollection &tables) {
  mlir::Operation *op = tables.lookupNearestSymbolFrom(user, symbol);
  if (!op)
    return user->emitOpError()
           << "names \"" << symbol.getValue() << "\", which is not defined";
  if (auto wanted = llvm::dyn_cast<T>(op))
    return wanted;
  return user->emitOpError()
         << "wants a " << T::getOperationName() << ", but \""
         << symbol.getValue() << "\" is a " << op->getName();
}

} // namespace meld::wasm

#endif // MELD_LIB_DIALECT_WASM_IR_SYMBOLLOOKUP_H
