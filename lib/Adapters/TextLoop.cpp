//===- TextLoop.cpp - one loop over text ------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TextLoop.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;
using meld::wasm::CompareKind;
using meld::wasm::VectorKind;

Value TextLoop::vector(VectorKind kind, ValueRange inputs) {
  bool answers =
      kind == VectorKind::any_true || kind == VectorKind::i8x16_bitmask;
  return wasm::VectorOp::create(*this, answers ? getI32Type() : getV128Type(),
                                kind, inputs);
}

TextLoop::Mask TextLoop::makeMask(int64_t mask) {
  // The highest bits of bytes have an instruction of their own.
  if (mask == 0 || mask == notAscii)
    return {mask, Value()};
  Value bits = constant(getI64Type(), mask);
  return {mask, vector(VectorKind::i64x2_splat, bits)};
}

Value TextLoop::has(const Mask &mask, ArrayRef<Value> vectors) {
  // Neighbours first, so that no instruction waits for all before it.
  Values all(vectors);
  for (size_t width = 1; width < all.size(); width *= 2)
    for (size_t i = 0; i + width < all.size(); i += 2 * width)
      all[i] = vector(VectorKind::or_, {all[i], all[i + width]});
  if (mask.first == notAscii)
    return vector(VectorKind::i8x16_bitmask, all[0]);
  return vector(VectorKind::any_true,
                vector(VectorKind::and_, {all[0], mask.second}));
}

void TextLoop::whileEight(Value cursor, Value end, int64_t mask,
                          TakeEight take) {
  forever([&](Value done, Value) {
    Value at = get(cursor);
    leaveIf(done, tooFew(at, end, 8));
    Value bytes = eight(at);
    if (mask)
      leaveIf(done, compare(CompareKind::ne, and_(bytes, mask), 0));
    take(at, bytes);
    advance(cursor, 8);
  });
}

void TextLoop::whileVectors(Value cursor, Value end, unsigned count,
                            int64_t mask, TakeVectors take) {
  if (!style.vectors)
    return;
  Mask bits = makeMask(mask);
  forever([&](Value done, Value) {
    Value at = get(cursor);
    leaveIf(done, tooFew(at, end, 16 * count));
    Values vectors;
    for (unsigned i = 0; i < count; ++i)
      vectors.push_back(sixteen(at, 16 * i));
    if (mask)
      leaveIf(done, has(bits, vectors));
    take(at, vectors);
    advance(cursor, 16 * count);
  });
}

void TextLoop::forEach(llvm::function_ref<void()> wide,
                       llvm::function_ref<void(Value, Value)> one) {
  forever([&](Value done, Value) {
    wide();
    forever([&](Value again, Value) { one(done, again); });
  });
}

void TextLoop::skipBlocks(Value cursor, Value end, int64_t mask) {
  whileVectors(cursor, end, 1, mask, [](Value, ArrayRef<Value>) {});
  whileEight(cursor, end, mask, [](Value, Value) {});
}

void TextLoop::skipMany(Value cursor, Value end, int64_t mask) {
  if (style.vectors)
    return whileVectors(cursor, end, 4, mask, [](Value, ArrayRef<Value>) {});
  forever([&](Value done, Value) {
    Value at = get(cursor);
    leaveIf(done, tooFew(at, end, 32));
    Value low = or_(eight(at), eight(at, 8));
    Value all = or_(low, or_(eight(at, 16), eight(at, 24)));
    leaveIf(done, compare(CompareKind::ne, and_(all, mask), 0));
    advance(cursor, 32);
  });
}

/// Many bytes at once pay off in long text only; a loop more costs short text
/// one comparison.
void TextLoop::skip(Value cursor, Value count, Value end, int64_t mask,
                    llvm::function_ref<Values()> results) {
  if (!style.small)
    skipMany(cursor, end, mask);
  skipBlocks(cursor, end, mask);
  if (!style.small)
    skipLastBytes(cursor, count, end, mask, results);
}

/// The last bytes together with some in front of them, which have been seen.
void TextLoop::skipLastBytes(Value cursor, Value count, Value end, int64_t mask,
                             llvm::function_ref<Values()> results) {
  Value near = tooFew(get(cursor), end, 8);
  Value enough = compare(CompareKind::ge_u, count, 8);
  when(binary(And, near, enough), [&] {
    Value last = eight(add(end, -8));
    when(compare(CompareKind::eq, and_(last, mask), 0),
         [&] { giveBack(results()); });
  });
}

void meld::adapters::copyAscii(TextLoop &b, const TextCursors &at) {
  b.whileVectors(at.from, at.end, 1, notAscii,
                 [&](Value, ArrayRef<Value> bytes) {
                   b.store(b.to, b.get(at.to), 0, bytes[0]);
                   b.advance(at.to, 16);
                 });
  b.whileEight(at.from, at.end, notAscii, [&](Value, Value bytes) {
    b.store(b.to, b.get(at.to), 0, bytes);
    b.advance(at.to, 8);
  });
}
