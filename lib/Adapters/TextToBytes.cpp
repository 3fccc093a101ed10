//===- TextToBytes.cpp - text that becomes ASCII or Latin-1 -----*- C++ -*-===//
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
using meld::wasm::ConvertKind;
using meld::wasm::VectorKind;

/// Packs the low bytes of four units.
static Value pack(TextLoop &b, Value units) {
  Value pairs = b.and_(b.or_(units, b.shr(units, 8)), 0x0000ffff0000ffff);
  return b.convert(ConvertKind::wrap_i64, b.or_(pairs, b.shr(pairs, 16)),
                   b.getI32Type());
}

/// 16 or four units at once become bytes, as long as they have no bit of
/// `mask`.
void meld::adapters::narrowUnits(TextLoop &b, const TextCursors &at,
                                 int64_t mask) {
  b.whileVectors(at.from, at.end, 2, mask, [&](Value, ArrayRef<Value> units) {
    b.store(b.to, b.get(at.to), 0,
            b.vector(VectorKind::i8x16_narrow_i16x8_u, units));
    b.advance(at.to, 16);
  });
  b.whileEight(at.from, at.end, mask, [&](Value, Value units) {
    b.store(b.to, b.get(at.to), 0, pack(b, units));
    b.advance(at.to, 4);
  });
}

/// Units below `limit` become bytes.
static void buildNarrow(TextLoop &b, Block &body, int64_t mask, int64_t limit) {
  TextCursors at(b, body, /*wide=*/true);
  narrowUnits(b, at, mask);
  b.forever([&](Value done, Value) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.isAt(from, at.end));
    Value unit = b.unit(from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, unit, limit));
    b.putByte(b.get(at.to), 0, unit);
    b.advance(at.to, 1);
    b.advance(at.from, 2);
  });
  b.giveBack({b.get(at.to), b.get(at.from)});
}

void meld::adapters::buildUtf16ToAscii(TextLoop &b, Block &body) {
  buildNarrow(b, body, notAscii16, 0x80);
}

void meld::adapters::buildUtf16ToLatin1(TextLoop &b, Block &body) {
  buildNarrow(b, body, notLatin16, 0x100);
}

void meld::adapters::buildLatin1ToAscii(TextLoop &b, Block &body) {
  TextCursors at(b, body, /*wide=*/false);
  copyAscii(b, at);
  b.forever([&](Value done, Value) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.isAt(from, at.end));
    Value byte = b.byte(from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, byte, 0x80));
    b.putByte(b.get(at.to), 0, byte);
    b.advance(at.to, 1);
    b.advance(at.from, 1);
  });
  b.giveBack({b.get(at.to), b.get(at.from)});
}

/// A character below 256 has one byte, or two that begin with C2 or C3.
void meld::adapters::buildUtf8ToLatin1(TextLoop &b, Block &body) {
  TextCursors at(b, body, /*wide=*/false);
  auto wide = [&] { copyAscii(b, at); };
  b.forEach(wide, [&](Value done, Value again) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.reaches(from, at.end));
    Value byte = b.byte(from);
    b.when(b.below(byte, 0x80), [&] {
      b.putByte(b.get(at.to), 0, byte);
      b.advance(at.to, 1);
      b.advance(at.from, 1);
      b.leave(again);
    });
    b.leaveIf(done, b.compare(CompareKind::gt_u, byte, 0xc3));
    b.putByte(b.get(at.to), 0,
              b.or_(b.shl(b.and_(byte, 3), 6), b.and_(b.byte(from, 1), 0x3f)));
    b.advance(at.to, 1);
    b.advance(at.from, 2);
  });
  b.giveBack({b.get(at.to), b.get(at.from)});
}
