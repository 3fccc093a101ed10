//===- LowerCallbacks.cpp - callbacks become step functions -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GeneratedModule.h"
#include "StepFunction.h"

#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LOWERCALLBACKS
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

using namespace mlir;
using namespace meld;
using namespace meld::component;

/// Before flatten: the step function is a generated module that imports the
/// callback.
static void lower(SymbolTable &symbols, LiftOp lift) {
  Value callback = lift.getCallback();
  MLIRContext *context = lift.getContext();
  GeneratedModule module(symbols, lift, "step");
  FlatSymbolRefAttr symbol =
      module.import("callback", callback, getCallbackType(context));
  wasm::FuncOp step = module.function("step", getStepType(context));
  OpBuilder b(context);
  buildStepBody(b, lift.getLoc(), step.getBody().front(), symbol, {});
  lift.getStepMutable().assign(module.instantiate().front());
  lift.getCallbackMutable().clear();
}

/// After flatten, a lift or already a task type: a function of the root.
template <typename TaskOp>
static void lowerFlat(SymbolTable &symbols, TaskOp task) {
  OpBuilder b(task);
  auto step = wasm::FuncOp::create(b, task.getLoc(),
                                   (task.getSymName() + "_step").str(),
                                   getStepType(b.getContext()));
  symbols.insert(step, task->getIterator());
  buildStepBody(b, task.getLoc(), step.getBody().front(),
                task.getCallbackAttr(), task.getInstanceAttr());
  task.setStepAttr(FlatSymbolRefAttr::get(step));
  task.removeCallbackAttr();
}

static bool hasCallback(Operation *op) {
  if (auto lift = dyn_cast<LiftOp>(op))
    return static_cast<bool>(lift.getCallback());
  if (auto lifted = dyn_cast<LiftedOp>(op))
    return lifted.getCallback().has_value();
  if (auto task = dyn_cast<async_intrinsic::TaskTypeOp>(op))
    return task.getCallback().has_value();
  return false;
}

namespace {
struct LowerCallbacks : meld::impl::LowerCallbacksBase<LowerCallbacks> {
  void runOnOperation() override {
    SmallVector<Operation *> work;
    getOperation().walk([&](Operation *op) {
      if (hasCallback(op))
        work.push_back(op);
    });
    if (work.empty())
      return markAllAnalysesPreserved();
    SymbolTable symbols(getOperation());
    for (Operation *op : work)
      TypeSwitch<Operation *>(op)
          .Case([&](LiftOp lift) { lower(symbols, lift); })
          .Case<LiftedOp, async_intrinsic::TaskTypeOp>(
              [&](auto task) { lowerFlat(symbols, task); });
    declareTrampoline(getOperation());
  }
};
} // namespace
