//===- TextToUtf8.cpp - text that becomes UTF-8 -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TextLoop.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;
using meld::wasm::BinaryKind;
using meld::wasm::CompareKind;

/// Writes `point` as a sequence of `length` bytes.
static void encode(TextLoop &b, Value to, Value point, unsigned length) {
  static constexpr int64_t heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
  int64_t shift = 6 * (length - 1);
  Value head = shift ? b.or_(b.shr(point, shift), heads[length]) : point;
  b.putByte(b.get(to), 0, head);
  for (unsigned i = 1; i < length; ++i) {
    shift -= 6;
    Value bits = shift ? b.shr(point, shift) : point;
    b.putByte(b.get(to), i, b.or_(b.and_(bits, 0x3f), 0x80));
  }
  b.advance(to, length);
}

void meld::adapters::buildLatin1ToUtf8(TextLoop &b, Block &body) {
  TextCursors at(b, body, /*wide=*/false);
  auto wide = [&] { copyAscii(b, at); };
  b.forEach(wide, [&](Value done, Value again) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.isAt(from, at.end));
    Value point = b.byte(from);
    b.advance(at.from, 1);
    b.when(b.below(point, 0x80), [&] {
      encode(b, at.to, point, 1);
      b.leave(again);
    });
    encode(b, at.to, point, 2);
  });
  b.giveBack(b.get(at.to));
}

void meld::adapters::buildUtf16ToUtf8(TextLoop &b, Block &body) {
  TextCursors at(b, body, /*wide=*/true);
  auto wide = [&] { narrowUnits(b, at, notAscii16); };
  b.forEach(wide, [&](Value done, Value again) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.reaches(from, at.end));
    Value unit = b.unit(from);
    b.advance(at.from, 2);
    b.when(b.below(unit, 0x80), [&] {
      encode(b, at.to, unit, 1);
      b.leave(again);
    });
    auto as = [&](unsigned length) {
      return [&, length] {
        encode(b, at.to, unit, length);
        return Code::Values();
      };
    };
    b.branch(b.below(unit, 0x800), {}, as(2), [&] {
      auto pair = [&] {
        Value high = b.shl(b.and_(unit, 0x3ff), 10);
        Value low = b.and_(b.unit(from, 2), 0x3ff);
        b.advance(at.from, 2);
        encode(b, at.to, b.add(b.or_(high, low), 0x10000), 4);
        return Code::Values();
      };
      return b.branch(b.equal(b.and_(unit, 0xf800), 0xd800), {}, pair, as(3));
    });
  });
  b.giveBack(b.get(at.to));
}
