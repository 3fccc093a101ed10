//===- Rule.h - The rule that a diagnostic names --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every error and warning of Meld names one rule of Rules.def. A rule has an
// id that users see (`[outer-use]`), a level that says what kind of thing is
// wrong, and the place in the specification, or in Meld's own documents, that
// demands it. docs/Rules.md lists them.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_RULE_H
#define MELD_SUPPORT_RULE_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace meld {

/// What kind of thing is wrong.
enum class RuleLevel : uint8_t {
  /// Bytes that the binary grammar does not have.
  Malformed,
  /// A well-formed module, component or IR that breaks a validation rule.
  Invalid,
  /// A valid request that Meld does not (yet) carry out, or a limit of Meld.
  Unsupported,
};

/// A rule. Its enumerators are in Rules.h, for those who name one: what only
/// hands rules on does not depend on the table.
enum class Rule : uint16_t;

/// A row of Rules.def. All strings are literals: they outlive everything.
struct RuleRow {
  llvm::StringLiteral id;
  RuleLevel level;
  llvm::StringLiteral source;
  llvm::StringLiteral text;
};

/// The row of `rule`.
const RuleRow &getRuleRow(Rule rule);

/// The row whose id is `id`, or null.
const RuleRow *findRule(llvm::StringRef id);

/// "malformed", "invalid" or "unsupported".
llvm::StringRef stringifyRuleLevel(RuleLevel level);

} // namespace meld

#endif // MELD_SUPPORT_RULE_H
