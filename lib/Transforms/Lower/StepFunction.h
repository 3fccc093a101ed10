//===- StepFunction.h - what happens after a callback -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_STEPFUNCTION_H
#define MELD_LIB_TRANSFORMS_LOWER_STEPFUNCTION_H

#include "meld/Dialect/Component/IR/Component.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"

namespace meld {

/// The core type of a step function: (task, event, payload, payload) -> ().
mlir::FunctionType getStepType(mlir::MLIRContext *context);

/// The core type of a guest's callback: (event, payload, payload) -> code.
mlir::FunctionType getCallbackType(mlir::MLIRContext *context);

/// Fills `body`, the entry block of a function of the step type: calls
/// `callback` with the event, or takes the code of the entry function from the
/// first payload when the event is START; then acts on the code as the spec's
/// `canon_lift` does (EXIT, YIELD, WAIT with the index of a set; any other
/// traps). `instance` is absent before flatten.
void buildStepBody(mlir::OpBuilder &builder, mlir::Location loc,
                   mlir::Block &body, mlir::FlatSymbolRefAttr callback,
                   mlir::FlatSymbolRefAttr instance);

/// Declares the way in for the host, `__callback`, where `root` has none yet.
void declareTrampoline(component::RootOp root);
/// The same, if calls may have to wait to enter an instance although no task
/// has a callback: the instance can hold them back, or a frame of it can wait.
void declareTrampolineForWaiting(component::RootOp root);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_STEPFUNCTION_H
