//===- SetTarget.cpp - Sets the options of a root ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Transforms/SetTarget.h"

#include "meld/Transforms/TargetOptions.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

namespace {

// A clone makes the same options, in the same order, and MLIR copies the
// values.
class SetTarget : public PassWrapper<SetTarget, OperationPass<RootOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(SetTarget)

  SetTarget() { addOptions(); }
  SetTarget(const SetTarget &other) : PassWrapper(other) { addOptions(); }

  StringRef getArgument() const final { return "set-target"; }
  StringRef getDescription() const final {
    return "Set the options that more than one pass reads";
  }
  void runOnOperation() override {
    if (TargetAttr target = options.apply(getOperation()))
      getOperation().setTargetAttr(target);
    else
      signalPassFailure();
  }

private:
  void addOptions() { options.add<Option<std::string>>(*this); }

  TargetOptions options;
};

} // namespace

std::unique_ptr<Pass> meld::createSetTargetPass() {
  return std::make_unique<SetTarget>();
}

std::unique_ptr<Pass> meld::createSetTargetPass(StringRef options) {
  auto pass = std::make_unique<SetTarget>();
  // Every option takes any text, so this cannot fail.
  (void)pass->initializeOptions(options,
                                [](const Twine &) { return failure(); });
  return pass;
}

void meld::registerSetTargetPass() { PassRegistration<SetTarget>(); }
