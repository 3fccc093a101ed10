//===- LowerOnly.h - the option `only` of lowerings -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_LOWERONLY_H
#define MELD_LIB_TRANSFORMS_LOWER_LOWERONLY_H

#include "mlir/IR/SymbolTable.h"

namespace meld {

/// Whether `only` has no words, or the symbol of `op`, of its instance, or of
/// the function around it. Before flatten nothing has a symbol.
inline bool isWanted(mlir::Operation *op, llvm::ArrayRef<std::string> only) {
  if (only.empty())
    return true;
  auto has = [&](mlir::StringAttr name) {
    return name && llvm::is_contained(only, name.getValue());
  };
  if (auto instance = op->getAttrOfType<mlir::FlatSymbolRefAttr>("instance"))
    if (has(instance.getAttr()))
      return true;
  llvm::StringRef symbol = mlir::SymbolTable::getSymbolAttrName();
  return has(op->getAttrOfType<mlir::StringAttr>(symbol)) ||
         has(op->getParentOp()->getAttrOfType<mlir::StringAttr>(symbol));
}

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_LOWERONLY_H
