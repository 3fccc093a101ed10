//===- RemarkPasses.h - which passes say what they made ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TRANSFORMS_REMARKPASSES_H
#define MELD_TRANSFORMS_REMARKPASSES_H

#include "llvm/ADT/StringRef.h"

namespace meld {

/// The passes of `--fuse` that have optimization remarks, by their arguments,
/// which are the categories of the remarks.
inline constexpr llvm::StringLiteral remarkPasses[] = {
    "lower-calls", "lower-resources", "lower-values", "lower-async-intrinsics",
    "wasm-merge"};

} // namespace meld

#endif // MELD_TRANSFORMS_REMARKPASSES_H
