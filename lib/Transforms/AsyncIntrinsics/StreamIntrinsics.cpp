//===- StreamIntrinsics.cpp - streams and futures ---------------*- C++ -*-===//
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
using wasm::CompareKind;

template <typename Op> static bool lowerNew(Lowering &lowering, Op op) {
  Code code(lowering.program, op);
  uint32_t type = lowering.program.records.streamType(op.getType());
  op.replaceAllUsesWith(
      code.runtime("stream_new",
                   {code.instance(op.getInstanceAttr()), code.constant(type)}));
  op.erase();
  return true;
}

template <typename Op>
static bool lowerDrop(Lowering &lowering, Op op, bool writable) {
  Code code(lowering.program, op);
  uint32_t want = lowering.program.records.endHeader(op.getType(), writable);
  code.runtime("stream_drop", {code.instance(op.getInstanceAttr()),
                               op.getHandle(), code.constant(want)});
  op.erase();
  return true;
}

template <typename Op>
static bool lowerCancel(Lowering &lowering, Op op, bool writable) {
  Code code(lowering.program, op);
  if (op.getSync())
    checkMayBlock(code, op.getInstanceAttr());
  uint32_t want = lowering.program.records.endHeader(op.getType(), writable);
  op.replaceAllUsesWith(code.runtime(
      "copy_cancel", {code.instance(op.getInstanceAttr()), op.getHandle(),
                      code.constant(want), code.constant(op.getSync())}));
  op.erase();
  return true;
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

static bool isFuture(Type type) { return isa<component::FutureType>(type); }

static void checkRange(Code &code, const CopySite &site, Type element) {
  checkAlignment(code, site.pointer, component::getAlignment(element));
  code.trapIf(isOutOfBounds(code, site.pointer,
                            bytesOf(code, element, site.length),
                            site.place.memory),
              TrapKind::BufferOutOfBounds, site.pointer);
}

/// The spec's `BufferGuestImpl`. Pointer and range matter only where something
/// can move; without an element type there is neither.
static void checkBuffer(Code &code, const CopySite &site) {
  Type element = getElement(site.type);
  if (!isFuture(site.type))
    code.trapIf(code.compare(CompareKind::gt_u, site.length,
                             code.constant(rt::MaxBufferLength)),
                TrapKind::BufferTooLong, site.length);
  if (!element)
    return;
  if (isFuture(site.type)) // always one value
    return checkRange(code, site, element);
  code.when(site.length, [&] { checkRange(code, site, element); });
}

/// The function of the runtime that copies, and its operands.
static Value callCopy(Code &code, const CopySite &site, Value end) {
  Program &program = code.program;
  Value memory = code.constant(
      site.place.memory ? program.records.buffer(site.type, site.place) : 0);
  if (isFuture(site.type))
    return code.runtime(site.writing ? "future_write" : "future_read",
                        {end, site.pointer, memory});
  std::string function = site.writing ? "stream_write" : "stream_read";
  if (program.target.getCountCopies() == component::CountCopies::on)
    function += "_counted";
  return code.runtime(function, {end, site.pointer, site.length, memory});
}

/// `result`, or what comes of it once it is there.
static Value wait(Code &code, const CopySite &site, Value end, Value result) {
  return code
      .block(code.getI32Type(),
             [&](Value done) -> SmallVector<Value> {
               Value there = code.compare(CompareKind::ne, result,
                                          code.constant(rt::Blocked));
               code.when(there, [&] {
                 wasm::BrOp::create(code, done, ValueRange{result});
               });
               return {code.runtime("copy_wait",
                                    {code.instance(site.place.instance), end})};
             })
      .front();
}

/// Every case. The handle is checked before the buffer, and both before
/// anything moves.
static Value copySlowly(Code &code, const CopySite &site) {
  if (site.sync)
    checkMayBlock(code, site.place.instance);
  Value want =
      code.constant(code.program.records.endHeader(site.type, site.writing));
  Value end = code.runtime(
      "stream_end", {code.instance(site.place.instance), site.handle, want});
  if (site.sync)
    code.runtime("end_alone", end);
  checkBuffer(code, site);
  Value result = callCopy(code, site, end);
  return site.sync ? wait(code, site, end, result) : result;
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
  std::optional<GuestCopy> copy = getGuestCopy(op);
  if (!copy || (copy->place.memory && !isMemory32(program, copy->place.memory)))
    return false;
  auto buffer = op.getBuffer().template getDefiningOp<BufferOp>();
  CopySite site{*copy, op.getSync(), op.getHandle(), buffer.getPointer(),
                buffer.getLength()};
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

/// Lifts the elements out of one instance and lowers them into the other.
static void moveElements(Lowering &lowering, Code &code, CopyOp op,
                         Type element, wasm::FuncOp func) {
  adapters::Route route{EdgeMemory::sideOf(writerOf(op)),
                        EdgeMemory::sideOf(readerOf(op)), op.getReaderAttr(),
                        /*toCallee=*/true};
  Value size = code.constant(component::getElementSize(element));
  Value count = code.binary(wasm::BinaryKind::div_u, func.getArgument(2), size);
  lowering.memory.moveElements(code, route, element, func.getArgument(0),
                               func.getArgument(1), count);
}

/// (target, source, bytes) -> (): the only code that touches both memories.
static FlatSymbolRefAttr makeCopy(Lowering &lowering, CopyOp op, Type element) {
  Program &program = lowering.program;
  Builder types(program.root.getContext());
  Type i32 = types.getI32Type();
  wasm::FuncOp func = program.addFunction(
      op.getLoc(), op.getSymName(), types.getFunctionType({i32, i32, i32}, {}));
  Code code = Code::atEndOf(program, func);
  if (component::isPlain(element))
    wasm::MemoryCopyOp::create(code, op.getTargetAttr(), op.getSourceAttr(),
                               func.getArgument(0), func.getArgument(1),
                               func.getArgument(2));
  else
    moveElements(lowering, code, op, element, func);
  wasm::ReturnOp::create(code);
  return FlatSymbolRefAttr::get(func);
}

/// Whether the operation says all that its elements need.
static bool canMake(CopyOp op, Type element) {
  return component::isPlain(element) ||
         (op.getWriter() && op.getReader() &&
          (op.getRealloc() || !component::holdsPointers(element)));
}

/// Plain elements are copied as bytes, whatever they are: so one function
/// serves all types with a copy from `source` to `target`.
bool meld::lowering::lower(Lowering &lowering, CopyOp op) {
  Program &program = lowering.program;
  Type type = op.getType(), element = getElement(type);
  if (!element || !canMake(op, element) ||
      !isMemory32(program, op.getSourceAttr()) ||
      !isMemory32(program, op.getTargetAttr()))
    return false;
  program.symbols.remove(op); // the function gets its name
  Place writer = writerOf(op), reader = readerOf(op);
  FlatSymbolRefAttr function =
      program.slots().copy(type, program.records.buffer(type, writer),
                           program.records.buffer(type, reader));
  if (!function)
    function = makeCopy(lowering, op, element);
  program.addCopy(type, writer, reader, function);
  op.erase();
  return true;
}

//===----------------------------------------------------------------------===//
// The operations
//===----------------------------------------------------------------------===//

bool meld::lowering::lower(Lowering &lowering, StreamNewOp op) {
  return lowerNew(lowering, op);
}

bool meld::lowering::lower(Lowering &lowering, StreamReadOp op) {
  return lowerCopy(lowering, op);
}

bool meld::lowering::lower(Lowering &lowering, StreamWriteOp op) {
  return lowerCopy(lowering, op);
}

bool meld::lowering::lower(Lowering &lowering, StreamCancelReadOp op) {
  return lowerCancel(lowering, op, /*writable=*/false);
}

bool meld::lowering::lower(Lowering &lowering, StreamCancelWriteOp op) {
  return lowerCancel(lowering, op, /*writable=*/true);
}

bool meld::lowering::lower(Lowering &lowering, StreamDropReadableOp op) {
  return lowerDrop(lowering, op, /*writable=*/false);
}

bool meld::lowering::lower(Lowering &lowering, StreamDropWritableOp op) {
  return lowerDrop(lowering, op, /*writable=*/true);
}

bool meld::lowering::lower(Lowering &lowering, FutureNewOp op) {
  return lowerNew(lowering, op);
}

bool meld::lowering::lower(Lowering &lowering, FutureReadOp op) {
  return lowerCopy(lowering, op);
}

bool meld::lowering::lower(Lowering &lowering, FutureWriteOp op) {
  return lowerCopy(lowering, op);
}

bool meld::lowering::lower(Lowering &lowering, FutureCancelReadOp op) {
  return lowerCancel(lowering, op, /*writable=*/false);
}

bool meld::lowering::lower(Lowering &lowering, FutureCancelWriteOp op) {
  return lowerCancel(lowering, op, /*writable=*/true);
}

bool meld::lowering::lower(Lowering &lowering, FutureDropReadableOp op) {
  return lowerDrop(lowering, op, /*writable=*/false);
}

bool meld::lowering::lower(Lowering &lowering, FutureDropWritableOp op) {
  return lowerDrop(lowering, op, /*writable=*/true);
}
