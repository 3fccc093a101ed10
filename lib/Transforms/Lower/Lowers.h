//===- Lowers.h - what becomes of `canon lower` -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_LOWERS_H
#define MELD_LIB_TRANSFORMS_LOWER_LOWERS_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

// Both work before and after flatten, leave what they cannot lower yet (types
// that are not known here, values that live in memory), and return whether they
// changed anything.

/// Synchronous lowers of synchronous type become functions; asynchronous ones,
/// and calls that were made of them already, get their thunks.
///
/// `only`, if it has words, are symbols: what they do not name stays.
bool lowerCalls(component::RootOp root, llvm::ArrayRef<std::string> only = {});

/// Asynchronous lowers become functions with a call, with the thunks that they
/// have.
bool lowerAsyncLowers(component::RootOp root);

/// Lifts of asynchronous type become task types, in a flattened root: every
/// call of such a function is a task, also where its lift is synchronous.
/// Returns whether there were any.
bool lowerAsyncLifts(component::RootOp root);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_LOWERS_H
