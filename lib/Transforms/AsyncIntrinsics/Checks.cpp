//===- Checks.cpp - checks of pointers and of leaving -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Buffers.h"
#include "Lowering.h"
#include "MayLeave.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using wasm::BinaryKind;
using wasm::CompareKind;

bool meld::lowering::lower(Lowering &lowering, CheckMayLeaveOp op) {
  Code code(lowering.program, op);
  checkMayLeave(code, op.getInstanceAttr());
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, TrapOp op) {
  Code code(lowering.program, op);
  code.trap(static_cast<TrapKind>(getTrapNumber(op.getKind())),
            code.constant(op.getArgument()));
  wasm::UnreachableOp::create(code);
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, CheckPointerOp op) {
  if (!isMemory32(lowering.program, op.getMemoryAttr()))
    return false;
  Code code(lowering.program, op);
  checkAlignment(code, op.getPointer(), op.getAlignment());
  checkBounds(code, op.getPointer(), code.constant64(op.getSize()),
              op.getMemoryAttr(), TrapKind::PointerOutOfBounds);
  op.erase();
  return true;
}

void meld::lowering::checkMayBlock(Code &code, FlatSymbolRefAttr instance) {
  if (code.program.target.getSpec() == component::SpecVersion::v2026_08)
    code.runtime("check_may_block", code.instance(instance));
}

bool meld::lowering::isMemory32(Program &program, FlatSymbolRefAttr memory) {
  auto type = dyn_cast<wasm::MemoryType>(program.entityType(memory));
  return type && !type.getIndex64();
}

void meld::lowering::checkAlignment(Code &code, Value pointer,
                                    uint32_t alignment) {
  if (alignment == 1)
    return;
  code.trapIf(
      code.binary(BinaryKind::and_, pointer, code.constant(alignment - 1)),
      TrapKind::UnalignedPointer, pointer);
}

Value meld::lowering::bytesOf(Code &code, Type element, Value length) {
  Value bytes = code.extend(length);
  uint64_t size = component::getElementSize(element);
  return size == 1 ? bytes
                   : code.binary(BinaryKind::mul, bytes, code.constant64(size));
}

Value meld::lowering::isOutOfBounds(Code &code, Value pointer, Value bytes,
                                    FlatSymbolRefAttr memory) {
  Value pages = wasm::MemorySizeOp::create(code, code.getI32Type(), memory);
  Value size =
      code.binary(BinaryKind::shl, code.extend(pages), code.constant64(16));
  Value end = code.binary(BinaryKind::add, code.extend(pointer), bytes);
  return code.compare(CompareKind::gt_u, end, size);
}

void meld::lowering::checkBounds(Code &code, Value pointer, Value bytes,
                                 FlatSymbolRefAttr memory, TrapKind kind) {
  code.trapIf(isOutOfBounds(code, pointer, bytes, memory), kind, pointer);
}
