//===- ComponentDialect.cpp - the component dialect -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutCache.h"
#include "TypeEncoding.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace meld::component;

#include "meld/Dialect/Component/IR/ComponentDialect.cpp.inc"
#include "meld/Dialect/Component/IR/ComponentEnums.cpp.inc"
#include "meld/Dialect/Component/IR/ComponentInterfaces.cpp.inc"

void ComponentDialect::initialize() {
  addInterfaces<LayoutCache>();
  registerAttributes();
  registerTypes();
  registerScopeOps();
  registerValueOps();
  registerTypeOps();
  registerLiftOps();
  registerHandleOps();
  registerTaskOps();
  registerStreamOps();
  registerThreadOps();
  registerFlatOps();
  addTypeEncoding(*this);
}
