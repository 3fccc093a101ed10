//===- ByteReader.h - A bounds-checked cursor over a binary -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both binary readers (core modules and components) read through this class.
// The first error stays: after it the cursor is at the end, every read yields
// zero or nothing and every count is 0, so loops end by themselves and callers
// check once per item instead of once per byte.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_BYTEREADER_H
#define MELD_SUPPORT_BYTEREADER_H

#include "meld/Support/Limits.h"
#include "meld/Support/Rule.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/Twine.h"
#include <optional>
#include <string>

namespace meld {

/// What went wrong, and at which byte of the file.
struct ReadError {
  Rule rule;
  uint64_t offset;
  std::string message;
};

class ByteReader {
public:
  /// Reads `bytes`, whose first one stands at offset `base` of the file. The
  /// bytes must outlive the reader and all that it returns.
  explicit ByteReader(llvm::ArrayRef<uint8_t> bytes, uint64_t base = 0)
      : cursor(bytes.begin()), end(bytes.end()), begin(bytes.begin()),
        base(base) {}

  /// Refuses, by `input-limit`, an input of more than `limits::inputBytes`.
  void limitSize();

  /// The offset in the file of the next byte.
  uint64_t offset() const { return base + (cursor - begin); }
  size_t remaining() const { return end - cursor; }
  bool atEnd() const { return cursor == end; }

  /// The first error, if there was one.
  const std::optional<ReadError> &error() const { return firstError; }
  bool failed() const { return firstError.has_value(); }

  /// Records an error at `offset`, unless there is one, and stops the cursor.
  void fail(Rule rule, uint64_t offset, const llvm::Twine &message);

  /// The next byte without taking it; nothing at the end (no error).
  std::optional<uint8_t> peek() const {
    return atEnd() ? std::nullopt : std::optional<uint8_t>(*cursor);
  }

  /// One byte. `what` names the item in the message of an error.
  uint8_t byte(const char *what = "byte") {
    if (LLVM_LIKELY(cursor != end))
      return *cursor++;
    failEnd(what);
    return 0;
  }

  /// LEB128 integers: not longer than they may be, no unused bits set. Those
  /// of one byte are read inline: they are the most.
  uint32_t u32(const char *what = "integer") {
    if (LLVM_LIKELY(cursor != end && *cursor < 0x80))
      return *cursor++;
    return static_cast<uint32_t>(unsignedLeb(32, what));
  }
  uint64_t u64(const char *what = "integer") {
    if (LLVM_LIKELY(cursor != end && *cursor < 0x80))
      return *cursor++;
    return unsignedLeb(64, what);
  }
  int32_t s32(const char *what = "integer") {
    if (LLVM_LIKELY(cursor != end && *cursor < 0x80))
      return oneSignedByte();
    return static_cast<int32_t>(signedLeb(32, what));
  }
  uint16_t u16(const char *what = "integer") {
    return static_cast<uint16_t>(longUnsignedLeb(16, what));
  }
  int16_t s16(const char *what = "integer") {
    return static_cast<int16_t>(longSignedLeb(16, what));
  }
  int64_t s33(const char *what = "integer") { return signedLeb(33, what); }
  int64_t s64(const char *what = "integer") {
    if (LLVM_LIKELY(cursor != end && *cursor < 0x80))
      return oneSignedByte();
    return signedLeb(64, what);
  }

  /// Little-endian words of fixed size, as floats and magic numbers are.
  uint32_t fixed32(const char *what = "word");
  uint64_t fixed64(const char *what = "word");

  /// `count` bytes as they are.
  llvm::ArrayRef<uint8_t> bytes(uint64_t count, const char *what = "bytes");

  /// The bytes read since offset `from`, which must not be ahead.
  llvm::ArrayRef<uint8_t> since(uint64_t from) const {
    return llvm::ArrayRef<uint8_t>(begin + (from - base), cursor);
  }

  /// The bytes between two offsets, neither of them beyond the end.
  llvm::ArrayRef<uint8_t> between(uint64_t from, uint64_t to) const {
    return llvm::ArrayRef<uint8_t>(begin + (from - base), begin + (to - base));
  }

  /// The cursor itself, for a loop that keeps it in a register: it reads at
  /// `position()` while that is not `limit()`, and hands it back by `seek`
  /// before it calls any other method.
  const uint8_t *position() const { return cursor; }
  const uint8_t *limit() const { return end; }
  void seek(const uint8_t *position) { cursor = position; }
  /// The offset in the file of a byte of the input.
  uint64_t offsetOf(const uint8_t *byte) const { return base + (byte - begin); }

  /// A `core:name`: size and that many bytes of UTF-8, at most
  /// `limits::nameBytes`. A view of the input.
  llvm::StringRef name(const char *what = "name");

  /// The length of a vector whose items take at least one byte each, so it is
  /// bounded by what remains, and by `limit` (rule `input-limit`).
  uint32_t count(const char *what = "vector", uint32_t limit = limits::items);

  /// A reader for the next `size` bytes, which this one skips. Errors of the
  /// inner reader belong to its user: see `adopt`.
  ByteReader sub(uint64_t size, const char *what = "section");

  /// Takes over the error of an inner reader, if it has one; otherwise demands
  /// (rule `size-mismatch`) that `inner` was read to its end.
  void adopt(const ByteReader &inner, const char *what = "section");

private:
  void failEnd(const char *what);
  /// Takes a byte below 0x80 and extends the sign in its bit 6.
  int8_t oneSignedByte() { return int8_t(*cursor++ << 1) >> 1; }
  uint64_t unsignedLeb(unsigned bits, const char *what);
  int64_t signedLeb(unsigned bits, const char *what);
  /// The same for any length, and the errors.
  uint64_t longUnsignedLeb(unsigned bits, const char *what);
  int64_t longSignedLeb(unsigned bits, const char *what);

  const uint8_t *cursor, *end, *begin;
  uint64_t base;
  std::optional<ReadError> firstError;
};

} // namespace meld

#endif // MELD_SUPPORT_BYTEREADER_H
