//===- LowerTasks.cpp - asynchronous functions become tasks -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerBuiltins.h"
#include "Lowers.h"
#include "StepFunction.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERTASKS
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

using namespace mlir;
using namespace meld;
using namespace meld::component;

static bool hasBackpressure(RootOp root) {
  return root
      .walk([](async_intrinsic::BackpressureIncOp) {
        return WalkResult::interrupt();
      })
      .wasInterrupted();
}

namespace {
struct LowerTasks : meld::impl::LowerTasksBase<LowerTasks> {
  void runOnOperation() override {
    RootOp root = getOperation();
    bool changed = lowerBuiltins(root, "task") != 0;
    changed |= lowerAsyncLowers(root);
    if (lowerAsyncLifts(root)) {
      changed = true;
      // Calls may wait to enter even where no task has a callback.
      if (hasBackpressure(root))
        declareTrampoline(root);
    }
    if (!changed)
      markAllAnalysesPreserved();
  }
};
} // namespace
