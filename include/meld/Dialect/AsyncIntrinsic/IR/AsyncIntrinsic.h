//===- AsyncIntrinsic.h - the async_intrinsic dialect -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What happens when a canonical built-in is executed: the operations in the
/// functions that the lowerings of `component` generate. The rationale is
/// docs/dialects/AsyncIntrinsic.md.
///
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_ASYNCINTRINSIC_IR_ASYNCINTRINSIC_H
#define MELD_DIALECT_ASYNCINTRINSIC_IR_ASYNCINTRINSIC_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicTypes.h.inc"

#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicCallOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicEntryOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicTaskOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicThreadOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicResourceOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicStreamOps.h.inc"

#endif // MELD_DIALECT_ASYNCINTRINSIC_IR_ASYNCINTRINSIC_H
