//===- LineTables.h - Line tables at new addresses --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_DWARF_LINETABLES_H
#define MELD_LIB_TARGET_WASM_DWARF_LINETABLES_H

#include "CodeAddresses.h"
#include "Sections.h"
#include "meld/Support/ByteReader.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/BinaryFormat/Dwarf.h"

namespace meld::core::dwarf {

/// Rewrites the line tables of a guest.
class LineTables {
public:
  LineTables(llvm::StringRef input, const CodeAddresses &addresses)
      : input(input), addresses(addresses) {}

  /// Fills the rest. Fails with the reason.
  bool rewrite();

  std::string output, reason;
  /// By old offset.
  llvm::DenseMap<uint64_t, uint32_t> offsets;

private:
  bool table(ByteReader &in);
  bool program(ByteReader &in);
  bool hasUsualOpcodes() const;
  void standard(ByteReader &in, uint8_t opcode);
  void extended(ByteReader &in);
  void special(uint8_t opcode);
  void endSequence();
  void beginSequence();
  bool reach(std::optional<uint32_t> moved, uint32_t &distance);
  void advance(uint32_t distance);
  std::optional<uint32_t> find() const;
  /// Copies what was read since `from`, if the sequence is not dropped.
  void copy(const ByteReader &in, uint64_t from);
  bool fail(const llvm::Twine &why);

  llvm::StringRef input;
  const CodeAddresses &addresses;
  // Of the header.
  uint8_t lineRange = 1, opcodeBase = 1;
  llvm::ArrayRef<uint8_t> lengths;
  // Of the sequence.
  enum class State : uint8_t { Begin, Live, Dead } state = State::Begin;
  size_t sequenceStart = 0;
  bool isRemoved = false;
  uint64_t address = 0;
  uint32_t written = 0;
};

} // namespace meld::core::dwarf

#endif // MELD_LIB_TARGET_WASM_DWARF_LINETABLES_H
