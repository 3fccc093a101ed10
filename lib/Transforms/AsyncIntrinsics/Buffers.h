//===- Buffers.h - checks of ranges of guest memory -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_BUFFERS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_BUFFERS_H

#include "Code.h"

namespace meld::lowering {

/// Whether `memory` is a memory with 32-bit addresses.
bool isMemory32(Program &program, mlir::FlatSymbolRefAttr memory);

/// Traps unless `pointer` is a multiple of `alignment`, a power of two.
void checkAlignment(Code &code, mlir::Value pointer, uint32_t alignment);

/// How many bytes `length` elements are, as an i64.
mlir::Value bytesOf(Code &code, mlir::Type element, mlir::Value length);

/// Whether `memory` lacks some of `bytes` (an i64) from `pointer` on.
mlir::Value isOutOfBounds(Code &code, mlir::Value pointer, mlir::Value bytes,
                          mlir::FlatSymbolRefAttr memory);

/// Traps unless `memory` holds all of `bytes` (an i64) from `pointer` on.
void checkBounds(Code &code, mlir::Value pointer, mlir::Value bytes,
                 mlir::FlatSymbolRefAttr memory, TrapKind kind);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_BUFFERS_H
