//===- Transcoders.cpp - loops over the text of strings ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most text is ASCII, so each loop first tries to take eight bytes at once, and
// a check 32 of them.
//
//===----------------------------------------------------------------------===//

#include "Transcoders.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;
using meld::wasm::BinaryKind;
using meld::wasm::CompareKind;
using meld::wasm::ConvertKind;
using meld::wasm::Width;

namespace {
/// The code of one loop: two memories, a cursor in each, an end.
struct Loop : Code {
  Loop(Location loc, Block *body, const Side &from, const Side &to)
      : Code(loc, body), from(from.memory), to(to.memory) {}

  Value and_(Value a, int64_t c) { return binary(BinaryKind::and_, a, c); }
  Value or_(Value a, int64_t c) { return binary(BinaryKind::or_, a, c); }
  Value or_(Value a, Value c) { return binary(BinaryKind::or_, a, c); }
  Value shl(Value a, int64_t c) { return binary(BinaryKind::shl, a, c); }
  Value shr(Value a, int64_t c) { return binary(BinaryKind::shr_u, a, c); }
  Value add(Value a, int64_t c) { return binary(BinaryKind::add, a, c); }
  Value add(Value a, Value c) { return binary(BinaryKind::add, a, c); }
  Value below(Value a, int64_t c) { return compare(CompareKind::lt_u, a, c); }
  Value equal(Value a, int64_t c) { return compare(CompareKind::eq, a, c); }

  Value byte(Value at, uint64_t offset = 0) {
    return load(getI32Type(), from, at, offset, Width::u8);
  }
  Value unit(Value at, uint64_t offset = 0) {
    return load(getI32Type(), from, at, offset, Width::u16);
  }
  void putByte(Value at, uint64_t offset, Value value) {
    store(to, at, offset, value, Width::u8);
  }
  void putUnit(Value at, uint64_t offset, Value value) {
    store(to, at, offset, value, Width::u16);
  }
  void advance(Value variable, int64_t by) {
    set(variable, add(get(variable), by));
  }

  /// While eight bytes are left in front of `end`, and have no bit of `mask`:
  /// runs `take` with their address and goes on behind them.
  void whileEight(Value cursor, Value end, int64_t mask,
                  llvm::function_ref<void(Value at, Value eight)> take) {
    forever([&](Value done, Value) {
      Value at = get(cursor);
      leaveIf(done,
              compare(CompareKind::lt_u, binary(BinaryKind::sub, end, at), 8));
      Value eight = load(getI64Type(), from, at, 0);
      leaveIf(done, compare(CompareKind::ne, and_(eight, mask), 0));
      take(at, eight);
      advance(cursor, 8);
    });
  }

  /// Passes over text of which 32 bytes, then eight, have no bit of `mask`.
  void skip(Value cursor, Value end, int64_t mask) {
    forever([&](Value done, Value) {
      Value at = get(cursor);
      leaveIf(done,
              compare(CompareKind::lt_u, binary(BinaryKind::sub, end, at), 32));
      Value all = load(getI64Type(), from, at, 0);
      for (uint64_t offset : {8, 16, 24})
        all = or_(all, load(getI64Type(), from, at, offset));
      leaveIf(done, compare(CompareKind::ne, and_(all, mask), 0));
      advance(cursor, 32);
    });
    whileEight(cursor, end, mask, [](Value, Value) {});
  }

  FlatSymbolRefAttr from, to;
};
} // namespace

static constexpr int64_t notAscii = int64_t(0x8080808080808080);
static constexpr int64_t notAscii16 = int64_t(0xff80ff80ff80ff80);
static constexpr int64_t notLatin16 = int64_t(0xff00ff00ff00ff00);

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

/// One sequence of two to four bytes that begins at `at` with `first`.
static void checkSequence(Loop &b, Value at, Value end, Value first,
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
    b.trapIf(b.compare(CompareKind::ge_u, b.get(next), end), "IncompleteUtf8");
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

static void buildCheckUtf8(Loop &b, Block &body) {
  Value end = b.add(body.getArgument(0), body.getArgument(1));
  Value cursor = b.variable(body.getArgument(0));
  b.skip(cursor, end, notAscii);
  b.forever([&](Value done, Value again) {
    b.whileEight(cursor, end, notAscii, [](Value, Value) {});
    Value at = b.get(cursor);
    b.leaveIf(done, b.compare(CompareKind::ge_u, at, end));
    Value first = b.byte(at);
    b.when(b.below(first, 0x80), [&] {
      b.advance(cursor, 1);
      b.leave(again);
    });
    checkSequence(b, at, end, first, cursor);
  });
  b.giveBack({});
}

static void buildCheckUtf16(Loop &b, Block &body) {
  Value end = b.add(body.getArgument(0), b.shl(body.getArgument(1), 1));
  Value cursor = b.variable(body.getArgument(0));
  b.skip(cursor, end, notAscii16);
  b.forever([&](Value done, Value again) {
    b.whileEight(cursor, end, notAscii16, [](Value, Value) {});
    Value at = b.get(cursor);
    b.leaveIf(done, b.compare(CompareKind::ge_u, at, end));
    Value unit = b.unit(at);
    b.advance(cursor, 2);
    b.leaveIf(again, b.compare(CompareKind::ne, b.and_(unit, 0xf800), 0xd800));
    b.trapIf(b.compare(CompareKind::ge_u, unit, 0xdc00), "InvalidUtf16");
    b.trapIf(b.compare(CompareKind::ge_u, b.get(cursor), end), "InvalidUtf16");
    Value low = b.unit(b.get(cursor));
    b.trapIf(b.compare(CompareKind::ne, b.and_(low, 0xfc00), 0xdc00),
             "InvalidUtf16");
    b.advance(cursor, 2);
  });
  b.giveBack({});
}

static void buildIsLatin1(Loop &b, Block &body) {
  Value end = b.add(body.getArgument(0), b.shl(body.getArgument(1), 1));
  Value cursor = b.variable(body.getArgument(0));
  Value all = b.variable(b.i32(0));
  b.skip(cursor, end, notLatin16);
  b.forever([&](Value done, Value) {
    Value at = b.get(cursor);
    b.leaveIf(done, b.compare(CompareKind::ge_u, at, end));
    b.set(all, b.or_(b.get(all), b.unit(at)));
    b.advance(cursor, 2);
  });
  b.giveBack(b.below(b.get(all), 0x100));
}

//===----------------------------------------------------------------------===//
// Narrow text
//===----------------------------------------------------------------------===//

namespace {
/// The two cursors of a function (to, from, count).
struct Cursors {
  Cursors(Loop &b, Block &body, bool wide)
      : to(b.variable(body.getArgument(0))),
        from(b.variable(body.getArgument(1))),
        end(b.add(body.getArgument(1), wide ? b.shl(body.getArgument(2), 1)
                                            : body.getArgument(2))) {}
  Value to, from, end;
};
} // namespace

/// Packs the low bytes of four units.
static Value pack(Loop &b, Value units) {
  Value pairs = b.and_(b.or_(units, b.shr(units, 8)), 0x0000ffff0000ffff);
  return b.convert(ConvertKind::wrap_i64, b.or_(pairs, b.shr(pairs, 16)),
                   b.getI32Type());
}

/// Four units at once become bytes, as long as they have no bit of `mask`.
static void narrowFour(Loop &b, const Cursors &at, int64_t mask) {
  b.whileEight(at.from, at.end, mask, [&](Value, Value units) {
    b.store(b.to, b.get(at.to), 0, pack(b, units));
    b.advance(at.to, 4);
  });
}

/// Units below `limit` become bytes.
static void buildNarrow(Loop &b, Block &body, int64_t mask, int64_t limit) {
  Cursors at(b, body, /*wide=*/true);
  narrowFour(b, at, mask);
  b.forever([&](Value done, Value) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, from, at.end));
    Value unit = b.unit(from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, unit, limit));
    b.putByte(b.get(at.to), 0, unit);
    b.advance(at.to, 1);
    b.advance(at.from, 2);
  });
  b.giveBack({b.get(at.to), b.get(at.from)});
}

static void buildLatin1ToAscii(Loop &b, Block &body) {
  Cursors at(b, body, /*wide=*/false);
  b.whileEight(at.from, at.end, notAscii, [&](Value, Value bytes) {
    b.store(b.to, b.get(at.to), 0, bytes);
    b.advance(at.to, 8);
  });
  b.forever([&](Value done, Value) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, from, at.end));
    Value byte = b.byte(from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, byte, 0x80));
    b.putByte(b.get(at.to), 0, byte);
    b.advance(at.to, 1);
    b.advance(at.from, 1);
  });
  b.giveBack({b.get(at.to), b.get(at.from)});
}

/// A character below 256 has one byte, or two that begin with C2 or C3.
static void buildUtf8ToLatin1(Loop &b, Block &body) {
  Cursors at(b, body, /*wide=*/false);
  b.forever([&](Value done, Value again) {
    b.whileEight(at.from, at.end, notAscii, [&](Value, Value bytes) {
      b.store(b.to, b.get(at.to), 0, bytes);
      b.advance(at.to, 8);
    });
    Value from = b.get(at.from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, from, at.end));
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

//===----------------------------------------------------------------------===//
// UTF-16
//===----------------------------------------------------------------------===//

/// Spreads the low four bytes of an i64 to four units.
static Value spread(Loop &b, Value bytes) {
  Value pairs = b.and_(b.or_(bytes, b.shl(bytes, 16)), 0x0000ffff0000ffff);
  return b.and_(b.or_(pairs, b.shl(pairs, 8)), 0x00ff00ff00ff00ff);
}

static void putSpread(Loop &b, Value to, Value bytes) {
  b.store(b.to, b.get(to), 0, spread(b, b.and_(bytes, int64_t(0xffffffff))));
  b.store(b.to, b.get(to), 8, spread(b, b.shr(bytes, 32)));
  b.advance(to, 16);
}

static void buildLatin1ToUtf16(Loop &b, Block &body) {
  Cursors at(b, body, /*wide=*/false);
  b.whileEight(at.from, at.end, 0,
               [&](Value, Value bytes) { putSpread(b, at.to, bytes); });
  b.forever([&](Value done, Value) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, from, at.end));
    b.putUnit(b.get(at.to), 0, b.byte(from));
    b.advance(at.to, 2);
    b.advance(at.from, 1);
  });
  b.giveBack(b.get(at.to));
}

/// Six bits of the byte at `offset`, where they belong.
static Value continuation(Loop &b, Value from, unsigned offset, int64_t shift) {
  Value bits = b.and_(b.byte(from, offset), 0x3f);
  return shift ? b.shl(bits, shift) : bits;
}

/// Decodes the sequence of `length` bytes at `from`.
static Value decode(Loop &b, Value from, Value first, unsigned length) {
  int64_t shift = 6 * (length - 1);
  Value point = b.shl(b.and_(first, 0x7f >> length), shift);
  for (unsigned i = 1; i < length; ++i)
    point = b.or_(point, continuation(b, from, i, shift -= 6));
  return point;
}

static void buildUtf8ToUtf16(Loop &b, Block &body) {
  Cursors at(b, body, /*wide=*/false);
  auto put = [&](Value unit, unsigned length) {
    b.putUnit(b.get(at.to), 0, unit);
    b.advance(at.to, 2);
    b.advance(at.from, length);
  };
  b.forever([&](Value done, Value again) {
    b.whileEight(at.from, at.end, notAscii,
                 [&](Value, Value bytes) { putSpread(b, at.to, bytes); });
    Value from = b.get(at.from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, from, at.end));
    Value first = b.byte(from);
    for (auto [length, limit] :
         {std::pair(1u, 0x80), std::pair(2u, 0xe0), std::pair(3u, 0xf0)})
      b.when(b.below(first, limit), [&, length = length] {
        put(length == 1 ? first : decode(b, from, first, length), length);
        b.leave(again);
      });
    Value point = b.add(decode(b, from, first, 4), -0x10000);
    b.putUnit(b.get(at.to), 2, b.or_(b.and_(point, 0x3ff), 0xdc00));
    put(b.or_(b.shr(point, 10), 0xd800), 4);
    b.advance(at.to, 2);
  });
  b.giveBack(b.get(at.to));
}

static void buildInflate(Loop &b, Block &body) {
  Value start = body.getArgument(0);
  Value left = b.variable(body.getArgument(1));
  b.forever([&](Value done, Value) {
    b.leaveIf(done, b.compare(CompareKind::eq, b.get(left), 0));
    b.advance(left, -1);
    Value byte = b.byte(b.add(start, b.get(left)));
    b.putUnit(b.add(start, b.shl(b.get(left), 1)), 0, byte);
  });
  b.giveBack({});
}

//===----------------------------------------------------------------------===//
// UTF-8
//===----------------------------------------------------------------------===//

/// Writes `point` as a sequence of `length` bytes.
static void encode(Loop &b, Value to, Value point, unsigned length) {
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

static void buildLatin1ToUtf8(Loop &b, Block &body) {
  Cursors at(b, body, /*wide=*/false);
  b.forever([&](Value done, Value again) {
    Value from = b.get(at.from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, from, at.end));
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

static void buildUtf16ToUtf8(Loop &b, Block &body) {
  Cursors at(b, body, /*wide=*/true);
  b.forever([&](Value done, Value again) {
    narrowFour(b, at, notAscii16);
    Value from = b.get(at.from);
    b.leaveIf(done, b.compare(CompareKind::ge_u, from, at.end));
    Value unit = b.unit(from);
    b.advance(at.from, 2);
    for (auto [length, limit] : {std::pair(1u, 0x80), std::pair(2u, 0x800)})
      b.when(b.below(unit, limit), [&, length = length] {
        encode(b, at.to, unit, length);
        b.leave(again);
      });
    b.when(b.compare(CompareKind::ne, b.and_(unit, 0xf800), 0xd800), [&] {
      encode(b, at.to, unit, 3);
      b.leave(again);
    });
    Value high = b.shl(b.and_(unit, 0x3ff), 10);
    Value low = b.and_(b.unit(from, 2), 0x3ff);
    b.advance(at.from, 2);
    encode(b, at.to, b.add(b.or_(high, low), 0x10000), 4);
  });
  b.giveBack(b.get(at.to));
}

//===----------------------------------------------------------------------===//
// As functions
//===----------------------------------------------------------------------===//

using BuildLoop = llvm::function_ref<void(Loop &, Block &)>;

static FlatSymbolRefAttr make(Adapters &adapters, StringRef name,
                              const Side &from, const Side &to,
                              FunctionType type, BuildLoop build) {
  std::string key =
      (name + "\n" + from.memory.getValue() + "\n" + to.memory.getValue())
          .str();
  return adapters.share(key, {}, name, type, [&](Location loc, Block &body) {
    Loop loop(loc, &body, from, to);
    build(loop, body);
  });
}

/// (pointer, count) -> results, in one memory.
static FlatSymbolRefAttr makeScan(Adapters &adapters, StringRef name,
                                  const Side &side, bool answers,
                                  BuildLoop build) {
  MLIRContext *context = side.memory.getContext();
  Type address = getAddressType(context, side);
  Type i32 = IntegerType::get(context, 32);
  auto type = FunctionType::get(context, {address, address},
                                answers ? TypeRange(i32) : TypeRange());
  return make(adapters, name, side, side, type, build);
}

/// (to, from, count) -> end of `to`, or that and the end of `from`.
static FlatSymbolRefAttr makeCopy(Adapters &adapters, StringRef name,
                                  const Route &route, bool stops,
                                  BuildLoop build) {
  MLIRContext *context = route.from.memory.getContext();
  Type from = getAddressType(context, route.from);
  Type to = getAddressType(context, route.to);
  SmallVector<Type> results{to};
  if (stops)
    results.push_back(from);
  return make(adapters, name, route.from, route.to,
              FunctionType::get(context, {to, from, from}, results), build);
}

FlatSymbolRefAttr meld::adapters::checkUtf8(Adapters &a, const Side &from) {
  return makeScan(a, "check_utf8", from, false, buildCheckUtf8);
}
FlatSymbolRefAttr meld::adapters::checkUtf16(Adapters &a, const Side &from) {
  return makeScan(a, "check_utf16", from, false, buildCheckUtf16);
}
FlatSymbolRefAttr meld::adapters::isLatin1(Adapters &a, const Side &from) {
  return makeScan(a, "is_latin1", from, true, buildIsLatin1);
}
FlatSymbolRefAttr meld::adapters::inflate(Adapters &a, const Side &side) {
  return makeScan(a, "inflate", side, false, buildInflate);
}
FlatSymbolRefAttr meld::adapters::utf8ToUtf16(Adapters &a, const Route &r) {
  return makeCopy(a, "utf8_to_utf16", r, false, buildUtf8ToUtf16);
}
FlatSymbolRefAttr meld::adapters::utf16ToUtf8(Adapters &a, const Route &r) {
  return makeCopy(a, "utf16_to_utf8", r, false, buildUtf16ToUtf8);
}
FlatSymbolRefAttr meld::adapters::latin1ToUtf8(Adapters &a, const Route &r) {
  return makeCopy(a, "latin1_to_utf8", r, false, buildLatin1ToUtf8);
}
FlatSymbolRefAttr meld::adapters::latin1ToUtf16(Adapters &a, const Route &r) {
  return makeCopy(a, "latin1_to_utf16", r, false, buildLatin1ToUtf16);
}
FlatSymbolRefAttr meld::adapters::utf16ToAscii(Adapters &a, const Route &r) {
  return makeCopy(a, "utf16_to_ascii", r, true, [](Loop &b, Block &body) {
    buildNarrow(b, body, notAscii16, 0x80);
  });
}
FlatSymbolRefAttr meld::adapters::utf16ToLatin1(Adapters &a, const Route &r) {
  return makeCopy(a, "utf16_to_latin1", r, true, [](Loop &b, Block &body) {
    buildNarrow(b, body, notLatin16, 0x100);
  });
}
FlatSymbolRefAttr meld::adapters::latin1ToAscii(Adapters &a, const Route &r) {
  return makeCopy(a, "latin1_to_ascii", r, true, buildLatin1ToAscii);
}
FlatSymbolRefAttr meld::adapters::utf8ToLatin1(Adapters &a, const Route &r) {
  return makeCopy(a, "utf8_to_latin1", r, true, buildUtf8ToLatin1);
}
