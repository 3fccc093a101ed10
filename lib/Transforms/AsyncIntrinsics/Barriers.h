//===- Barriers.h - exceptions end at component boundaries ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_BARRIERS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_BARRIERS_H

#include "Entry.h"

namespace meld::lowering {

/// An exception that a component does not catch traps, and so does one of the
/// host. Makes it so in each function through which a guest leaves its
/// component, unless *nothing-thrown*: nothing that the function reaches
/// throws; or *nobody-catches*: no code of the guest that calls it has a
/// handler. There the exception goes on to the next boundary, and in the end to
/// the host, for which it is a trap as well.
///
/// A program that trapped so cannot be entered again (Entry::shut).
///
/// Runs when all functions and slots are there. Fails where one program holds
/// modules with both forms of exception handling.
mlir::LogicalResult addBarriers(Program &program, Entry &entry);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_BARRIERS_H
