//===- Diagnostics.cpp - Errors that name the broken rule -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/Diagnostics.h"
#include "mlir/IR/Operation.h"

using namespace meld;
using namespace mlir;

RuleDiag::~RuleDiag() {
  Diagnostic *underlying = diag.getUnderlyingDiagnostic();
  if (!rule || !underlying)
    return;
  *underlying << " [" << rule->id << "]";
  // The argument does not copy the id: ids are literals.
  underlying->getMetadata().push_back(DiagnosticArgument(rule->id));
}

RuleDiag meld::emitRule(Location loc, Rule rule) {
  return RuleDiag(emitError(loc), rule);
}

RuleDiag meld::emitRule(Operation *op, Rule rule) {
  return RuleDiag(op->emitOpError(), rule);
}

RuleDiag meld::emitRuleWarning(Location loc, Rule rule) {
  return RuleDiag(emitWarning(loc), rule);
}

const RuleRow *meld::getRule(Diagnostic &diag) {
  for (const DiagnosticArgument &argument : diag.getMetadata())
    if (argument.getKind() ==
        DiagnosticArgument::DiagnosticArgumentKind::String)
      if (const RuleRow *row = findRule(argument.getAsString()))
        return row;
  return nullptr;
}
