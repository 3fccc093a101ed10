//===- StreamIntrinsics.cpp - streams become calls of the runtime *- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
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
using component::StreamType;
using wasm::BinaryKind;
using wasm::CompareKind;

static Value instanceOf(Code &code, FlatSymbolRefAttr instance) {
  return code.constant(code.program.records.instance(instance));
}

bool meld::lowering::lower(Lowering &lowering, StreamNewOp op) {
  Code code(lowering.program, op);
  uint32_t type =
      lowering.program.records.streamType(cast<StreamType>(op.getType()));
  op.replaceAllUsesWith(
      code.runtime("stream_new", {instanceOf(code, op.getInstanceAttr()),
                                  code.constant(type)}));
  op.erase();
  return true;
}

template <typename DropOp>
static bool lowerDrop(Lowering &lowering, DropOp op, uint32_t kind) {
  Code code(lowering.program, op);
  uint32_t want =
      lowering.program.records.endHeader(cast<StreamType>(op.getType()), kind);
  code.runtime("stream_drop", {instanceOf(code, op.getInstanceAttr()),
                               op.getHandle(), code.constant(want)});
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, StreamDropReadableOp op) {
  return lowerDrop(lowering, op, rt::KindStreamReadable);
}

bool meld::lowering::lower(Lowering &lowering, StreamDropWritableOp op) {
  return lowerDrop(lowering, op, rt::KindStreamWritable);
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// The spec's `BufferGuestImpl`. Pointer and range matter only where something
/// can move; a stream without element type has neither.
static void checkBuffer(Code &code, BufferOp buffer) {
  Value length = buffer.getLength();
  code.trapIf(code.compare(CompareKind::gt_u, length,
                           code.constant(rt::MaxBufferLength)),
              TrapKind::BufferTooLong, length);
  Type element = buffer.getType().getElement();
  if (!element)
    return;
  code.when(length, [&] {
    checkAlignment(code, buffer.getPointer(), component::getAlignment(element));
    Value bytes = code.extend(length);
    if (uint64_t size = component::getElementSize(element); size != 1)
      bytes = code.binary(BinaryKind::mul, bytes, code.constant64(size));
    checkBounds(code, buffer.getPointer(), bytes, buffer.getMemoryAttr(),
                TrapKind::BufferOutOfBounds);
  });
}

/// The handle is checked before the buffer, and both before anything moves.
template <typename CopyIntrinsic>
static bool lowerCopy(Lowering &lowering, CopyIntrinsic op, uint32_t kind,
                      StringRef function) {
  Program &program = lowering.program;
  auto buffer = op.getBuffer().template getDefiningOp<BufferOp>();
  FlatSymbolRefAttr memory = buffer ? buffer.getMemoryAttr() : nullptr;
  auto type = cast<StreamType>(op.getType());
  if (!buffer || !memory != !type.getElement() ||
      (memory && !isMemory32(program, memory)))
    return false;
  Code code(program, op);
  Value want = code.constant(program.records.endHeader(type, kind));
  Value end =
      code.runtime("stream_end", {instanceOf(code, op.getInstanceAttr()),
                                  op.getHandle(), want});
  checkBuffer(code, buffer);
  bool counted = program.target.getCountCopies() == component::CountCopies::on;
  Value result =
      code.runtime(counted ? (function + "_counted").str() : function.str(),
                   {end, buffer.getPointer(), buffer.getLength(),
                    code.constant(program.records.memory(memory))});
  op.replaceAllUsesWith(result);
  op.erase();
  if (buffer->use_empty())
    buffer.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, StreamReadOp op) {
  return lowerCopy(lowering, op, rt::KindStreamReadable, "stream_read");
}

bool meld::lowering::lower(Lowering &lowering, StreamWriteOp op) {
  return lowerCopy(lowering, op, rt::KindStreamWritable, "stream_write");
}

/// Plain elements are copied as bytes, whatever they are: so one function
/// serves all types with a copy from `source` to `target`.
bool meld::lowering::lower(Lowering &lowering, CopyOp op) {
  Program &program = lowering.program;
  auto type = cast<StreamType>(op.getType());
  FlatSymbolRefAttr source = op.getSourceAttr(), target = op.getTargetAttr();
  if (!type.getElement() || !component::isPlain(type.getElement()) ||
      !isMemory32(program, source) || !isMemory32(program, target))
    return false;
  Location loc = op.getLoc();
  std::string name = op.getSymName().str();
  program.symbols.erase(op);
  if (program.slots().copy(type, program.records.memory(source),
                           program.records.memory(target)))
    return true;
  Builder types(program.root.getContext());
  Type i32 = types.getI32Type();
  wasm::FuncOp func = program.addFunction(
      loc, name, types.getFunctionType({i32, i32, i32}, {}));
  Code code = Code::atEndOf(program, func);
  wasm::MemoryCopyOp::create(code, target, source, func.getArgument(0),
                             func.getArgument(1), func.getArgument(2));
  wasm::ReturnOp::create(code);
  program.addCopy(type, source, target, FlatSymbolRefAttr::get(func));
  return true;
}
