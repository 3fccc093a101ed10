//===- Thunks.cpp - the two halves of adapters ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Thunks.h"

#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using namespace meld;

using BuildBody = void (*)(ImplicitLocOpBuilder &, Block &, const LowerUse &);

/// Few lowers have all of this in common and differ all the same.
static Attribute getCommon(wasm::FuncOp func, const LowerUse &use) {
  Builder b(func.getContext());
  SmallVector<Attribute> parts{func.getFunctionTypeAttr(), use.callee,
                               b.getI32IntegerAttr(int32_t(use.encoding))};
  for (FlatSymbolRefAttr symbol : {use.instance, use.memory, use.realloc})
    parts.push_back(symbol ? Attribute(symbol) : b.getUnitAttr());
  return b.getArrayAttr(parts);
}

static bool areEqual(wasm::FuncOp a, wasm::FuncOp b) {
  return OperationEquivalence::isRegionEquivalentTo(
      &a.getBody(), &b.getBody(), OperationEquivalence::IgnoreLocations);
}

FlatSymbolRefAttr Thunks::add(SymbolTable &symbols, Operation *anchor,
                              wasm::FuncOp func, const LowerUse &use) {
  SmallVector<wasm::FuncOp, 2> &alike =
      made[{anchor->getParentOp(), getCommon(func, use)}];
  for (wasm::FuncOp other : alike)
    if (areEqual(func, other)) {
      func.erase();
      return FlatSymbolRefAttr::get(other);
    }
  symbols.insert(func, anchor->getIterator());
  alike.push_back(func);
  return FlatSymbolRefAttr::get(func);
}

void Thunks::add(SymbolTable &symbols, Operation *anchor, StringRef prefix,
                 LowerUse &use) {
  auto make = [&](StringRef suffix, FunctionType type, BuildBody build) {
    OpBuilder b(anchor->getContext());
    auto func = wasm::FuncOp::create(b, anchor->getLoc(),
                                     (prefix + suffix).str(), type);
    ImplicitLocOpBuilder body(anchor->getLoc(), anchor->getContext());
    build(body, func.getBody().front(), use);
    return add(symbols, anchor, func, use);
  };
  FlatSymbolRefAttr start =
      make("_start", getStartType(anchor->getContext()), buildStartThunk);
  use.returns = make("_return", use.getReturnType(), buildReturnThunk);
  use.start = start;
}
