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

using namespace mlir;
using meld::component::RootOp;

/// Moves what stands in modules inside `module` to its end: two files of MLIR
/// read as one are a module of two modules.
static void unnest(ModuleOp module) {
  for (auto inner : llvm::make_early_inc_range(module.getOps<ModuleOp>())) {
    unnest(inner);
    Block &from = *inner.getBody(), &to = *module.getBody();
    to.getOperations().splice(to.end(), from.getOperations());
    inner.erase();
  }
}

namespace {
struct ComponentLink : meld::impl::ComponentLinkBase<ComponentLink> {
  using Base::Base;

  void runOnOperation() override {
    unnest(getOperation());
    auto roots = llvm::to_vector(getOperation().getOps<RootOp>());
    if (roots.empty())
      return markAllAnalysesPreserved();
    std::vector<std::string> names(kept.begin(), kept.end());
    meld::link::Linker linker(getOperation(), roots, names);
    if (failed(linker.check()) || (roots.size() > 1 && failed(linker.run())))
      signalPassFailure();
  }
};
} // namespace
