//===- ByteReader.cpp - A bounds-checked cursor over a binary ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/ByteReader.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Endian.h"

using namespace meld;
using llvm::ArrayRef;
using llvm::StringRef;
using llvm::Twine;

void ByteReader::fail(Rule rule, uint64_t offset, const Twine &message) {
  if (!firstError)
    firstError = ReadError{rule, offset, message.str()};
  cursor = end;
}

void ByteReader::limitSize() {
  if (remaining() > limits::inputBytes)
    fail(Rule::input_limit, offset(),
         "the input has " + Twine(remaining()) + " bytes, the limit is " +
             Twine(limits::inputBytes));
}

void ByteReader::failEnd(const char *what) {
  fail(Rule::unexpected_end, offset(),
       Twine("unexpected end of the input, wanted ") + withArticle(what));
}

uint64_t ByteReader::unsignedLeb(unsigned bits, const char *what) {
  // Two to four bytes cannot be too many for 32 bits, and fit in them.
  if (LLVM_LIKELY(remaining() >= 4)) {
    uint32_t value = cursor[0] & 0x7f;
    for (unsigned i = 1; i < 4; ++i) {
      value |= uint32_t(cursor[i] & 0x7f) << (7 * i);
      if (cursor[i] < 0x80) {
        cursor += i + 1;
        return value;
      }
    }
  }
  return longUnsignedLeb(bits, what);
}

uint64_t ByteReader::longUnsignedLeb(unsigned bits, const char *what) {
  uint64_t start = offset(), value = 0;
  for (unsigned shift = 0; shift < bits; shift += 7) {
    uint8_t next = byte(what);
    // In the last byte only the bits that are left may be set.
    unsigned left = bits - shift;
    if (left < 7 && (next & 0x7f) >> left) {
      fail(Rule::integer_encoding, start,
           Twine(what) + " does not fit in " + Twine(bits) + " bits");
      return 0;
    }
    value |= static_cast<uint64_t>(next & 0x7f) << shift;
    if (!(next & 0x80))
      return failed() ? 0 : value;
  }
  fail(Rule::integer_encoding, start,
       Twine(what) + " has more than " + Twine((bits + 6) / 7) + " bytes");
  return 0;
}

int64_t ByteReader::signedLeb(unsigned bits, const char *what) {
  if (LLVM_LIKELY(remaining() >= 4)) {
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) {
      value |= uint32_t(cursor[i] & 0x7f) << (7 * i);
      if (cursor[i] < 0x80) {
        cursor += i + 1;
        unsigned unused = 32 - 7 * (i + 1);
        return int32_t(value << unused) >> unused;
      }
    }
  }
  return longSignedLeb(bits, what);
}

int64_t ByteReader::longSignedLeb(unsigned bits, const char *what) {
  uint64_t start = offset(), value = 0;
  for (unsigned shift = 0; shift < bits; shift += 7) {
    uint8_t next = byte(what);
    // In the last byte the sign bit and all bits above it must be equal.
    unsigned left = bits - shift;
    if (left < 7) {
      uint8_t above = (next & 0x7f) >> (left - 1);
      if (above != 0 && above != (0x7f >> (left - 1))) {
        fail(Rule::integer_encoding, start,
             Twine(what) + " does not fit in " + Twine(bits) + " bits");
        return 0;
      }
    }
    value |= static_cast<uint64_t>(next & 0x7f) << shift;
    if (next & 0x80)
      continue;
    if ((next & 0x40) && shift + 7 < 64)
      value |= ~uint64_t(0) << (shift + 7);
    return failed() ? 0 : static_cast<int64_t>(value);
  }
  fail(Rule::integer_encoding, start,
       Twine(what) + " has more than " + Twine((bits + 6) / 7) + " bytes");
  return 0;
}

uint32_t ByteReader::fixed32(const char *what) {
  ArrayRef<uint8_t> word = bytes(4, what);
  return word.empty() ? 0 : llvm::support::endian::read32le(word.data());
}

uint64_t ByteReader::fixed64(const char *what) {
  ArrayRef<uint8_t> word = bytes(8, what);
  return word.empty() ? 0 : llvm::support::endian::read64le(word.data());
}

ArrayRef<uint8_t> ByteReader::bytes(uint64_t count, const char *what) {
  if (count > remaining()) {
    fail(Rule::unexpected_end, offset(),
         Twine("unexpected end of the input, wanted ") + Twine(count) +
             " bytes of " + what + ", found " + Twine(remaining()));
    return {};
  }
  ArrayRef<uint8_t> taken(cursor, count);
  cursor += count;
  return taken;
}

StringRef ByteReader::name(const char *what) {
  uint64_t start = offset();
  uint32_t size = u32(what);
  if (size > limits::nameBytes) {
    fail(Rule::input_limit, start,
         Twine(what) + " has " + Twine(size) + " bytes, the limit is " +
             Twine(limits::nameBytes));
    return {};
  }
  ArrayRef<uint8_t> raw = bytes(size, what);
  const llvm::UTF8 *cursor = raw.data();
  if (!llvm::isLegalUTF8String(&cursor, raw.data() + raw.size())) {
    fail(Rule::utf8_encoding, start, Twine(what) + " is not valid UTF-8");
    return {};
  }
  return StringRef(reinterpret_cast<const char *>(raw.data()), raw.size());
}

uint32_t ByteReader::count(const char *what, uint32_t limit) {
  uint64_t start = offset();
  uint32_t items = u32(what);
  if (items > limit) {
    fail(Rule::input_limit, start,
         Twine(what) + " has " + Twine(items) + " items, the limit is " +
             Twine(limit));
    return 0;
  }
  if (items > remaining()) {
    fail(Rule::unexpected_end, start,
         Twine(what) + " has " + Twine(items) + " items, but only " +
             Twine(remaining()) + " bytes remain");
    return 0;
  }
  return items;
}

ByteReader ByteReader::sub(uint64_t size, const char *what) {
  uint64_t start = offset();
  return ByteReader(bytes(size, what), start);
}

void ByteReader::adopt(const ByteReader &inner, const char *what) {
  if (inner.firstError)
    fail(inner.firstError->rule, inner.firstError->offset,
         inner.firstError->message);
  else if (!inner.atEnd())
    fail(Rule::size_mismatch, inner.offset(),
         Twine(what) + " has " + Twine(inner.remaining()) +
             " bytes more than its contents need");
}
