//===- TargetOptions.cpp - The target as options of a pass ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Transforms/TargetOptions.h"
#include "meld/Support/Rules.h"

#include "meld/Support/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

std::string meld::getTargetFlag(const TargetOptionInfo &row) {
  std::string flag = row.Name;
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

TargetOptions::Texts::Texts(const TargetOptionInfo &row)
    : flag(getTargetFlag(row)),
      help((row.What + Twine("; one of: ") + row.WordList).str()) {}

TargetAttr TargetOptions::apply(RootOp root) const {
  TargetAttr target = root.getTargetOrDefault();
  for (auto [row, text, value] :
       llvm::zip_equal(getTargetOptions(), texts, values)) {
    const std::string &word = value->getValue();
    if (word.empty())
      continue;
    target = target.with(row.Name, word);
    if (target)
      continue;
    emitRule(root, Rule::target_option)
        << "option `" << text->flag << "` has no value " << quoted(word) << ": "
        << text->help;
    return {};
  }
  return target;
}

std::string TargetOptions::str() const {
  std::string words;
  for (auto [text, value] : llvm::zip_equal(texts, values))
    if (!value->getValue().empty())
      words +=
          (words.empty() ? "" : " ") + text->flag + "=" + value->getValue();
  return words;
}
