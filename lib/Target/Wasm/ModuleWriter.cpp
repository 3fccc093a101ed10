//===- ModuleWriter.cpp - a wasm.module as bytes -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ModuleWriter.h"

#include "SectionWriter.h"
#include "VerifyWritten.h"
#include "meld/Support/Diagnostics.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

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
  BodyCopier bodies(index);
  ByteWriter out;
  if (failed(index.build(module)) ||
      failed(SectionWriter(module, index, bodies, options).write(out)) ||
      failed(verifyWritten(module, index, bodies, out, options.copies)))
    return failure();
  os << out.bytes();
  return success();
}
