//===- LowerValues.cpp - values become code ---------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValueLowering.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERVALUES
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

namespace {
struct LowerValues : meld::impl::LowerValuesBase<LowerValues> {
  using Base::Base;

  void runOnOperation() override {
    if (!getOperation().getFlattened())
      return markAllAnalysesPreserved();
    llvm::FailureOr<bool> changed =
        meld::lowerValues(getOperation(), inlineParts);
    if (failed(changed))
      return signalPassFailure();
    if (!*changed)
      markAllAnalysesPreserved();
  }
};
} // namespace
