//===- LowerAsyncIntrinsics.cpp - the pass ----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Copies.h"
#include "../Lower/Lowers.h"
#include "../Lower/StepFunction.h"
#include "../Lower/ValueLowering.h"
#include "../Unsupported.h"
#include "EdgeStreams.h"
#include "Fibers.h"
#include "Lowering.h"
#include "References.h"
#include "meld/Support/Rules.h"

#include "meld/Support/Diagnostics.h"
#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERASYNCINTRINSICS
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

using namespace mlir;
using namespace meld;

/// Whether the pass has run on `root`.
static bool isLowered(component::RootOp root) {
  return llvm::any_of(
      root.getBody().getOps<wasm::CustomOp>(),
      [](wasm::CustomOp op) { return op.getName() == lowering::abiSection; });
}

namespace {
struct LowerAsyncIntrinsics
    : meld::impl::LowerAsyncIntrinsicsBase<LowerAsyncIntrinsics> {
  void runOnOperation() override {
    component::RootOp root = getOperation();
    if (isLowered(root))
      return markAllAnalysesPreserved();
    if (!root.getFlattened()) {
      (void)(emitRule(root, Rule::flattened_first)
             << "wants a flattened root: run --component-flatten first");
      return signalPassFailure();
    }
    if (root.getTargetOrDefault().getUnsupported() ==
        component::UnsupportedMode::trap)
      trapUnsupported(root);
    if (lowerAsyncLifts(root))
      declareTrampolineForWaiting(root);
    if (lowering::passesEnds(SymbolTable(root)) || lowering::wantsFibers(root))
      declareTrampoline(root);
    if (failed(lowering::checkReferences(root)) || failed(lowerValues(root)))
      return signalPassFailure();
    declareCopies(root);
    if (failed(lowering::Lowering(root).run()))
      signalPassFailure();
  }
};
} // namespace
