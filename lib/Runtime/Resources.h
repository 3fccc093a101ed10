//===- Resources.h - what a call has lent ------------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_RESOURCES_H
#define MELD_RUNTIME_RESOURCES_H

#include "Runtime.h"

/// Gives back all that was lent in `scope`, which has some.
void scopeGiveBack(Scope *scope);

/// The spec's deliver_resolve: the caller has its handles again.
RT_INLINE void scopeDeliver(Scope *scope) {
  if (scope->lenders)
    scopeGiveBack(scope);
}

#endif // MELD_RUNTIME_RESOURCES_H
