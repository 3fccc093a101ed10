//===- Shims.h - sees through tables of trampolines -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_SHIMS_H
#define MELD_LIB_TRANSFORMS_MERGE_SHIMS_H

#include "Uses.h"
#include "llvm/ADT/DenseSet.h"

namespace meld::merge {

/// A lowered function needs the memory of the module that imports it. So
/// wit-component gives that module trampolines, which call through a table that
/// another module fills later. Here both are known: where a function does
/// nothing but call a slot that one constant segment fills once and nothing
/// else can reach, its index means the function in the slot from now on, in
/// every instance and alias.
///
/// Adds to `shims` the instances whose definitions may go if nothing needs them
/// any more: those that define such trampolines, and those that fill their
/// tables. Fails on bytes that cannot be decoded.
mlir::LogicalResult seeThroughShims(Program &program, Uses &uses,
                                    llvm::DenseSet<uint32_t> &shims);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_SHIMS_H
