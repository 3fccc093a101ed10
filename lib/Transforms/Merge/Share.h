//===- Share.h - functions that instances have in common --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_SHARE_H
#define MELD_LIB_TRANSFORMS_MERGE_SHARE_H

#include "Program.h"

namespace meld::merge {

/// Where a module is instantiated more than once, lets all its instances use
/// the first one's copy of each function in which they cannot differ: one that
/// names no memory, table, global, tag, segment or import, cannot trap, and
/// calls only such functions, itself not among them: recursion may exhaust the
/// stack. A function that can trap stays with its instance, so that the name in
/// the engine's stack tells which one it was.
void shareFunctions(Program &program);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_SHARE_H
