//===- WasmMerge.cpp - the pass over MergeProgram and MergeEmit -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MergeCheck.h"
#include "MergeEmit.h"
#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_WASMMERGE
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

using namespace mlir;
using namespace meld;

static LogicalResult mergeRoot(component::RootOp root) {
  merge::Program program(root);
  if (failed(merge::checkLowered(root)) || failed(program.link()))
    return failure();
  merge::Emitter(program).emit();
  root.erase();
  return success();
}

namespace {
struct WasmMerge : meld::impl::WasmMergeBase<WasmMerge> {
  void runOnOperation() override {
    for (auto root :
         llvm::make_early_inc_range(getOperation().getOps<component::RootOp>()))
      if (failed(mergeRoot(root)))
        return signalPassFailure();
  }
};
} // namespace
