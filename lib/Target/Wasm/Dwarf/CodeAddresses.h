//===- CodeAddresses.h - Where a guest's code went --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_DWARF_CODEADDRESSES_H
#define MELD_LIB_TARGET_WASM_DWARF_CODEADDRESSES_H

#include "meld/Target/Wasm/OffsetMap.h"

namespace meld::core {

/// The addresses of the copies of one guest's functions. An address counts from
/// the first byte of the contents of a code section, as DWARF for WebAssembly
/// has it.
class CodeAddresses {
public:
  /// Adds a copy: `size` bytes from `input` on became those of `function`,
  /// whose first one has the address `output`. To be called in the order of
  /// `input`.
  void add(uint32_t input, uint32_t size, uint32_t output,
           const OffsetMap::Function &function);

  /// Where an instruction went; nothing if it is not there.
  std::optional<uint32_t> start(uint32_t address) const;
  /// Where what ends in front of `address` ends.
  std::optional<uint32_t> end(uint32_t address) const;
  /// The first of these that there is.
  std::optional<uint32_t> any(uint32_t address) const;

  struct Range {
    uint32_t low, high;
  };
  /// What is there of the code between two addresses; nothing, if none of it
  /// is.
  std::optional<Range> range(uint32_t low, uint32_t high) const;

private:
  struct Copy {
    uint32_t input, size, output, outputSize;
    const OffsetMap::Function *function;
    uint32_t inputEnd() const { return input + size; }
    uint32_t outputEnd() const { return output + outputSize; }
  };
  /// The copy of the function that `address` is in, or at whose end it is.
  const Copy *find(uint32_t address) const;

  std::vector<Copy> copies;
};

} // namespace meld::core

#endif // MELD_LIB_TARGET_WASM_DWARF_CODEADDRESSES_H
