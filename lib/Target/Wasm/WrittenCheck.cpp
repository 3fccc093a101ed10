//===- WrittenCheck.cpp - Is what was written valid? ----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Verifiers see one op, and linking joins imports and exports by their names.
// Whether the whole is valid is asked of the validator, which knows the bytes
// that were written; its places are led back to the ops of the root, which know
// the files that they are from.
//
//===----------------------------------------------------------------------===//

#include "WrittenCheck.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Limits.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/ComponentValidation.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::binary;
using namespace meld::component;
using namespace mlir;

/// The component that an instance is of; null where it is imported.
static ComponentOp componentOf(Value instance) {
  auto op = instance.getDefiningOp<InstantiateOp>();
  return op ? op.getComponent().getDefiningOp<ComponentOp>() : ComponentOp();
}

static std::string labelOf(ComponentOp op) {
  return op && op.getLabel() ? quoted(*op.getLabel()) : "a component";
}

/// Where `op` imports `name`.
static Location importOf(ComponentOp op, StringRef name, Location otherwise) {
  if (op)
    for (auto import : op.getOps<ImportOp>())
      if (import.getName() == name)
        return import.getLoc();
  return otherwise;
}

/// Reports that `op` gives to its import `index` what that does not accept.
static void reportArgument(InstantiateOp op, size_t index,
                           const ReadError &error) {
  ComponentOp importer = componentOf(op.getResult());
  StringRef name = cast<StringAttr>(op.getNames()[index]).getValue();
  Value given = op.getArgs()[index];
  auto alias = given.getDefiningOp<AliasOp>();
  RuleDiag diag = emitRule(importOf(importer, name, op.getLoc()), error.rule);
  diag << labelOf(importer) << " does not fit ";
  if (alias)
    diag << labelOf(componentOf(alias.getInstance()));
  else
    diag << "another input, which has the same import";
  diag << ": " << error.message;
  diag.attachNote(given.getLoc())
      << "this " << (alias ? "export" : "import") << " is the argument";
}

/// Whether `error` is about an argument of `op`, which was written as `def`:
/// then it is reported.
static bool isArgument(InstantiateOp op, const Definition &def,
                       const ReadError &error) {
  for (auto [index, argument] : llvm::enumerate(def.arguments))
    if (argument.offset == error.offset)
      return reportArgument(op, index, error), true;
  return false;
}

/// The scope that `def` has inside it; null if there is none.
static const Scope *innerScope(const Definition &def) {
  return def.type && def.type->scope ? def.type->scope.get() : def.scope.get();
}

/// Reports `error`, which is about the component or type `op` or one inside it,
/// at the innermost definition.
static void report(Operation *op, const Scope &scope, const ReadError &error) {
  // Each op was written as one definition, in the same order.
  Operation *place = nullptr;
  const Definition *found = nullptr;
  auto def = scope.definitions.begin();
  for (Operation &each : op->getRegion(0).front()) {
    if (isa<SymbolOpInterface>(each))
      continue;
    if (def == scope.definitions.end() || def->offset > error.offset)
      break;
    place = &each;
    found = &*def++;
  }
  if (auto instantiate = dyn_cast_if_present<InstantiateOp>(place))
    if (isArgument(instantiate, *found, error))
      return;
  if (isa_and_present<ComponentOp, TypeComponentOp, TypeInstanceOp>(place))
    if (const Scope *inner = innerScope(*found))
      return report(place, *inner, error);
  emitRule((place ? place : op)->getLoc(), error.rule) << error.message;
}

LogicalResult binary::checkWritten(RootOp root, StringRef bytes,
                                   bool checkBodies) {
  ComponentView view;
  view.asyncDestructors = true; // who read them was asked
  core::ValidateOptions modules;
  modules.bodies = checkBodies;
  modules.limit = limits::listedErrors;
  modules.threads = root.getContext()->getNumThreads();
  std::vector<ReadError> errors;
  if (std::optional<ReadError> error =
          readComponent(llvm::arrayRefFromStringRef(bytes), view, modules)) {
    emitRule(root.getLoc(), error->rule)
        << "the component that was written cannot be read at 0x"
        << llvm::utohexstr(error->offset, /*LowerCase=*/true) << ": "
        << error->message;
    return failure();
  }
  errors = view.invalid;
  validateComponent(view, errors);
  for (const ReadError &error : errors)
    report(root, *view.root, error);
  return failure(!errors.empty());
}
