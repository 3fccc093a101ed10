//===- CodeScan.h - Only the indices in code --------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most instructions have one byte and at most one short immediate, and nothing
// to tell to who only looks for indices. A table says so for all values of the
// first byte, and by which bits of the bytes behind it the few others are told
// apart: those, and what stands at the end of the bytes, are decoded. So an
// instruction costs one load and one compare instead of its decoding.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_CODESCAN_H
#define MELD_TARGET_WASM_CODESCAN_H

#include "meld/Target/Wasm/Instructions.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Endian.h"

namespace meld::core {

/// How a scan passes over the instructions that start with one byte.
struct ScanRow {
  /// What is done where the bits below differ.
  enum Step : uint8_t {
    /// The decoder reads it.
    Decode,
    /// An integer of up to 32 or 64 bits, a float, a block type, an access.
    Integer,
    LongInteger,
    Float,
    Double,
    Block,
    Access,
    /// One index of a function or global; a type and a table.
    Function,
    Global,
    TypeTable,
  };

  /// If the bits `mask` of the first four bytes are `wanted`, the instruction
  /// has `size` bytes, 3 at most, and no index.
  uint32_t mask;
  uint16_t wanted;
  uint8_t size;
  int8_t nesting;
};

struct ScanTable {
  ScanRow rows[256];
  ScanRow::Step steps[256];
};

/// By the first byte. Accesses of memory 0 are told in one of them only.
extern const ScanTable scanWithAccesses, scanWithoutAccesses;

/// Tells the sink the indices of expressions, as InstructionReader does, except
/// that accesses of memory 0 are left out where `accesses` is false. Of
/// `current` only the row is set, and only when the sink is told something.
template <typename Sink> class CodeScan {
public:
  CodeScan(ByteReader &in, Sink &sink, Instruction &current, bool accesses)
      : in(in), sink(sink), current(current), reader(in, sink),
        table(accesses ? scanWithAccesses : scanWithoutAccesses),
        accesses(accesses) {}

  /// Passes over instructions up to the `end` that closes the expression.
  /// Errors stay in the reader.
  void expression();

private:
  using Cursor = const uint8_t *;
  /// The longest that a step reads beyond the first byte.
  static constexpr ptrdiff_t reach = 16;

  /// Passes over the instruction at `cursor`; false if it has to be decoded.
  LLVM_ATTRIBUTE_ALWAYS_INLINE bool step(Cursor &cursor);
  /// Passes over an integer of up to `limit` bytes, which all values of that
  /// length have.
  static bool integer(Cursor &cursor, unsigned limit) {
    uint64_t word = llvm::support::endian::read64le(cursor);
    unsigned size = llvm::countr_zero(~word & 0x8080808080808080) / 8 + 1;
    cursor += size;
    return size <= limit;
  }
  bool blockType(Cursor &cursor);
  LLVM_ATTRIBUTE_ALWAYS_INLINE bool access(Cursor &cursor);
  /// An index of up to four bytes; nothing is told yet if it is longer.
  LLVM_ATTRIBUTE_ALWAYS_INLINE static bool index(Cursor &cursor,
                                                 uint32_t &value) {
    value = *cursor++;
    if (LLVM_LIKELY(value < 0x80))
      return true;
    value &= 0x7f;
    for (unsigned shift = 7; shift < 28; shift += 7) {
      uint8_t byte = *cursor++;
      value |= uint32_t(byte & 0x7f) << shift;
      if (byte < 0x80)
        return true;
    }
    return false;
  }
  LLVM_ATTRIBUTE_ALWAYS_INLINE
  void tell(Immediate kind, Cursor from, Cursor to, uint32_t value) {
    current.row = oneByteOps[*opcode];
    sink.index(kind, in.offsetOf(from), in.offsetOf(to), value);
  }

  ByteReader &in;
  Sink &sink;
  Instruction &current;
  InstructionReader<Sink> reader;
  const ScanTable &table;
  const bool accesses;
  /// Of the step.
  Cursor opcode = nullptr;
};

template <typename Sink> void CodeScan<Sink>::expression() {
  const ScanRow *rows = table.rows; // not read again after each call
  Cursor cursor = in.position(), end = in.limit();
  for (int depth = 1; depth;) {
    if (LLVM_LIKELY(end - cursor >= 4)) {
      uint32_t word = llvm::support::endian::read32le(cursor);
      const ScanRow &row = rows[word & 0xff];
      if (LLVM_LIKELY(!((word ^ row.wanted) & row.mask))) {
        cursor += row.size;
        depth += row.nesting;
        continue;
      }
      Cursor after = cursor;
      if (LLVM_LIKELY(end - cursor >= reach) && step(after)) {
        cursor = after;
        depth += row.nesting;
        continue;
      }
    }
    in.seek(cursor);
    if (LLVM_UNLIKELY(!reader.next(current)))
      return;
    depth += current.row->nesting;
    cursor = in.position();
  }
  in.seek(cursor);
}

template <typename Sink> bool CodeScan<Sink>::step(Cursor &cursor) {
  opcode = cursor++;
  Cursor from = cursor;
  uint32_t first, second;
  switch (table.steps[*opcode]) {
  case ScanRow::Decode:
    return false;
  case ScanRow::Integer:
    return integer(cursor, 4);
  case ScanRow::LongInteger:
    return integer(cursor, 8);
  case ScanRow::Float:
    cursor += 4;
    return true;
  case ScanRow::Double:
    cursor += 8;
    return true;
  case ScanRow::Block:
    return blockType(cursor);
  case ScanRow::Access:
    return access(cursor);
  case ScanRow::Function:
  case ScanRow::Global:
    if (!index(cursor, first))
      return false;
    tell(table.steps[*opcode] == ScanRow::Function ? Immediate::Function
                                                   : Immediate::Global,
         from, cursor, first);
    return true;
  case ScanRow::TypeTable: {
    if (!index(cursor, first))
      return false;
    Cursor middle = cursor;
    if (!index(cursor, second))
      return false;
    tell(Immediate::Type, from, middle, first);
    tell(Immediate::Table, middle, cursor, second);
    return true;
  }
  }
  return false;
}

/// A number type or a short type index. (That there is none is in the table.)
template <typename Sink> bool CodeScan<Sink>::blockType(Cursor &cursor) {
  uint8_t byte = *cursor++;
  if (byte < 0x40)
    tell(Immediate::BlockType, cursor - 1, cursor, byte);
  return byte < 0x40 || (byte >= ValType::V128 && byte <= ValType::I32);
}

/// An access of memory 0.
template <typename Sink> bool CodeScan<Sink>::access(Cursor &cursor) {
  Cursor from = cursor;
  if (*cursor++ >= 0x40 || !integer(cursor, 8))
    return false;
  if (accesses)
    tell(Immediate::Access, from, from + 1, 0);
  return true;
}

} // namespace meld::core

#endif // MELD_TARGET_WASM_CODESCAN_H
