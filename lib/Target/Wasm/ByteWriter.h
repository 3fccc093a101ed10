//===- ByteWriter.h - bytes of the binary format -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_BYTEWRITER_H
#define MELD_LIB_TARGET_WASM_BYTEWRITER_H

#include "meld/Target/Wasm/Opcodes.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/LEB128.h"

namespace meld::wasm {

/// A growing buffer with the primitives of the core binary format.
class ByteWriter {
public:
  ByteWriter() = default;
  // Is moved, never copied: else a list that grows would copy its entries.
  ByteWriter(ByteWriter &&) = default;
  ByteWriter &operator=(ByteWriter &&) = default;

  size_t size() const { return buffer.size(); }
  bool empty() const { return buffer.empty(); }
  llvm::StringRef bytes() const { return {buffer.data(), buffer.size()}; }
  char &operator[](size_t offset) { return buffer[offset]; }
  void truncate(size_t size) { buffer.truncate(size); }
  void reserve(size_t size) { buffer.reserve(size); }
  /// Appends `count` bytes that have yet to be written, which is done there.
  char *grow(size_t count) {
    buffer.resize_for_overwrite(buffer.size() + count);
    return buffer.end() - count;
  }
  char *end() { return buffer.end(); }

  void byte(uint8_t value) { buffer.push_back(char(value)); }
  void raw(llvm::StringRef text) { buffer.append(text.begin(), text.end()); }

  /// Unsigned and signed LEB128, as short as can be.
  void u(uint64_t value) {
    uint8_t encoded[16];
    buffer.append(encoded, encoded + llvm::encodeULEB128(value, encoded));
  }
  void s(int64_t value) {
    uint8_t encoded[16];
    buffer.append(encoded, encoded + llvm::encodeSLEB128(value, encoded));
  }

  /// The opcode of an instruction.
  void op(core::Op op) {
    uint32_t code = core::codeOf(op);
    if (uint8_t prefix = core::prefixOf(code))
      byte(prefix), u(core::numberOf(code));
    else
      byte(uint8_t(code));
  }

  /// The lowest `count` bytes of `value`, little-endian.
  void fixed(uint64_t value, unsigned count) {
    for (unsigned i = 0; i < count; ++i)
      byte(uint8_t(value >> (8 * i)));
  }

  /// A vector of bytes: its length, then they.
  void sized(llvm::StringRef text) {
    u(text.size());
    raw(text);
  }

  /// A section with the given id, unless it is empty.
  void section(uint8_t id, const ByteWriter &content) {
    if (content.empty())
      return;
    byte(id);
    sized(content.bytes());
  }

private:
  llvm::SmallVector<char, 0> buffer;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_BYTEWRITER_H
