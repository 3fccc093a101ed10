//===- AdapterUse.cpp - adapters as the target wants them -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AdapterUse.h"

#include "Guests.h"

#include "meld/Support/Names.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

adapters::Style meld::getAdapterStyle(RootOp root, unsigned inlineParts) {
  TargetAttr target = root.getTargetOrDefault();
  adapters::Style style;
  style.small = target.getAdapters() == AdapterStyle::small;
  style.vectors = target.getSimd() == SimdMode::on ||
                  (target.getSimd() == SimdMode::automatic && hasVectors(root));
  if (style.small)
    style.inlineParts = 4;
  if (inlineParts)
    style.inlineParts = inlineParts;
  return style;
}

void meld::remarkFunctions(const Remarks &remarks,
                           const adapters::Adapters &adapters,
                           const SymbolTable &symbols) {
  for (const adapters::SharedFunction &function : adapters.getFunctions()) {
    Operation *op = symbols.lookup(function.symbol.getAttr());
    if (function.text.empty() || !op)
      continue;
    StringRef name = function.symbol.getValue();
    Location loc = op->getLoc();
    auto text = [&] {
      return quoted(name) + ", called from " + std::to_string(function.uses) +
             (function.uses == 1 ? " place: " : " places: ") + function.text;
    };
    if (function.isFast)
      remarks.passed(loc, "shared", name, text);
    else
      remarks.missed(loc, "shared", name, text);
  }
}
