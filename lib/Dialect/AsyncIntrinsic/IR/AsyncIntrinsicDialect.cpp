//===- AsyncIntrinsicDialect.cpp - the async_intrinsic dialect --*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Support/Bytecode.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::async_intrinsic;

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicDialect.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicTypes.cpp.inc"

//===----------------------------------------------------------------------===//
// Buffer type
//===----------------------------------------------------------------------===//

// A null element type stands for `none`, which no generated parser can express.
Type BufferType::parse(AsmParser &parser) {
  Type element;
  if (parser.parseLess())
    return {};
  if (failed(parser.parseOptionalKeyword("none")) && parser.parseType(element))
    return {};
  if (parser.parseGreater())
    return {};
  return get(parser.getContext(), element);
}

void BufferType::print(AsmPrinter &printer) const {
  printer << '<';
  if (Type element = getElement())
    printer << element;
  else
    printer << "none";
  printer << '>';
}

void AsyncIntrinsicDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicOps.cpp.inc"
      ,
#define GET_OP_LIST
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicCallOps.cpp.inc"
      ,
#define GET_OP_LIST
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicEntryOps.cpp.inc"
      ,
#define GET_OP_LIST
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicTaskOps.cpp.inc"
      ,
#define GET_OP_LIST
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicThreadOps.cpp.inc"
      ,
#define GET_OP_LIST
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicResourceOps.cpp.inc"
      ,
#define GET_OP_LIST
#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicStreamOps.cpp.inc"
      >();
  addInterfaces<meld::VersionedBytecode>();
}
