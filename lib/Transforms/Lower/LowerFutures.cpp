//===- LowerFutures.cpp - future built-ins become functions -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerBuiltins.h"

#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERFUTURES
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

namespace {
struct LowerFutures : meld::impl::LowerFuturesBase<LowerFutures> {
  void runOnOperation() override {
    if (meld::lowerBuiltins(getOperation(), "future") == 0)
      markAllAnalysesPreserved();
  }
};
} // namespace
