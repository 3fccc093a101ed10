//===- TextChecks.cpp - what text has to be ---------------------*- C++ -*-===//
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

static Code::Values none() { return {}; }

/// One sequence of two to four bytes that begins at `at` with `first`.
static void checkSequence(TextLoop &b, Value at, Value end, Value first,
                          Value cursor) {
  Value low = b.or_(b.shl(b.equal(first, 0xe0), 5), // A0 instead of 80
                    b.shl(b.equal(first, 0xf0), 4));
  Value high = b.or_(b.shl(b.equal(first, 0xed), 5), // 9F instead of BF
                     b.binary(BinaryKind::mul, b.equal(first, 0xf4),
                              b.i32(0x30))); // 8F
  // C2..F4 begin a sequence.
  b.trapIf(b.compare(CompareKind::gt_u, b.add(first, -0xc2), 0xf4 - 0xc2),
           "InvalidUtf8");
  Value more = b.add(b.add(b.compare(CompareKind::ge_u, first, 0xe0),
                           b.compare(CompareKind::ge_u, first, 0xf0)),
                     1);
  Value next = b.variable(b.add(at, 1));
  Value lowest = b.variable(b.or_(low, 0x80));
  Value highest = b.variable(b.binary(BinaryKind::sub, b.i32(0xbf), high));
  Value left = b.variable(more);
  b.forever([&](Value done, Value) {
    b.trapIf(b.isAt(b.get(next), end), "IncompleteUtf8");
    Value byte = b.byte(b.get(next));
    Value outside = b.or_(b.compare(CompareKind::lt_u, byte, b.get(lowest)),
                          b.compare(CompareKind::gt_u, byte, b.get(highest)));
    b.trapIf(outside, "InvalidUtf8");
    b.set(lowest, b.i32(0x80));
    b.set(highest, b.i32(0xbf));
    b.advance(next, 1);
    b.advance(left, -1);
    b.leaveIf(done, b.equal(b.get(left), 0));
  });
  b.set(cursor, b.get(next));
}

void meld::adapters::buildCheckUtf8(TextLoop &b, Block &body) {
  Value end = b.add(body.getArgument(0), body.getArgument(1));
  Value cursor = b.variable(body.getArgument(0));
  b.skip(cursor, body.getArgument(1), end, notAscii, none);
  auto wide = [&] { b.skipBlocks(cursor, end, notAscii); };
  b.forEach(wide, [&](Value done, Value again) {
    Value at = b.get(cursor);
    b.leaveIf(done, b.isAt(at, end));
    Value first = b.byte(at);
    b.when(b.below(first, 0x80), [&] {
      b.advance(cursor, 1);
      b.leave(again);
    });
    checkSequence(b, at, end, first, cursor);
  });
  b.giveBack({});
}

/// A surrogate, and what follows it at `cursor`.
static void checkPair(TextLoop &b, Value unit, Value cursor, Value end) {
  b.trapIf(b.compare(CompareKind::ge_u, unit, 0xdc00), "InvalidUtf16");
  b.trapIf(b.isAt(b.get(cursor), end), "InvalidUtf16");
  Value low = b.unit(b.get(cursor));
  b.trapIf(b.compare(CompareKind::ne, b.and_(low, 0xfc00), 0xdc00),
           "InvalidUtf16");
  b.advance(cursor, 2);
}

void meld::adapters::buildCheckUtf16(TextLoop &b, Block &body) {
  Value bytes = b.shl(body.getArgument(1), 1);
  Value end = b.add(body.getArgument(0), bytes);
  Value cursor = b.variable(body.getArgument(0));
  b.skip(cursor, bytes, end, notAscii16, none);
  auto wide = [&] { b.skipBlocks(cursor, end, notAscii16); };
  b.forEach(wide, [&](Value done, Value again) {
    Value at = b.get(cursor);
    b.leaveIf(done, b.isAt(at, end));
    Value unit = b.unit(at);
    b.advance(cursor, 2);
    b.leaveIf(again, b.below(unit, 0x80));
    b.when(b.equal(b.and_(unit, 0xf800), 0xd800),
           [&] { checkPair(b, unit, cursor, end); });
  });
  b.giveBack({});
}

void meld::adapters::buildIsLatin1(TextLoop &b, Block &body) {
  Value bytes = b.shl(body.getArgument(1), 1);
  Value end = b.add(body.getArgument(0), bytes);
  Value cursor = b.variable(body.getArgument(0));
  Value all = b.variable(b.i32(0));
  b.skip(cursor, bytes, end, notLatin16,
         [&] { return Code::Values{b.i32(1)}; });
  b.forever([&](Value done, Value) {
    Value at = b.get(cursor);
    b.leaveIf(done, b.isAt(at, end));
    b.set(all, b.or_(b.get(all), b.unit(at)));
    b.advance(cursor, 2);
  });
  b.giveBack(b.below(b.get(all), 0x100));
}
