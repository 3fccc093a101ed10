//===- TextToUtf16.cpp - text that becomes UTF-16 ---------------*- C++ -*-===//
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
using meld::wasm::VectorKind;

/// Spreads the low four bytes of an i64 to four units.
static Value spread(TextLoop &b, Value bytes) {
  Value pairs = b.and_(b.or_(bytes, b.shl(bytes, 16)), 0x0000ffff0000ffff);
  return b.and_(b.or_(pairs, b.shl(pairs, 8)), 0x00ff00ff00ff00ff);
}

static void putSpread(TextLoop &b, Value to, Value bytes) {
  b.store(b.to, b.get(to), 0, spread(b, b.and_(bytes, int64_t(0xffffffff))));
  b.store(b.to, b.get(to), 8, spread(b, b.shr(bytes, 32)));
  b.advance(to, 16);
}

static void putExtended(TextLoop &b, Value to, Value bytes) {
  b.store(b.to, to, 0, b.vector(VectorKind::i16x8_extend_low_i8x16_u, bytes));
  b.store(b.to, to, 16, b.vector(VectorKind::i16x8_extend_high_i8x16_u, bytes));
}

/// Bytes without a bit of `mask` become units, 16 or eight at once.
static void widen(TextLoop &b, const TextCursors &at, int64_t mask) {
  b.whileVectors(at.from, at.end, 1, mask, [&](Value, ArrayRef<Value> bytes) {
    putExtended(b, b.get(at.to), bytes[0]);
    b.advance(at.to, 32);
  });
  b.whileEight(at.from, at.end, mask,
               [&](Value, Value bytes) { putSpread(b, at.to, bytes); });
}

void meld::adapters::buildLatin1ToUtf16(TextLoop &b, Block &body) {
  TextCursors at(b, body, /*wide=*/false);
  widen(b, at, /*mask=*/0);
  b.forever([&](Value done, Value) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.isAt(from, at.end));
    b.putUnit(b.get(at.to), 0, b.byte(from));
    b.advance(at.to, 2);
    b.advance(at.from, 1);
  });
  b.giveBack(b.get(at.to));
}

/// Six bits of the byte at `offset`, where they belong.
static Value continuation(TextLoop &b, Value from, unsigned offset,
                          int64_t shift) {
  Value bits = b.and_(b.byte(from, offset), 0x3f);
  return shift ? b.shl(bits, shift) : bits;
}

/// Decodes the sequence of `length` bytes at `from`.
static Value decode(TextLoop &b, Value from, Value first, unsigned length) {
  int64_t shift = 6 * (length - 1);
  Value point = b.shl(b.and_(first, 0x7f >> length), shift);
  for (unsigned i = 1; i < length; ++i)
    point = b.or_(point, continuation(b, from, i, shift -= 6));
  return point;
}

void meld::adapters::buildUtf8ToUtf16(TextLoop &b, Block &body) {
  TextCursors at(b, body, /*wide=*/false);
  auto put = [&](Value unit, unsigned length) {
    b.putUnit(b.get(at.to), 0, unit);
    b.advance(at.to, 2);
    b.advance(at.from, length);
  };
  auto wide = [&] { widen(b, at, notAscii); };
  b.forEach(wide, [&](Value done, Value again) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.reaches(from, at.end));
    Value first = b.byte(from);
    b.when(b.below(first, 0x80), [&] {
      put(first, 1);
      b.leave(again);
    });
    auto shorter = [&](unsigned length) {
      return [&, length] {
        put(decode(b, from, first, length), length);
        return Code::Values();
      };
    };
    b.branch(b.below(first, 0xe0), {}, shorter(2), [&] {
      return b.branch(b.below(first, 0xf0), {}, shorter(3), [&] {
        Value point = b.add(decode(b, from, first, 4), -0x10000);
        b.putUnit(b.get(at.to), 2, b.or_(b.and_(point, 0x3ff), 0xdc00));
        put(b.or_(b.shr(point, 10), 0xd800), 4);
        b.advance(at.to, 2);
        return Code::Values();
      });
    });
  });
  b.giveBack(b.get(at.to));
}

/// From the end, so that no byte is written over before it is read: `left`
/// bytes are in front of twice as many.
void meld::adapters::buildInflate(TextLoop &b, Block &body) {
  Value start = body.getArgument(0);
  Value left = b.variable(body.getArgument(1));
  auto downBy = [&](int64_t step, llvm::function_ref<void(Value, Value)> put) {
    b.forever([&](Value done, Value) {
      b.leaveIf(done, b.below(b.get(left), step));
      b.advance(left, -step);
      put(b.add(start, b.get(left)), b.add(start, b.shl(b.get(left), 1)));
    });
  };
  if (b.style.vectors)
    downBy(16, [&](Value from, Value to) {
      Value bytes = b.variable(b.sixteen(from)); // before it is written over
      putExtended(b, to, b.get(bytes));
    });
  else
    downBy(8, [&](Value from, Value to) {
      Value next = b.variable(to), bytes = b.variable(b.eight(from));
      putSpread(b, next, b.get(bytes));
    });
  downBy(1, [&](Value from, Value to) { b.putUnit(to, 0, b.byte(from)); });
  b.giveBack({});
}
