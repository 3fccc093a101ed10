//===- LowerResources.cpp - the built-ins of resources ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerBuiltins.h"
#include "LowerOnly.h"
#include "LowerRemarks.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERRESOURCES
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

namespace {
struct LowerResources : meld::impl::LowerResourcesBase<LowerResources> {
  using Base::Base;

  void runOnOperation() override {
    if (failed(meld::checkOnly(getOperation(), only)))
      return signalPassFailure();
    mlir::SymbolTable symbols(getOperation());
    meld::LowerRemarks remarks(symbols);
    auto about = [&](meld::component::CanonicalOp op) {
      remarks.aboutResource(op);
    };
    if (!meld::lowerBuiltins(getOperation(), "handle", only, about))
      markAllAnalysesPreserved();
  }
};
} // namespace
