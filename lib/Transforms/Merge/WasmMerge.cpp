//===- WasmMerge.cpp - the pass over MergeProgram and MergeEmit -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Emit.h"
#include "Remarks.h"
#include "Sections.h"
#include "Share.h"
#include "Shims.h"
#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_WASMMERGE
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

using namespace mlir;
using namespace meld;

/// Instances of which only what is used becomes part of the program.
static DenseSet<uint32_t> findStripped(const merge::Program &program) {
  DenseSet<uint32_t> stripped;
  for (auto [number, instance] : llvm::enumerate(program.instances))
    if (wasm::InstanceOp(instance.op)->hasAttr("strip"))
      stripped.insert(number);
  return stripped;
}

static LogicalResult mergeRoot(component::RootOp root, bool stripDead,
                               MergedSections sections) {
  merge::Program program(root);
  if (failed(merge::checkLowered(root)) || failed(program.link()))
    return failure();
  merge::Uses uses(program, /*wholeModules=*/stripDead);
  DenseSet<uint32_t> stripped = findStripped(program);
  if (failed(merge::seeThroughShims(program, uses, stripped)))
    return failure();
  merge::shareFunctions(program);
  FailureOr<merge::Order> order = merge::planOrder(program, uses);
  if (failed(order))
    return failure();
  FailureOr<llvm::BitVector> live =
      merge::findLive(program, uses, *order, stripped, stripDead);
  if (failed(live) || failed(merge::checkTarget(program, *live)))
    return failure();
  llvm::erase_if(order->steps,
                 [&](merge::EntityId id) { return !live->test(id); });
  merge::remarkDropped(program, *live);
  if (sections == MergedSections::all)
    merge::keepSections(program);
  wasm::ModuleOp module = merge::Emitter(program, *order, *live).emit();
  if (sections == MergedSections::all)
    module->setAttr("debug", UnitAttr::get(module.getContext()));
  if (sections == MergedSections::none)
    module->setAttr("nameless", UnitAttr::get(root.getContext()));
  root.erase();
  return success();
}

namespace {
struct WasmMerge : meld::impl::WasmMergeBase<WasmMerge> {
  using WasmMergeBase::WasmMergeBase;

  void runOnOperation() override {
    for (auto root :
         llvm::make_early_inc_range(getOperation().getOps<component::RootOp>()))
      if (failed(mergeRoot(root, stripDead, sections)))
        return signalPassFailure();
  }
};
} // namespace
