//===- Verify.h - rules that several ops share -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_VERIFY_H
#define MELD_DIALECT_COMPONENT_IR_VERIFY_H

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Support/Diagnostics.h"

namespace meld::component {

/// The operations of `scope`'s body use values of that body only; but
/// `component.alias_outer` may use one from above. Types have the kinds that
/// the operations want.
mlir::LogicalResult verifyScope(mlir::Operation *scope);

/// The types that the operations name have the kinds that they want, where
/// their definitions can be seen. Reports each that has not.
mlir::LogicalResult verifyTypeKinds(mlir::Block &definitions);

/// There are as many names as `count`, and they are distinct.
mlir::LogicalResult verifyNames(mlir::Operation *op, mlir::ArrayAttr names,
                                size_t count);

/// `prims` are keywords of primitives, or empty for each of the `operands`
/// operands, or "none" where `none` allows it.
mlir::LogicalResult verifyElements(mlir::Operation *op, mlir::ArrayAttr prims,
                                   size_t operands, bool none = false);

/// There is an operand or the keyword of a primitive, not both; neither only
/// where `none` allows it.
mlir::LogicalResult verifyElement(mlir::Operation *op, mlir::Value operand,
                                  mlir::StringAttr prim, bool none = false);

/// The options that a lift or a lower has.
struct CanonOptionSet {
  bool isAsync = false, memory = false, realloc = false, callback = false;
  bool step = false, postReturn = false, startThunk = false;
  bool returnThunk = false;
};

/// The options go together (CanonicalABI.md, "canonopt Validation").
mlir::LogicalResult verifyOptions(mlir::Operation *op,
                                  const CanonOptionSet &options);

} // namespace meld::component

#endif // MELD_DIALECT_COMPONENT_IR_VERIFY_H
