//===- TypeCodes.h - The bytes that start type definitions ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CODEC_TYPECODES_H
#define MELD_LIB_TARGET_WASM_CODEC_TYPECODES_H

#include <cstdint>

namespace meld::core {

/// The bytes that start type definitions (Core: Binary Format, Types).
enum TypeCode : uint8_t {
  ContCode = 0x5d,
  ArrayCode = 0x5e,
  StructCode = 0x5f,
  FuncCode = 0x60,
  SubCode = 0x50,
  SubFinalCode = 0x4f,
  RecCode = 0x4e,
};

} // namespace meld::core

#endif // MELD_LIB_TARGET_WASM_CODEC_TYPECODES_H
