//===- SetTarget.cpp - Sets the options of a root -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Transforms/SetTarget.h"

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Support/Diagnostics.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

namespace {

// The options are made from the table, so that a row there is all that a new
// option needs. A clone makes the same ones, in the same order, and MLIR
// copies the values.
class SetTarget
    : public PassWrapper<SetTarget, OperationPass<component::RootOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(SetTarget)

  SetTarget() { addOptions(); }
  SetTarget(const SetTarget &other) : PassWrapper(other) { addOptions(); }

  StringRef getArgument() const final { return "set-target"; }
  StringRef getDescription() const final {
    return "Set the options that more than one pass reads";
  }
  void runOnOperation() override;

private:
  struct TargetOption {
    TargetOption(Pass &owner, const TargetOptionInfo &row);
    StringRef name;
    std::string flag, help;
    std::unique_ptr<Pass::Option<std::string>> value;
  };
  void addOptions();

  SmallVector<std::unique_ptr<TargetOption>> options;
};

} // namespace

SetTarget::TargetOption::TargetOption(Pass &owner, const TargetOptionInfo &row)
    : name(row.Name), flag(row.Name), help(row.What) {
  std::replace(flag.begin(), flag.end(), '_', '-');
  help += "; one of: ";
  help += row.WordList;
  value = std::make_unique<Pass::Option<std::string>>(
      owner, flag, llvm::cl::desc(help), llvm::cl::init(""));
}

void SetTarget::addOptions() {
  for (const TargetOptionInfo &row : getTargetOptions())
    options.push_back(std::make_unique<TargetOption>(*this, row));
}

void SetTarget::runOnOperation() {
  RootOp root = getOperation();
  TargetAttr target = root.getTargetOrDefault();
  for (const auto &option : options) {
    const std::string &word = option->value->getValue();
    if (word.empty())
      continue;
    target = target.with(option->name, word);
    if (target)
      continue;
    emitRule(root, Rule::target_option)
        << "option `" << option->flag << "` has no value " << quoted(word)
        << ": " << option->help;
    return signalPassFailure();
  }
  root.setTargetAttr(target);
}

std::unique_ptr<Pass> meld::createSetTargetPass() {
  return std::make_unique<SetTarget>();
}

void meld::registerSetTargetPass() { PassRegistration<SetTarget>(); }
