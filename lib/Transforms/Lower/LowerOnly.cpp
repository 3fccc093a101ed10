//===- LowerOnly.cpp - the option `only` of lowerings -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerOnly.h"

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

/// An error names so many symbols.
static constexpr unsigned shownSymbols = 16;

static StringAttr getSymbol(Operation *op) {
  return op->getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName());
}

bool meld::isWanted(Operation *op, ArrayRef<std::string> only) {
  if (only.empty())
    return true;
  auto has = [&](StringAttr name) {
    return name && llvm::is_contained(only, name.getValue());
  };
  if (auto instance = op->getAttrOfType<FlatSymbolRefAttr>("instance"))
    if (has(instance.getAttr()))
      return true;
  return has(getSymbol(op)) || has(getSymbol(op->getParentOp()));
}

/// What `only` may name in `root`, in order.
static SmallVector<StringRef> getWords(RootOp root) {
  SmallVector<StringRef> words;
  for (Operation &op : root.getBody().getOps())
    if (isa<InstanceOfOp, LoweredOp, CanonicalOp, wasm::FuncOp>(op))
      words.push_back(getSymbol(&op).getValue());
  return words;
}

/// "there are "a", "b" and 3 more"
static std::string listWords(ArrayRef<StringRef> words) {
  if (words.empty())
    return "there are none (before `--component-flatten` nothing has a symbol)";
  std::string text = "there are ";
  llvm::raw_string_ostream os(text);
  llvm::interleaveComma(words.take_front(shownSymbols), os,
                        [&](StringRef word) { os << quoted(word); });
  if (words.size() > shownSymbols)
    os << " and " << words.size() - shownSymbols << " more";
  return text;
}

LogicalResult meld::checkOnly(RootOp root, ArrayRef<std::string> only) {
  if (only.empty())
    return success();
  SmallVector<StringRef> words = getWords(root);
  for (StringRef name : only)
    if (!llvm::is_contained(words, name))
      return emitRule(root.getLoc(), Rule::lower_only)
             << "option `only` names definitions or instances of the root: "
             << quoted(name) << " is none; " << listWords(words);
  return success();
}
