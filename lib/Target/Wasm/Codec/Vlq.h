//===- Vlq.h - The numbers of source maps -----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CODEC_VLQ_H
#define MELD_LIB_TARGET_WASM_CODEC_VLQ_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace meld::core {

inline constexpr llvm::StringLiteral vlqDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends `value`: five bits a character, the lowest first, and a sixth that
/// says that more follow.
inline void appendVlq(std::string &text, uint64_t value) {
  for (; value >= 32; value >>= 5)
    text.push_back(vlqDigits[32 | (value & 31)]);
  text.push_back(vlqDigits[value]);
}

/// The same for a signed number: its sign is the lowest bit.
inline void appendSignedVlq(std::string &text, int64_t value) {
  appendVlq(text,
            value < 0 ? (uint64_t(-value) << 1) | 1 : uint64_t(value) << 1);
}

/// Takes a number from the front of `text`; nothing where there is none, or
/// one of more than 50 bits.
std::optional<uint64_t> takeVlq(llvm::StringRef &text);
std::optional<int64_t> takeSignedVlq(llvm::StringRef &text);

} // namespace meld::core

#endif // MELD_LIB_TARGET_WASM_CODEC_VLQ_H
