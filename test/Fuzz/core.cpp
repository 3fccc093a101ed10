//===- core.cpp - Fuzz target of the codec of core modules ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeCopy.h"
#include "meld/Target/Wasm/FixUps.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include <numeric>

using namespace meld;
using llvm::ArrayRef;

static void demand(bool holds) {
  if (!holds)
    __builtin_trap();
}

/// Copies every body with each index as it is; the copies are as long as the
/// bodies, or shorter where LEBs were longer than they need.
static void copyBodies(const core::ModuleView &view) {
  llvm::SmallVector<uint32_t> numbers[core::numIndexSpaces];
  for (llvm::SmallVector<uint32_t> &list : numbers) {
    list.resize(view.bytes.size());
    std::iota(list.begin(), list.end(), 0);
  }
  for (ArrayRef<uint8_t> body : view.bodies) {
    ByteReader in = view.reader(body);
    wasm::ByteWriter out;
    wasm::CodeCopy copy(in, out, numbers);
    copy.locals();
    copy.expression();
    demand(!in.failed() && in.atEnd() && out.size() <= body.size());
  }
}

/// Any bytes are read or give an error at an offset inside the input. Of a
/// valid module every body can be indexed and copied.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  core::ModuleView view;
  std::optional<ReadError> error = core::readModule({data, size}, view);
  if (!error) {
    error = core::validateModule(view);
    core::CodeIndex index;
    bool indexed = !index.build(view, core::CodeIndex::Accesses::List);
    demand(indexed || error);
    for (const core::FixUp &fixUp : index.all())
      demand(fixUp.offset + uint64_t(fixUp.size) <= size);
    if (!error)
      copyBodies(view);
  }
  demand(!error || error->offset <= size);
  return 0;
}
