//===- Literals.cpp - The values of value definitions -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/Literals.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/LEB128.h"

using namespace meld;
using llvm::APFloat;
using llvm::APInt;
using llvm::APSInt;
using llvm::Twine;

void LiteralReader::fail(uint64_t at, const Twine &message) {
  in.fail(Rule::value_literal, at, message);
}

bool LiteralReader::enter() {
  if (depth == limits::nesting)
    in.fail(Rule::input_limit, in.offset(),
            "values nest deeper than " + Twine(limits::nesting));
  else
    ++depth;
  return !in.failed();
}

void LiteralReader::natural(uint64_t value, unsigned bits) {
  visitor.integer(APSInt(APInt(bits, value), /*isUnsigned=*/true));
}

void LiteralReader::integer(int64_t value, unsigned bits) {
  visitor.integer(
      APSInt(APInt(bits, value, /*isSigned=*/true), /*isUnsigned=*/false));
}

uint32_t LiteralReader::index(const char *what, size_t size) {
  uint64_t at = in.offset();
  uint32_t value = in.u32(what);
  canonical &= in.offset() - at == llvm::getULEB128Size(value);
  if (!in.failed() && value >= size)
    fail(at, Twine(what) + " " + Twine(value) + " of a type that has " +
                 Twine(size));
  return value;
}

uint32_t LiteralReader::length() {
  uint64_t at = in.offset();
  uint32_t count = in.count("list");
  canonical &= in.offset() - at == llvm::getULEB128Size(count);
  return count;
}

bool LiteralReader::choice(const char *what) {
  uint64_t at = in.offset();
  uint8_t value = in.byte(what);
  if (value > 1)
    fail(at, Twine(what) + " is 0 or 1, found " + Twine(unsigned(value)));
  return value == 1;
}

/// One NaN is enough: the bits of others are not told apart by any component.
void LiteralReader::floating(LiteralKind kind) {
  uint64_t at = in.offset();
  bool single = kind == LiteralKind::F32;
  uint64_t bits = single ? in.fixed32("f32") : in.fixed64("f64");
  APFloat value = single ? APFloat(APFloat::IEEEsingle(), APInt(32, bits))
                         : APFloat(APFloat::IEEEdouble(), APInt(64, bits));
  uint64_t nan = single ? 0x7fc00000 : 0x7ff8000000000000;
  if (value.isNaN() && bits != nan)
    fail(at, "a NaN is the canonical one, 0x" + Twine::utohexstr(nan) +
                 ", found 0x" + Twine::utohexstr(bits));
  visitor.number(value);
}

void LiteralReader::character() {
  uint64_t at = in.offset();
  unsigned size = llvm::getUTF8SequenceSize(in.position(), in.limit());
  if (size == 0)
    return fail(at, "a char is one scalar value in UTF-8");
  visitor.string(llvm::toStringRef(in.bytes(size, "char")));
}

void LiteralReader::scalar(LiteralKind kind) {
  uint64_t at = in.offset();
  auto signedLeb = [&](int64_t value, unsigned bits) {
    canonical &= in.offset() - at == llvm::getSLEB128Size(value);
    integer(value, bits);
  };
  auto unsignedLeb = [&](uint64_t value, unsigned bits) {
    canonical &= in.offset() - at == llvm::getULEB128Size(value);
    natural(value, bits);
  };
  switch (kind) {
  case LiteralKind::Bool:
    return visitor.word(choice("a bool") ? "true" : "false");
  case LiteralKind::S8:
    return integer(static_cast<int8_t>(in.byte("s8")), 8);
  case LiteralKind::U8:
    return natural(in.byte("u8"), 8);
  case LiteralKind::S16:
    return signedLeb(in.s16("s16"), 16);
  case LiteralKind::U16:
    return unsignedLeb(in.u16("u16"), 16);
  case LiteralKind::S32:
    return signedLeb(in.s32("s32"), 32);
  case LiteralKind::U32:
    return unsignedLeb(in.u32("u32"), 32);
  case LiteralKind::S64:
    return signedLeb(in.s64("s64"), 64);
  case LiteralKind::U64:
    return unsignedLeb(in.u64("u64"), 64);
  case LiteralKind::F32:
  case LiteralKind::F64:
    return floating(kind);
  case LiteralKind::Char:
    return character();
  default: {
    llvm::StringRef text = in.name("string");
    canonical &=
        in.offset() - at == llvm::getULEB128Size(text.size()) + text.size();
    return visitor.string(text);
  }
  }
}
