//===- Rules.cpp - The table of rules that diagnostics name -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/Rule.h"
#include "llvm/Support/ErrorHandling.h"

using namespace meld;

static constexpr RuleRow rows[] = {
#define MELD_RULE(name, id, level, source, text)                               \
  {id, RuleLevel::level, source, text},
#include "meld/Support/Rules.def"
};

const RuleRow &meld::getRuleRow(Rule rule) {
  return rows[static_cast<unsigned>(rule)];
}

const RuleRow *meld::findRule(llvm::StringRef id) {
  for (const RuleRow &row : rows)
    if (row.id == id)
      return &row;
  return nullptr;
}

llvm::StringRef meld::stringifyRuleLevel(RuleLevel level) {
  switch (level) {
  case RuleLevel::Malformed:
    return "malformed";
  case RuleLevel::Invalid:
    return "invalid";
  case RuleLevel::Unsupported:
    return "unsupported";
  }
  llvm_unreachable("unknown rule level");
}
