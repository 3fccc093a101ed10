//===- Copies.h - which copies a program can make ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_COPIES_H
#define MELD_LIB_TRANSFORMS_COPIES_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// Declares `async_intrinsic.copy` for each stream or future type, memory that
/// it is written from and memory that it is read into, in a flattened root.
/// Those that are there already stay. Returns whether it made any.
bool declareCopies(component::RootOp root);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_COPIES_H
