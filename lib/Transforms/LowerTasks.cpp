//===- LowerTasks.cpp - asynchronous functions become tasks -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerBuiltins.h"
#include "Lowers.h"

#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERTASKS
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

using namespace mlir;
using namespace meld;
using namespace meld::component;

/// After flatten: every call of a function of asynchronous type is a task, also
/// where its lift is synchronous. Before flatten a lift stays what it is.
static bool lowerLifts(RootOp root) {
  SmallVector<LiftedOp> work;
  for (auto lifted : root.getBody().getOps<LiftedOp>())
    if (lifted.getFuncType().getAsync())
      work.push_back(lifted);
  for (LiftedOp lifted : work) {
    OpBuilder b(lifted);
    async_intrinsic::TaskTypeOp::create(
        b, lifted.getLoc(), lifted.getSymName(), lifted.getInstance(),
        lifted.getFunction(), lifted.getCallbackAttr(), lifted.getStepAttr(),
        lifted.getMemoryAttr(), lifted.getReallocAttr(),
        lifted.getPostReturnAttr(),
        stringifyStringEncoding(
            lifted.getStringEncoding().value_or(StringEncoding::utf8)),
        lifted.getAsync(), lifted.getFuncType());
    lifted.erase();
  }
  return !work.empty();
}

namespace {
struct LowerTasks : meld::impl::LowerTasksBase<LowerTasks> {
  void runOnOperation() override {
    RootOp root = getOperation();
    bool changed = lowerBuiltins(root, "task") != 0;
    changed |= lowerAsyncLowers(root);
    changed |= lowerLifts(root);
    if (!changed)
      markAllAnalysesPreserved();
  }
};
} // namespace
