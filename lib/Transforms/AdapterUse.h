//===- AdapterUse.h - adapters as the target wants them ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ADAPTERUSE_H
#define MELD_LIB_TRANSFORMS_ADAPTERUSE_H

#include "Remarks.h"

#include "meld/Adapters/Adapters.h"

namespace meld {

/// How adapters of `root` are written: as its target says, and whether its
/// guests have vectors. `inlineParts`, if it is not 0, is the option of
/// --lower-values.
adapters::Style getAdapterStyle(component::RootOp root,
                                unsigned inlineParts = 0);

/// Says of each function that adapters share how it was made, and why.
void remarkFunctions(const Remarks &remarks, const adapters::Adapters &adapters,
                     const mlir::SymbolTable &symbols);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_ADAPTERUSE_H
