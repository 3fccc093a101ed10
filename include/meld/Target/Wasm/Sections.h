//===- Sections.h - The sections of a core module ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_SECTIONS_H
#define MELD_TARGET_WASM_SECTIONS_H

#include <cstdint>

namespace meld::core::section {

/// The byte that starts a section.
enum Id : uint8_t {
  Custom,
  Types,
  Imports,
  Functions,
  Tables,
  Memories,
  Globals,
  Exports,
  Start,
  Elems,
  Code,
  Data,
  DataCount,
  Tags,
};
inline constexpr unsigned numIds = 14;

} // namespace meld::core::section

#endif // MELD_TARGET_WASM_SECTIONS_H
