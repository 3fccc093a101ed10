//===- ThreadOps.cpp - thread built-ins -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace meld::component;

#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentThreadOps.cpp.inc"

void ComponentDialect::registerThreadOps() {
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/Component/IR/ComponentThreadOps.cpp.inc"
      >();
}
