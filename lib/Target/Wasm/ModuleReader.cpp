//===- ModuleReader.cpp - bytes as a wasm.module ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ModuleReader.h"

#include "ModuleInterface.h"

#include "meld/Support/Diagnostics.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

FailureOr<wasm::ModuleOp>
meld::wasm::readModule(OpBuilder &builder, StringRef name, StringAttr file,
                       std::shared_ptr<llvm::MemoryBuffer> buffer) {
  MLIRContext *context = builder.getContext();
  ArrayRef<uint8_t> bytes(
      reinterpret_cast<const uint8_t *>(buffer->getBufferStart()),
      buffer->getBufferSize());
  auto module =
      wasm::ModuleOp::create(builder, AtLoc::get(context, file, 0), name);
  if (std::optional<ReadError> error =
          declareInterface(module, bytes, file, /*base=*/0)) {
    module.erase();
    return emitRule(AtLoc::get(context, file, error->offset), error->rule)
           << error->message;
  }
  module.setBytesAttr(ModuleBytesAttr::get(
      context, llvm::sys::path::filename(file), std::move(buffer), bytes));
  return module;
}
