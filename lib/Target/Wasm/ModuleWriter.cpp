//===- ModuleWriter.cpp - a wasm.module as bytes -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ModuleWriter.h"
#include "meld/Support/Rules.h"

#include "SectionWriter.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Threading.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

/// Validates what was written of `module`; of the functions those that were
/// made here, or all.
static LogicalResult verifyWritten(wasm::ModuleOp module,
                                   const ModuleIndex &index,
                                   const ByteWriter &out, bool verifyCopies) {
  llvm::BitVector made(index.functions.size());
  for (auto [number, function] : llvm::enumerate(index.functions))
    made[number] = isa<FuncOp>(function);
  core::ModuleView view;
  std::optional<ReadError> error =
      core::readModule(llvm::arrayRefFromStringRef(out.bytes()), view);
  core::ValidateOptions options;
  if (!verifyCopies)
    options.only = &made; // few, so no threads
  else if (module.getContext()->isMultithreadingEnabled())
    options.threads = llvm::hardware_concurrency().compute_thread_count();
  if (!error)
    error = core::validateModule(view, options);
  if (!error)
    return success();
  return emitRule(module, Rule::written_module)
         << "would be written as a module that is not valid: " << error->message
         << " (byte 0x" << llvm::utohexstr(error->offset, true) << ")";
}

LogicalResult meld::wasm::writeModule(wasm::ModuleOp module, raw_ostream &os,
                                      const WriteOptions &options) {
  if (std::optional<ModuleBytesAttr> blob = module.getBytes()) {
    if (options.map)
      return refuse(module, "has no map: its bytes are written as they are");
    std::optional<ArrayRef<uint8_t>> bytes = blob->getBytes();
    if (!bytes)
      return refuse(module, "has lost its bytes: they were elided");
    os << StringRef(reinterpret_cast<const char *>(bytes->data()),
                    bytes->size());
    return success();
  }
  if (module.getSource())
    return refuse(module, "has its bytes in a file that was not read");
  ModuleIndex index;
  ByteWriter out;
  if (failed(index.build(module)) ||
      failed(SectionWriter(module, index, options).write(out)) ||
      failed(verifyWritten(module, index, out, options.verifyCopies)))
    return failure();
  os << out.bytes();
  return success();
}
