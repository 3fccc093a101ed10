//===- RemoveDefinitions.cpp - Makes a failing input small ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's own --reduction-tree keeps ranges of operations. Of definitions that
// refer to each other, few ranges are valid; and it removes what is dead
// without asking the script, though that may be the culprit. Here an operation
// goes with all that needs it, and every step is asked for.
//
//===----------------------------------------------------------------------===//

#include "RemoveDefinitions.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Reducer/Tester.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/FileSystem.h"

using namespace mlir;

namespace {
class RemoveDefinitions
    : public PassWrapper<RemoveDefinitions, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RemoveDefinitions)

  RemoveDefinitions() = default;
  RemoveDefinitions(const RemoveDefinitions &other) : PassWrapper(other) {}

  StringRef getArgument() const final { return "remove-definitions"; }
  StringRef getDescription() const final {
    return "Remove operations as long as a script finds the rest interesting";
  }
  void runOnOperation() override;

private:
  Option<std::string> test{*this, "test",
                           llvm::cl::desc("script that exits with status 1 if "
                                          "the file it is given is "
                                          "interesting")};
};
} // namespace

/// Adds `op` and all that needs it to `gone`.
static void collect(Operation *op, llvm::SetVector<Operation *> &gone) {
  if (!gone.insert(op))
    return;
  op->walk([&](Operation *inner) {
    for (Operation *user : inner->getUsers())
      if (!op->isAncestor(user))
        collect(user, gone);
  });
  if (!SymbolTable::getSymbolName(op) || !op->getParentOp())
    return;
  if (auto uses = SymbolTable::getSymbolUses(op, op->getParentOp()))
    for (SymbolTable::SymbolUse use : *uses)
      if (!op->isAncestor(use.getUser()))
        collect(use.getUser(), gone);
}

/// Removes the operation at `position` of a walk, with what needs it.
static void removeAt(ModuleOp module, size_t position) {
  Operation *found = nullptr;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op == module || position--)
      return WalkResult::advance();
    found = op;
    return WalkResult::interrupt();
  });
  llvm::SetVector<Operation *> gone;
  collect(found, gone);
  // A region goes with its operation.
  auto isInside = [&](Operation *op) {
    while ((op = op->getParentOp()))
      if (gone.contains(op))
        return true;
    return false;
  };
  SmallVector<Operation *> outermost;
  llvm::copy_if(gone, std::back_inserter(outermost),
                [&](Operation *op) { return !isInside(op); });
  for (Operation *op : gone)
    op->dropAllReferences();
  for (Operation *op : outermost)
    op->erase();
}

static size_t countOps(ModuleOp module) {
  size_t count = 0;
  module.walk([&](Operation *op) { count += op != module; });
  return count;
}

void RemoveDefinitions::runOnOperation() {
  ModuleOp module = getOperation();
  if (!llvm::sys::fs::can_execute(test.getValue())) {
    module.emitError() << "the script cannot be executed: \"" << test.getValue()
                       << "\"";
    return signalPassFailure();
  }
  Tester tester(test, {});
  auto isInteresting = [&](ModuleOp variant) {
    ScopedDiagnosticHandler quiet(&getContext(),
                                  [](Diagnostic &) { return success(); });
    return succeeded(verify(variant)) &&
           tester.isInteresting(variant).first == Tester::Interestingness::True;
  };
  if (!isInteresting(module)) {
    module.emitError() << "the script does not find the input interesting: it "
                          "has to exit with status 1";
    return signalPassFailure();
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < countOps(module);) {
      OwningOpRef<ModuleOp> variant = module.clone();
      removeAt(*variant, i);
      if (!isInteresting(*variant)) {
        ++i;
        continue;
      }
      module.getBodyRegion().takeBody(variant->getBodyRegion());
      changed = true;
    }
  }
}

void meld::registerRemoveDefinitionsPass() {
  PassRegistration<RemoveDefinitions>();
}
