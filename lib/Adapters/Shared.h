//===- Shared.h - functions that adapters share -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_ADAPTERS_SHARED_H
#define MELD_LIB_ADAPTERS_SHARED_H

#include "Code.h"
#include "meld/Adapters/Adapters.h"

namespace meld::adapters {

/// The limits of CanonicalABI.md, in bytes.
inline constexpr uint32_t maxStringBytes = (1u << 28) - 1;
inline constexpr uint32_t maxListBytes = (1u << 28) - 1;

/// The weight of all types that are too long to be written in place.
inline constexpr unsigned maxWeight = 1000;

inline mlir::Type getAddressType(mlir::MLIRContext *context, const Side &side) {
  return mlir::IntegerType::get(context, side.memory64 ? 64 : 32);
}

/// (pointer, bytes, alignment - 1) -> (): traps with UnalignedPointer, then
/// with `kind` if the range is not inside the memory of `side`. `bytes` is
/// below 2^30.
mlir::FlatSymbolRefAttr checkRange(Adapters &adapters, const Side &side,
                                   llvm::StringRef kind);

/// (old pointer, old bytes, alignment, new bytes) -> pointer: calls the realloc
/// of `side` as `async_intrinsic.call_realloc` says.
mlir::FlatSymbolRefAttr allocate(Adapters &adapters, const Side &side);

/// Allocates through `side`, and checks what it gave: traps with
/// ReallocUnaligned, then with ReallocOutOfBounds, whatever the room is for.
/// `old` is the pointer and the length of what is moved, null for a first
/// allocation.
mlir::Value allocateChecked(Code &code, Adapters &adapters, const Side &side,
                            uint32_t alignment, mlir::Value bytes,
                            mlir::Value old = {}, mlir::Value oldBytes = {});

/// (pointer, length) -> (pointer, length): a string, or a list of `element`.
mlir::FlatSymbolRefAttr moveString(Adapters &adapters, const Route &route);
mlir::FlatSymbolRefAttr moveList(Adapters &adapters, const Route &route,
                                 mlir::Type element);

/// Names what a function over `route` depends on, for Adapters::share.
std::string getRouteKey(llvm::StringRef what, const Route &route);

} // namespace meld::adapters

#endif // MELD_LIB_ADAPTERS_SHARED_H
