//===- AsyncIntrinsicOps.cpp - verifiers of the operations ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace meld::async_intrinsic;

#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicOps.cpp.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicCallOps.cpp.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicEntryOps.cpp.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicTaskOps.cpp.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicThreadOps.cpp.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicResourceOps.cpp.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicStreamOps.cpp.inc"

LogicalResult TaskTypeOp::verify() {
  if (getCallback() && getStep())
    return emitOpError("has either a `callback` or a `step`, not both");
  return success();
}

static constexpr llvm::StringLiteral trapKinds[] = {
#define MELD_TRAP(NAME, NUMBER, TEXT) #NAME,
#include "meld/Support/Traps.def"
};

LogicalResult TrapOp::verify() {
  if (!llvm::is_contained(trapKinds, getKind()))
    return emitOpError("names no kind of Traps.def: \"") << getKind() << '"';
  return success();
}

void TransferOp::build(OpBuilder &b, OperationState &state, TypeRange results,
                       ValueRange values, StringRef callee, bool to, Type type,
                       FlatSymbolRefAttr instance) {
  build(b, state, results, values, /*into=*/Value(),
        FlatSymbolRefAttr::get(b.getContext(), callee),
        to ? b.getUnitAttr() : UnitAttr(), /*memory=*/{}, /*realloc=*/{},
        b.getStringAttr("utf8"), TypeAttr::get(type), instance);
}

LogicalResult TransferOp::verify() {
  if (getMemory() || getInto())
    return success(); // --lower-values knows both sides and checks
  if (getValues().getTypes() != getResults().getTypes())
    return emitOpError("takes and gives the core types of its type");
  return success();
}
