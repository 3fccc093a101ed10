//===- LiftOps.cpp - lift and lower -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "Verify.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace meld::component;

#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentLiftOps.cpp.inc"

void ComponentDialect::registerLiftOps() {
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/Component/IR/ComponentLiftOps.cpp.inc"
      >();
}

LogicalResult LiftOp::verify() {
  CanonOptionSet options;
  options.isAsync = getAsync();
  options.memory = bool(getMemory());
  options.realloc = bool(getRealloc());
  options.callback = bool(getCallback());
  options.step = bool(getStep());
  options.postReturn = bool(getPostReturn());
  return verifyOptions(*this, options);
}

LogicalResult LowerOp::verify() {
  CanonOptionSet options;
  options.isAsync = getAsync();
  options.memory = bool(getMemory());
  options.realloc = bool(getRealloc());
  options.startThunk = bool(getStartThunk());
  options.returnThunk = bool(getReturnThunk());
  return verifyOptions(*this, options);
}
