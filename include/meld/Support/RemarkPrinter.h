//===- RemarkPrinter.h - remarks among the diagnostics ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_REMARKPRINTER_H
#define MELD_SUPPORT_REMARKPRINTER_H

#include "mlir/IR/MLIRContext.h"

namespace meld {

/// Sends the optimization remarks of passes whose argument matches `filter`, a
/// valid regular expression, to the diagnostic handlers of `context`: as
/// remarks that begin with the pass, `(missed)` behind it where something could
/// not be made as fast as it might be.
void installRemarkPrinter(mlir::MLIRContext &context, llvm::StringRef filter);

} // namespace meld

#endif // MELD_SUPPORT_REMARKPRINTER_H
