//===- Remarks.h - what a merge did to its instances ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_REMARKS_H
#define MELD_LIB_TRANSFORMS_MERGE_REMARKS_H

#include "Program.h"
#include "llvm/ADT/BitVector.h"

namespace meld::merge {

/// Optimization remarks of the category `wasm-merge`, at the instances that
/// they are about: one for each instance and what was done to it. Nothing is
/// counted where nobody listens.
///
/// `replaced` says which functions came to mean another one: `forwarded`, the
/// one behind a trampoline, or `shared`, the one of an equal instance.
void remarkReplaced(const Program &program, llvm::StringRef what,
                    const llvm::DenseMap<EntityId, EntityId> &replaced);

/// Says what of each instance is not needed: `dropped`.
void remarkDropped(const Program &program, const llvm::BitVector &live);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_REMARKS_H
