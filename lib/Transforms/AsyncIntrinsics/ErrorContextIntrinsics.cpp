//===- ErrorContextIntrinsics.cpp - messages for those who debug ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A message is a string that stays in the staging area while there is a handle
// to it: from there it goes to as many guests as ask.
//
//===----------------------------------------------------------------------===//

#include "Buffers.h"
#include "Lowering.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;

/// Where the message lies in the guest.
template <typename Op> static Side getSide(Op op, FlatSymbolRefAttr realloc) {
  Side side{op.getInstanceAttr(), op.getMemoryAttr(), realloc};
  side.encoding = component::symbolizeStringEncoding(op.getStringEncoding())
                      .value_or(component::StringEncoding::utf8);
  return side;
}

bool meld::lowering::lower(Lowering &lowering, ErrorContextNewOp op) {
  Program &program = lowering.program;
  if (!isMemory32(program, op.getMemoryAttr()))
    return false;
  Code code(program, op);
  Side guest = getSide(op, {});
  SmallVector<Value> message = lowering.memory.move(
      code, {guest, lowering.memory.stagingSide(), {}, /*toCallee=*/true},
      component::StringType::get(op.getContext()),
      {op.getPointer(), op.getLength()});
  Value instance = code.instance(op.getInstanceAttr());
  op.replaceAllUsesWith(code.runtime(
      "error_context_new",
      {instance, lowering.memory.takeAll(code), message[0], message[1]}));
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, ErrorContextDebugMessageOp op) {
  Program &program = lowering.program;
  if (!isMemory32(program, op.getMemoryAttr()))
    return false;
  Code code(program, op);
  Value instance = code.instance(op.getInstanceAttr());
  Value record = code.runtime("error_context_get", {instance, op.getHandle()});
  Value pointer = code.load(record, offsetof(rt::ErrorContext, pointer));
  Value length = code.load(record, offsetof(rt::ErrorContext, length));
  Type string = component::StringType::get(op.getContext());
  checkAlignment(code, op.getPointer(), component::getAlignment(string));
  checkBounds(code, op.getPointer(),
              code.constant64(component::getElementSize(string)),
              op.getMemoryAttr(), TrapKind::PointerOutOfBounds);
  lowering.memory.move(code,
                       {lowering.memory.stagingSide(),
                        getSide(op, op.getReallocAttr()),
                        {},
                        /*toCallee=*/true},
                       string, {pointer, length}, op.getPointer());
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, ErrorContextDropOp op) {
  return lowerToCall(lowering, op, "error_context_drop", op.getInstanceAttr());
}
