//===- Remarks.cpp - what a pass made, and why not more ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"

#include "mlir/IR/Remarks.h"

using namespace mlir;
using namespace meld;

bool Remarks::areHeard() const { return context->getRemarkEngine(); }

static remark::RemarkOpts about(StringRef pass, StringRef what,
                                StringRef symbol) {
  return remark::RemarkOpts::name(what).category(pass).function(symbol);
}

void Remarks::passed(Location loc, StringRef what, StringRef symbol,
                     Text text) const {
  if (areHeard())
    remark::passed(loc, about(pass, what, symbol)) << text();
}

void Remarks::missed(Location loc, StringRef what, StringRef symbol,
                     Text text) const {
  if (areHeard())
    remark::missed(loc, about(pass, what, symbol)) << text();
}
