//===- Diagnostics.h - Errors that name the broken rule ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one way to report an error:
//
//   return emitRule(loc, Rule::outer_use)
//          << "`alias` of a value from above: found " << quoted(name);
//
// The message follows the house style: lower case, no full stop, spec terms in
// backticks, the rule, then wanted and found. The id of the rule is added at
// the end, and as metadata of the diagnostic for handlers.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_DIAGNOSTICS_H
#define MELD_SUPPORT_DIAGNOSTICS_H

#include "meld/Support/Names.h"
#include "meld/Support/Rule.h"
#include "mlir/IR/Diagnostics.h"
#include <utility>

namespace meld {

/// A diagnostic under construction that ends in the id of its rule. It is
/// reported when it is destroyed, or converted to a failure and then destroyed.
class [[nodiscard]] RuleDiag {
public:
  RuleDiag(mlir::InFlightDiagnostic &&diag, Rule rule)
      : diag(std::move(diag)), rule(&getRuleRow(rule)) {}
  RuleDiag(RuleDiag &&other)
      : diag(std::move(other.diag)), rule(std::exchange(other.rule, nullptr)) {}
  ~RuleDiag();

  RuleDiag &operator=(RuleDiag &&) = delete;

  /// Appends to the message. Names from the input go through `quoted`.
  template <typename T> RuleDiag &operator<<(T &&value) & {
    diag << std::forward<T>(value);
    return *this;
  }
  template <typename T> RuleDiag &&operator<<(T &&value) && {
    diag << std::forward<T>(value);
    return std::move(*this);
  }

  /// Adds a note: one for each other place that matters.
  mlir::Diagnostic &
  attachNote(std::optional<mlir::Location> loc = std::nullopt) {
    return diag.attachNote(loc);
  }

  operator llvm::LogicalResult() const { return llvm::failure(); }
  operator mlir::ParseResult() const { return llvm::failure(); }
  template <typename T> operator llvm::FailureOr<T>() const {
    return llvm::failure();
  }

private:
  mlir::InFlightDiagnostic diag;
  const RuleRow *rule; // null once moved from
};

/// An error at `loc` that says that `rule` is broken.
RuleDiag emitRule(mlir::Location loc, Rule rule);

/// The same at `op`, with the op's name in front as `emitOpError` does.
RuleDiag emitRule(mlir::Operation *op, Rule rule);

/// A warning: what is possible, not certain.
RuleDiag emitRuleWarning(mlir::Location loc, Rule rule);

/// The rule that `diag` names in its metadata, or null.
const RuleRow *getRule(mlir::Diagnostic &diag);

} // namespace meld

#endif // MELD_SUPPORT_DIAGNOSTICS_H
