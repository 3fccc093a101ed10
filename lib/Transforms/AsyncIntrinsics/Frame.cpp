//===- Frame.cpp - what a call keeps of its caller --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frame.h"

#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;

Frame::Frame(Code &code, FlatSymbolRefAttr caller, FlatSymbolRefAttr callee,
             bool nested) {
  Program &program = code.program;
  bool keep = caller || nested;
  Fields fields;
  if (program.hasTasks() && keep)
    fields.push_back({code.getI32Type(), offsetof(rt::Control, current)});
  if (program.usesContext(callee))
    addContext(code, fields);
  ofThreads = program.usesThreads(callee);
  if (ofThreads)
    fields.push_back({code.getI32Type(), offsetof(rt::Control, thread)});
  clear(code, fields, keep);
}

Frame::Frame(Code &code, FlatSymbolRefAttr instance) {
  Fields fields;
  if (code.program.usesContext(instance))
    addContext(code, fields);
  clear(code, fields, /*keep=*/true);
}

static size_t getOffset(size_t slot) {
  return offsetof(rt::Control, context) + slot * sizeof(uint64_t);
}

void Frame::addContext(Code &code, Fields &fields) {
  for (size_t slot : {0, 1})
    fields.push_back({code.getI64Type(), getOffset(slot)});
}

void Frame::clear(Code &code, const Fields &fields, bool keep) {
  for (auto [type, offset] : fields) {
    uint32_t address = rt::ControlAddress + offset;
    if (keep)
      kept.push_back({address, code.load(type, code.constant(0), address)});
    code.store(code.nothing(type), code.constant(0), address);
  }
}

void Frame::restore(Code &code) {
  if (ofThreads)
    code.runtime("thread_leave", {});
  for (Field field : kept)
    code.store(field.value, code.constant(0), field.address);
}

//===----------------------------------------------------------------------===//
// Until post-return
//===----------------------------------------------------------------------===//

/// `body` for each slot of a thread of `instance`: its address, and the
/// variable that it waits in.
static void
forEachSlot(Code &code, FlatSymbolRefAttr instance,
            llvm::function_ref<void(uint32_t, FlatSymbolRefAttr)> body) {
  if (!code.program.usesContext(instance))
    return;
  for (size_t slot : {0, 1})
    body(rt::ControlAddress + getOffset(slot),
         code.program.variable64("returned" + std::to_string(slot)));
}

void meld::lowering::suspendThread(Code &code, FlatSymbolRefAttr instance) {
  forEachSlot(code, instance, [&](uint32_t address, FlatSymbolRefAttr into) {
    Value value = code.load(code.getI64Type(), code.constant(0), address);
    wasm::GlobalSetOp::create(code, into, value);
  });
}

void meld::lowering::resumeThread(Code &code, FlatSymbolRefAttr instance) {
  forEachSlot(code, instance, [&](uint32_t address, FlatSymbolRefAttr from) {
    Value value = wasm::GlobalGetOp::create(code, code.getI64Type(), from);
    code.store(value, code.constant(0), address);
  });
}
