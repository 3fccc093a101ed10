//===- ComponentLink.cpp - the pass over Linker ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Linker.h"
#include "meld/Transforms/Passes.h"
#include "mlir/IR/BuiltinOps.h"

namespace meld {
#define GEN_PASS_DEF_COMPONENTLINK
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

namespace {
struct ComponentLink : meld::impl::ComponentLinkBase<ComponentLink> {
  using Base::Base;

  void runOnOperation() override {
    auto roots =
        llvm::to_vector(getOperation().getOps<meld::component::RootOp>());
    if (roots.empty())
      return markAllAnalysesPreserved();
    std::vector<std::string> names(kept.begin(), kept.end());
    meld::link::Linker linker(getOperation(), roots, names);
    if (failed(linker.check()) || (roots.size() > 1 && failed(linker.run())))
      signalPassFailure();
  }
};
} // namespace
