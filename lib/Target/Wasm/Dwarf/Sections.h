//===- Sections.h - The debug sections of a module --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_DWARF_SECTIONS_H
#define MELD_LIB_TARGET_WASM_DWARF_SECTIONS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Endian.h"
#include <array>
#include <string>

namespace meld::core::dwarf {

/// The sections that are kept. Others are indices of these, which readers do
/// without, or are told as missing by the attributes that refer to them.
enum class Section : uint8_t { Info, Abbrev, Str, Line, Ranges, Loc };
inline constexpr unsigned numSections = 6;
inline constexpr llvm::StringLiteral sectionNames[numSections] = {
    ".debug_info", ".debug_abbrev", ".debug_str",
    ".debug_line", ".debug_ranges", ".debug_loc"};

/// The contents of sections, of a guest or of the result.
template <typename Contents> struct Sections {
  std::array<Contents, numSections> contents;

  Contents &operator[](Section section) { return contents[unsigned(section)]; }
  const Contents &operator[](Section section) const {
    return contents[unsigned(section)];
  }
};
using GuestSections = Sections<llvm::StringRef>;
using ResultSections = Sections<std::string>;

/// Replaces four bytes, which are there.
inline void patch(std::string &contents, uint64_t at, uint32_t value) {
  llvm::support::endian::write32le(&contents[at], value);
}

/// What stands for the address of code that is not there; in lists of ranges
/// the highest address has another meaning.
inline constexpr uint32_t noAddress = 0xffffffff;
inline constexpr uint32_t noListAddress = 0xfffffffe;

} // namespace meld::core::dwarf

#endif // MELD_LIB_TARGET_WASM_DWARF_SECTIONS_H
