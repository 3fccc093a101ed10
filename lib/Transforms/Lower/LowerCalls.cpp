//===- LowerCalls.cpp - lowers become adapters ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A synchronous lower becomes a function that calls. An asynchronous lower gets
// the two thunks of its adapter, wherever it stands by now: still a lower, or
// already a function with a call, when --lower-tasks ran first.
//
//===----------------------------------------------------------------------===//

#include "LowerOnly.h"
#include "Lowers.h"

#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERCALLS
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

namespace {
struct LowerCalls : meld::impl::LowerCallsBase<LowerCalls> {
  using Base::Base;

  void runOnOperation() override {
    if (failed(meld::checkOnly(getOperation(), only)))
      return signalPassFailure();
    if (!meld::lowerCalls(getOperation(), only))
      markAllAnalysesPreserved();
  }
};
} // namespace
