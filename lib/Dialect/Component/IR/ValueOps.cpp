//===- ValueOps.cpp - value definitions and start -*- C++ -*-===//
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
#include "meld/Dialect/Component/IR/ComponentValueOps.cpp.inc"

void ComponentDialect::registerValueOps() {
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/Component/IR/ComponentValueOps.cpp.inc"
      >();
}

LogicalResult ValueOp::verify() {
  return verifyElement(*this, getType(), getPrimAttr());
}
