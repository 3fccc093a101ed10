//===- Sections.h - what guests say of their making -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_SECTIONS_H
#define MELD_LIB_TRANSFORMS_MERGE_SECTIONS_H

#include "Program.h"

namespace meld::merge {

/// Adds `wasm.custom` operations to the root for the sections `producers` and
/// `target_features` of tool-conventions, each the union of what the modules
/// of the instances say, in the order of the instances. Of two versions of one
/// tool the first stays; what is malformed is passed over.
void keepSections(const Program &program);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_SECTIONS_H
