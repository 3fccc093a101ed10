//===- Rules.h - The rules by name ------------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The table of rules as enumerators: `Rule::outer_use`. Include it where a rule
// is named; Rule.h is enough everywhere else.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_RULES_H
#define MELD_SUPPORT_RULES_H

#include "meld/Support/Rule.h"

namespace meld {

/// One enumerator per row of Rules.def, in its order.
enum class Rule : uint16_t {
#define MELD_RULE(name, id, level, source, text) name,
#include "meld/Support/Rules.def"
};

} // namespace meld

#endif // MELD_SUPPORT_RULES_H
