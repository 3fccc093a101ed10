//===- LowerThreads.cpp - thread built-ins become functions -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerBuiltins.h"
#include "StepFunction.h"

#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERTHREADS
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

namespace {
struct LowerThreads : meld::impl::LowerThreadsBase<LowerThreads> {
  void runOnOperation() override {
    if (meld::lowerBuiltins(getOperation(), "thread") == 0)
      return markAllAnalysesPreserved();
    meld::declareTrampolineForWaiting(getOperation());
  }
};
} // namespace
