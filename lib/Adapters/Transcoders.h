//===- Transcoders.h - loops over the text of strings -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions that read text in one memory and write it in another, which may be
// the same. Ranges have been checked, and text that is decoded is valid. `to`
// and `from` are pointers, `count` counts units of the text that is read.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_ADAPTERS_TRANSCODERS_H
#define MELD_LIB_ADAPTERS_TRANSCODERS_H

#include "Shared.h"

namespace meld::adapters {

/// (from, count) -> (): traps with InvalidUtf8 or IncompleteUtf8; InvalidUtf16.
mlir::FlatSymbolRefAttr checkUtf8(Adapters &adapters, const Side &from);
mlir::FlatSymbolRefAttr checkUtf16(Adapters &adapters, const Side &from);

/// (from, count) -> i32: whether all 16-bit units are below 256.
mlir::FlatSymbolRefAttr isLatin1(Adapters &adapters, const Side &from);

/// (to, from, count) -> end of what was written.
mlir::FlatSymbolRefAttr utf8ToUtf16(Adapters &adapters, const Route &route);
mlir::FlatSymbolRefAttr utf16ToUtf8(Adapters &adapters, const Route &route);
mlir::FlatSymbolRefAttr latin1ToUtf8(Adapters &adapters, const Route &route);
mlir::FlatSymbolRefAttr latin1ToUtf16(Adapters &adapters, const Route &route);

/// (to, from, count) -> (end of what was written, end of what was read): stops
/// in front of the first character that is not ASCII, or not Latin-1.
mlir::FlatSymbolRefAttr utf16ToAscii(Adapters &adapters, const Route &route);
mlir::FlatSymbolRefAttr utf16ToLatin1(Adapters &adapters, const Route &route);
mlir::FlatSymbolRefAttr latin1ToAscii(Adapters &adapters, const Route &route);
mlir::FlatSymbolRefAttr utf8ToLatin1(Adapters &adapters, const Route &route);

/// (at, count) -> (): turns Latin-1 into UTF-16 where it is.
mlir::FlatSymbolRefAttr inflate(Adapters &adapters, const Side &side);

} // namespace meld::adapters

#endif // MELD_LIB_ADAPTERS_TRANSCODERS_H
