//===- LowerTasks.cpp - asynchronous functions become tasks -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerBuiltins.h"
#include "Lowers.h"
#include "StepFunction.h"

#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERTASKS
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

using namespace mlir;
using namespace meld;
using namespace meld::component;

namespace {
struct LowerTasks : meld::impl::LowerTasksBase<LowerTasks> {
  void runOnOperation() override {
    RootOp root = getOperation();
    bool changed = lowerBuiltins(root, "task") != 0;
    changed |= lowerAsyncLowers(root);
    if (lowerAsyncLifts(root)) {
      changed = true;
      declareTrampolineForWaiting(root);
    }
    if (!changed)
      markAllAnalysesPreserved();
  }
};
} // namespace
