//===- Fibers.h - stacks of the host's --------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Under `stackful = fiber` what may wait in a frame runs on a stack of its own,
// which the host has (docs/HostABI.md, *Stacks*). The runtime says when to go
// to which; here is what it needs for that: an import in its table, and an
// export with which a stack begins.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_FIBERS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_FIBERS_H

#include "Entry.h"

namespace meld::lowering {

/// Whether a program of `root` wants stacks: the target has them, and a frame
/// may wait.
bool wantsFibers(component::RootOp root);
/// The instances whose code may wait in a frame.
llvm::DenseSet<mlir::StringAttr> findThoseThatWait(component::RootOp root);

/// Adds `thread_switch_to` and `__thread` to a program that wants stacks.
void makeFibers(Program &program, Entry &entry, Abi &abi);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_FIBERS_H
