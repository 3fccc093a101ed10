//===- LowerStreams.cpp - stream built-ins become functions -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerBuiltins.h"

#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERSTREAMS
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

namespace {
struct LowerStreams : meld::impl::LowerStreamsBase<LowerStreams> {
  void runOnOperation() override {
    if (meld::lowerBuiltins(getOperation(), "stream") == 0)
      markAllAnalysesPreserved();
  }
};
} // namespace
