//===- ComponentFlatten.cpp - the pass over Flattener -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flattener.h"
#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_COMPONENTFLATTEN
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

namespace {
struct ComponentFlatten : meld::impl::ComponentFlattenBase<ComponentFlatten> {
  void runOnOperation() override {
    if (getOperation().getFlattened())
      return markAllAnalysesPreserved();
    if (failed(meld::flatten::Flattener(getOperation()).run()))
      signalPassFailure();
  }
};
} // namespace
