//===- DebugSections.h - The debug info of a written module -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_DEBUGSECTIONS_H
#define MELD_LIB_TARGET_WASM_DEBUGSECTIONS_H

#include "BodyCopier.h"
#include "Dwarf/DwarfMerge.h"

namespace meld::wasm {

/// The debug info of all guests, at the addresses that `map` tells; its offsets
/// count from the first function, `shift` bytes behind the start of the code
/// section's contents. What cannot be moved is dropped with a remark.
mlir::FailureOr<core::dwarf::DwarfMerge>
mergeDebugInfo(ModuleOp module, const ModuleIndex &index, BodyCopier &bodies,
               const core::OffsetMap &map, uint32_t shift);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_DEBUGSECTIONS_H
