//===- CoreRecType.h - Recursion groups of core types -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CORERECTYPE_H
#define MELD_LIB_TARGET_WASM_CORERECTYPE_H

#include "ByteWriter.h"
#include "meld/Support/ByteReader.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace meld::wasm {

/// Copies one `core:rectype` from `in` to `out` and gives each type index a new
/// number by `rename`. Returns how many types the group has. Errors stay in the
/// reader.
uint32_t copyRecursionGroup(ByteReader &in, ByteWriter &out,
                            llvm::function_ref<uint32_t(uint32_t)> rename);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_CORERECTYPE_H
