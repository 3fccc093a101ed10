//===- LowerRemarks.h - what becomes of a lower, in words -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_LOWERREMARKS_H
#define MELD_LIB_TRANSFORMS_LOWER_LOWERREMARKS_H

#include "../Remarks.h"

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// The remarks of --lower-calls and --lower-resources, made before an op is
/// replaced.
class LowerRemarks {
public:
  explicit LowerRemarks(mlir::SymbolTable &symbols);

  /// Which kind of call is made of a lower. Nothing about other ops.
  void about(mlir::Operation *op) const;

  /// What is made of a built-in of resources, after flatten.
  void aboutResource(component::CanonicalOp op) const;

private:
  void aboutLowered(component::LoweredOp op) const;
  std::string describeDrop(component::CanonicalOp op,
                           component::ResourceOp resource) const;

  mlir::SymbolTable &symbols;
  Remarks calls, resources;
};

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_LOWERREMARKS_H
