//===- TextLoop.h - one loop over text --------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_ADAPTERS_TEXTLOOP_H
#define MELD_LIB_ADAPTERS_TEXTLOOP_H

#include "Shared.h"

namespace meld::adapters {

/// Bits that no character of a kind has, of bytes and of 16-bit units.
inline constexpr int64_t notAscii = int64_t(0x8080808080808080);
inline constexpr int64_t notAscii16 = int64_t(0xff80ff80ff80ff80);
inline constexpr int64_t notLatin16 = int64_t(0xff00ff00ff00ff00);

/// The code of one loop over text: two memories, a cursor in each, an end. Most
/// text is ASCII, so each loop first takes as much at once as it may: vectors
/// of 16 bytes where the style of the adapters has them, then eight bytes.
struct TextLoop : Code {
  TextLoop(mlir::Location loc, mlir::Block *body, const Side &from,
           const Side &to, const Style &style)
      : Code(loc, body), from(from.memory), to(to.memory), style(style) {}

  Value and_(Value a, int64_t c) { return binary(And, a, c); }
  Value or_(Value a, int64_t c) { return binary(Or, a, c); }
  Value or_(Value a, Value c) { return binary(Or, a, c); }
  Value shl(Value a, int64_t c) { return binary(wasm::BinaryKind::shl, a, c); }
  Value shr(Value a, int64_t c) {
    return binary(wasm::BinaryKind::shr_u, a, c);
  }
  Value add(Value a, int64_t c) { return binary(wasm::BinaryKind::add, a, c); }
  Value add(Value a, Value c) { return binary(wasm::BinaryKind::add, a, c); }
  Value sub(Value a, Value c) { return binary(wasm::BinaryKind::sub, a, c); }
  Value below(Value a, int64_t c) {
    return compare(wasm::CompareKind::lt_u, a, c);
  }
  Value equal(Value a, int64_t c) {
    return compare(wasm::CompareKind::eq, a, c);
  }
  /// Whether a cursor is at `end`, which is 0 where text ends with the last of
  /// all addresses: addresses are never ordered, only told apart or subtracted.
  Value isAt(Value cursor, Value end) {
    return compare(wasm::CompareKind::eq, cursor, end);
  }
  /// The same, or behind `end`: for loops that trust a first byte or unit to
  /// say how many follow, though a realloc could have written over the text.
  Value reaches(Value cursor, Value end) {
    return compare(wasm::CompareKind::le_s, sub(end, cursor), 0);
  }

  Value byte(Value at, uint64_t offset = 0) {
    return load(getI32Type(), from, at, offset, wasm::Width::u8);
  }
  Value unit(Value at, uint64_t offset = 0) {
    return load(getI32Type(), from, at, offset, wasm::Width::u16);
  }
  Value eight(Value at, uint64_t offset = 0) {
    return load(getI64Type(), from, at, offset);
  }
  Value sixteen(Value at, uint64_t offset = 0) {
    return load(getV128Type(), from, at, offset);
  }
  void putByte(Value at, uint64_t offset, Value value) {
    store(to, at, offset, value, wasm::Width::u8);
  }
  void putUnit(Value at, uint64_t offset, Value value) {
    store(to, at, offset, value, wasm::Width::u16);
  }
  void advance(Value variable, int64_t by) {
    set(variable, add(get(variable), by));
  }

  mlir::Type getV128Type() { return wasm::V128Type::get(getContext()); }
  Value vector(wasm::VectorKind kind, mlir::ValueRange inputs);

  using TakeEight = llvm::function_ref<void(Value at, Value eight)>;
  using TakeVectors = llvm::function_ref<void(Value at, llvm::ArrayRef<Value>)>;

  /// While eight bytes are left in front of `end`, and have no bit of `mask`:
  /// runs `take` with their address and goes on behind them.
  void whileEight(Value cursor, Value end, int64_t mask, TakeEight take);
  /// The same with `count` vectors; nothing where the style has none.
  void whileVectors(Value cursor, Value end, unsigned count, int64_t mask,
                    TakeVectors take);

  /// Runs `wide`, which takes what it can at once, then `one` again and again,
  /// which takes one character: it leaves by its first label at the end of the
  /// text, and by the second where `wide` may go on, behind ASCII. Text without
  /// ASCII thus never looks for it in blocks.
  void forEach(llvm::function_ref<void()> wide,
               llvm::function_ref<void(Value done, Value again)> one);

  /// Passes over text of which 16 bytes, then eight, have no bit of `mask`.
  void skipBlocks(Value cursor, Value end, int64_t mask);

  /// Passes over text that has no bit of `mask`, from `cursor`, which is
  /// `count` bytes in front of `end`. Returns from the function with `results`
  /// where that is all of it.
  void skip(Value cursor, Value count, Value end, int64_t mask,
            llvm::function_ref<Values()> results);

  mlir::FlatSymbolRefAttr from, to;
  const Style &style;

private:
  static constexpr auto And = wasm::BinaryKind::and_;
  static constexpr auto Or = wasm::BinaryKind::or_;
  using Mask = std::pair<int64_t, Value>;

  Value tooFew(Value at, Value end, int64_t bytes) {
    return below(sub(end, at), bytes);
  }
  /// The mask for `has`, made before the loop.
  Mask makeMask(int64_t mask);
  Value has(const Mask &mask, llvm::ArrayRef<Value> vectors);
  void skipMany(Value cursor, Value end, int64_t mask);
  void skipLastBytes(Value cursor, Value count, Value end, int64_t mask,
                     llvm::function_ref<Values()> results);
};

/// The two cursors of a function (to, from, count).
struct TextCursors {
  TextCursors(TextLoop &b, mlir::Block &body, bool wide)
      : to(b.variable(body.getArgument(0))),
        from(b.variable(body.getArgument(1))),
        end(b.add(body.getArgument(1), wide ? b.shl(body.getArgument(2), 1)
                                            : body.getArgument(2))) {}
  mlir::Value to, from, end;
};

/// ASCII in front of the cursors goes from bytes to bytes.
void copyAscii(TextLoop &b, const TextCursors &at);

/// Units in front of the cursors that have no bit of `mask` become bytes.
void narrowUnits(TextLoop &b, const TextCursors &at, int64_t mask);

// Bodies of the functions of Transcoders.h.

void buildCheckUtf8(TextLoop &b, mlir::Block &body);
void buildCheckUtf16(TextLoop &b, mlir::Block &body);
void buildIsLatin1(TextLoop &b, mlir::Block &body);

void buildUtf16ToAscii(TextLoop &b, mlir::Block &body);
void buildUtf16ToLatin1(TextLoop &b, mlir::Block &body);
void buildLatin1ToAscii(TextLoop &b, mlir::Block &body);
void buildUtf8ToLatin1(TextLoop &b, mlir::Block &body);

void buildUtf8ToUtf16(TextLoop &b, mlir::Block &body);
void buildLatin1ToUtf16(TextLoop &b, mlir::Block &body);
void buildInflate(TextLoop &b, mlir::Block &body);

void buildUtf16ToUtf8(TextLoop &b, mlir::Block &body);
void buildLatin1ToUtf8(TextLoop &b, mlir::Block &body);

} // namespace meld::adapters

#endif // MELD_LIB_ADAPTERS_TEXTLOOP_H
