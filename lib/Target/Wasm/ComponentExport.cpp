//===- ComponentExport.cpp - Components as binaries -----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ComponentExport.h"
#include "ComponentWriter.h"
#include "ModuleIndex.h"
#include "WrittenCheck.h"
#include "meld/InitAllDialects.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Rules.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Tools/mlir-translate/Translation.h"

using namespace meld;
using namespace mlir;

LogicalResult meld::exportComponent(component::RootOp root, raw_ostream &os) {
  wasm::ByteWriter bytes;
  if (failed(binary::ComponentWriter().write(root, bytes)) ||
      failed(binary::checkWritten(root, bytes.bytes())))
    return failure();
  os << bytes.bytes();
  return success();
}

/// Whether `root` holds what passes alone make: then they have begun to lower
/// it.
static bool isLowered(component::RootOp root) {
  auto isGenerated = [](wasm::ModuleOp module) { return module.isGenerated(); };
  if (root.getFlattened() ||
      llvm::any_of(root.getOps<wasm::ModuleOp>(), isGenerated))
    return true;
  auto visit = [](Operation *op) {
    auto lift = dyn_cast<component::LiftOp>(op);
    auto lower = dyn_cast<component::LowerOp>(op);
    bool isMade = (lift && lift.getStep()) || (lower && lower.getStartThunk());
    return isMade ? WalkResult::interrupt() : WalkResult::advance();
  };
  return root.walk(visit).wasInterrupted();
}

LogicalResult meld::checkComponent(component::RootOp root,
                                   const RootCheck &check) {
  wasm::ByteWriter bytes;
  bool allowsRefusal = check.allowsLowered && isLowered(root);
  bool isRefused = false, isWrong = false;
  LogicalResult written = success();
  {
    ScopedDiagnosticHandler handler(root.getContext(), [&](Diagnostic &diag) {
      bool isRefusal =
          allowsRefusal && getRule(diag) == &getRuleRow(Rule::not_writable);
      (isRefusal ? isRefused : isWrong) = true;
      return success(isRefusal);
    });
    written = binary::ComponentWriter().write(root, bytes);
  }
  if (failed(written))
    return success(isRefused && !isWrong);
  return binary::checkWritten(root, bytes.bytes(), check.bodies);
}

/// The only root at the top of a file, as bytes.
static LogicalResult writeFile(Operation *op, raw_ostream &os) {
  SmallVector<component::RootOp> roots;
  if (auto file = dyn_cast<ModuleOp>(op))
    llvm::append_range(roots, file.getOps<component::RootOp>());
  else if (auto root = dyn_cast<component::RootOp>(op))
    roots.push_back(root);
  if (roots.size() != 1)
    return wasm::refuse(op, "has " + Twine(roots.size()) +
                                " roots at the top, wants one");
  return exportComponent(roots.front(), os);
}

void meld::registerComponentExport() {
  static TranslateFromMLIRRegistration write(
      "mlir-to-component", "write the component.root at the top as a component",
      writeFile,
      [](DialectRegistry &registry) { registerAllDialects(registry); });
}
