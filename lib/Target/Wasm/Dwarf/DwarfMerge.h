//===- DwarfMerge.h - The debug info of several guests as one ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_DWARF_DWARFMERGE_H
#define MELD_LIB_TARGET_WASM_DWARF_DWARFMERGE_H

#include "CodeAddresses.h"
#include "Sections.h"
#include "meld/Target/Wasm/ModuleView.h"

namespace meld::core::dwarf {

/// Puts the debug info of guests one behind the other, as a linker does, each
/// at the addresses of its copies.
class DwarfMerge {
public:
  /// Whether the module has debug info.
  static bool isIn(const ModuleView &view);

  /// Adds the debug info of `view`; `globals[i]` is the new number of global i.
  /// If that cannot be done returns the reason, and nothing is added.
  std::optional<std::string> add(const ModuleView &view,
                                 const CodeAddresses &addresses,
                                 llvm::ArrayRef<uint32_t> globals);

  /// The sections so far; empty ones are not there.
  const ResultSections &sections() const { return result; }

private:
  ResultSections result;
};

} // namespace meld::core::dwarf

#endif // MELD_LIB_TARGET_WASM_DWARF_DWARFMERGE_H
