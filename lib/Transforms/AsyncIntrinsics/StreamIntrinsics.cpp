//===- StreamIntrinsics.cpp - streams become calls of the runtime --------*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Buffers.h"
#include "FastCopy.h"
#include "Lowering.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::StreamType;
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
static void checkBuffer(Code &code, const CopySite &site) {
  Value length = site.length;
  code.trapIf(code.compare(CompareKind::gt_u, length,
                           code.constant(rt::MaxBufferLength)),
              TrapKind::BufferTooLong, length);
  Type element = site.type.getElement();
  if (!element)
    return;
  code.when(length, [&] {
    checkAlignment(code, site.pointer, component::getAlignment(element));
    code.trapIf(isOutOfBounds(code, site.pointer,
                              bytesOf(code, element, length), site.memory),
                TrapKind::BufferOutOfBounds, site.pointer);
  });
}

/// Every case. The handle is checked before the buffer, and both before
/// anything moves.
static Value copySlowly(Code &code, const CopySite &site) {
  Program &program = code.program;
  uint32_t kind =
      site.writing ? rt::KindStreamWritable : rt::KindStreamReadable;
  Value want = code.constant(program.records.endHeader(site.type, kind));
  Value end = code.runtime(
      "stream_end", {instanceOf(code, site.instance), site.handle, want});
  checkBuffer(code, site);
  std::string function = site.writing ? "stream_write" : "stream_read";
  if (program.target.getCountCopies() == component::CountCopies::on)
    function += "_counted";
  return code.runtime(function,
                      {end, site.pointer, site.length,
                       code.constant(program.records.memory(site.memory))});
}

/// The slow way as a function, with the operands of `site`, for a caller that
/// tries the fast way first.
static FlatSymbolRefAttr makeSlowCopy(Program &program, wasm::FuncOp caller,
                                      CopySite site) {
  Builder types(program.root.getContext());
  Type i32 = types.getI32Type();
  wasm::FuncOp func =
      program.addFunction(caller.getLoc(), caller.getSymName() + "_slow",
                          types.getFunctionType({i32, i32, i32}, i32));
  site.handle = func.getArgument(0);
  site.pointer = func.getArgument(1);
  site.length = func.getArgument(2);
  Code code = Code::atEndOf(program, func);
  wasm::ReturnOp::create(code, ValueRange{copySlowly(code, site)});
  return FlatSymbolRefAttr::get(func);
}

template <typename CopyIntrinsic>
static bool lowerCopy(Lowering &lowering, CopyIntrinsic op) {
  Program &program = lowering.program;
  auto buffer = op.getBuffer().template getDefiningOp<BufferOp>();
  CopySite site;
  site.type = cast<StreamType>(op.getType());
  site.memory = buffer ? buffer.getMemoryAttr() : nullptr;
  if (!buffer || !site.memory != !site.type.getElement() ||
      (site.memory && !isMemory32(program, site.memory)))
    return false;
  site.writing = isa<StreamWriteOp>(op);
  site.instance = op.getInstanceAttr();
  site.handle = op.getHandle();
  site.pointer = buffer.getPointer();
  site.length = buffer.getLength();
  Code code(program, op);
  Value result;
  if (canCopyFast(program, site))
    result = copyFast(code, site,
                      makeSlowCopy(program,
                                   op->template getParentOfType<wasm::FuncOp>(),
                                   site));
  else
    result = copySlowly(code, site);
  op.replaceAllUsesWith(result);
  op.erase();
  if (buffer->use_empty())
    buffer.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, StreamReadOp op) {
  return lowerCopy(lowering, op);
}

bool meld::lowering::lower(Lowering &lowering, StreamWriteOp op) {
  return lowerCopy(lowering, op);
}

/// (target, source, bytes) -> (): the only code that touches both memories.
static FlatSymbolRefAttr makeCopy(Program &program, Location loc,
                                  StringRef name, FlatSymbolRefAttr source,
                                  FlatSymbolRefAttr target) {
  Builder types(program.root.getContext());
  Type i32 = types.getI32Type();
  wasm::FuncOp func = program.addFunction(
      loc, name, types.getFunctionType({i32, i32, i32}, {}));
  Code code = Code::atEndOf(program, func);
  wasm::MemoryCopyOp::create(code, target, source, func.getArgument(0),
                             func.getArgument(1), func.getArgument(2));
  wasm::ReturnOp::create(code);
  return FlatSymbolRefAttr::get(func);
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
  FlatSymbolRefAttr function = program.slots().copy(
      type, program.records.memory(source), program.records.memory(target));
  if (!function)
    function = makeCopy(program, loc, name, source, target);
  program.addCopy(type, source, target, function);
  return true;
}
