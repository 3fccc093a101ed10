//===- EdgeElements.h - elements that are lifted at the edge ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// E6 of docs/HostABI.md. Elements that are not the same bytes on both sides go
// through the staging area: a guest's write lifts as many as the host has room
// for, and the host takes all of them; a guest's read lowers what the host has
// put there.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGEELEMENTS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGEELEMENTS_H

#include "EdgeMemory.h"

namespace meld::lowering {

/// What copies elements of one type between the host and one place of a guest:
/// (the host's number, pointer, bytes) -> what the host answers.
struct EdgeElements {
  /// What the edge thunk is asked for: the kind of the guest's end, the number
  /// of the type in the high half.
  uint32_t what;
  /// The number of the place.
  uint32_t place;
  mlir::FlatSymbolRefAttr function;
};

/// Makes these functions for all copies of the program, which are not lowered
/// yet. What moves the values is left to be lowered with the rest.
llvm::SmallVector<EdgeElements> makeEdgeElements(Program &program, Entry &entry,
                                                 EdgeMemory &memory, Abi &abi);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGEELEMENTS_H
