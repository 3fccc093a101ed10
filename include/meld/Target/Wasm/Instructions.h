//===- Instructions.h - The decoder of function bodies ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one decoder of instructions, driven by the table of opcodes. It is a
// template over a *sink*, which is told each index that a merge may change
// with the bytes that hold it; `NoSink` costs nothing. What is bounds-checked
// here is the bytes; whether an index exists is for the validator.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_INSTRUCTIONS_H
#define MELD_TARGET_WASM_INSTRUCTIONS_H

#include "meld/Support/ByteReader.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/Instruction.h"
#include "llvm/ADT/StringExtras.h"

namespace meld::core {

/// A sink that listens to nothing. `kind` is an index space, `BlockType`,
/// `HeapType` (both s33) or `Access` (the bytes are alignment and memory).
struct NoSink {
  void index(Immediate kind, uint64_t from, uint64_t to, uint32_t index) {}
};

/// Reads value types, heap types and instructions. Errors stay in the reader.
template <typename Sink> class InstructionReader {
public:
  InstructionReader(ByteReader &in, Sink &sink) : in(in), sink(sink) {}

  /// The next instruction; false on an error.
  LLVM_ATTRIBUTE_ALWAYS_INLINE bool next(Instruction &out);

  /// A value type: number, vector or reference.
  ValType valueType(const char *what = "value type");
  HeapType heapType();
  BlockType blockType();

  /// The declarations of local variables, at the start of a body: calls
  /// `group(count, type)` for each. At most `limits::locals` in all.
  template <typename Group> void locals(Group group);

private:
  using Cursor = const uint8_t *;
  const OpRow *prefixed(uint8_t prefix, Cursor &cursor);
  LLVM_ATTRIBUTE_ALWAYS_INLINE void immediate(Immediate kind, unsigned position,
                                              Cursor &cursor, Instruction &out);
  LLVM_ATTRIBUTE_ALWAYS_INLINE void access(unsigned position, Cursor &cursor,
                                           Instruction &out);
  void labels(Instruction &out);
  void types(Instruction &out);
  void catches(Instruction &out);
  void handlers(Instruction &out);

  /// An index that the sink is told.
  uint32_t index(Immediate kind) {
    uint64_t from = in.offset();
    uint32_t value = in.u32("index");
    sink.index(kind, from, in.offset(), value);
    return value;
  }
  /// Lets the ByteReader read at `cursor`.
  template <typename Read>
  LLVM_ATTRIBUTE_ALWAYS_INLINE auto at(Cursor &cursor, Read read) {
    in.seek(cursor);
    if constexpr (std::is_void_v<decltype(read())>) {
      read();
      cursor = in.position();
    } else {
      auto value = read();
      cursor = in.position();
      return value;
    }
  }
  LLVM_ATTRIBUTE_ALWAYS_INLINE uint32_t u32(Cursor &cursor, const char *what) {
    if (LLVM_LIKELY(cursor != in.limit() && *cursor < 0x80))
      return *cursor++;
    return at(cursor, [&] { return in.u32(what); });
  }
  uint8_t smallByte(const char *what, uint8_t limit);

  ByteReader &in;
  Sink &sink;
};

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

template <typename Sink> HeapType InstructionReader<Sink>::heapType() {
  uint64_t at = in.offset();
  if (std::optional<uint8_t> byte = in.peek())
    if (std::optional<HeapType> heap = HeapType::fromByte(*byte)) {
      in.byte();
      return *heap;
    }
  int64_t index = in.s33("heap type");
  if (index < 0)
    in.fail(Rule::unknown_code, at,
            "no heap type has the code " + llvm::Twine(index));
  else if (index > limits::items)
    in.fail(Rule::index_bounds, at,
            "type index " + llvm::Twine(index) + " is out of bounds");
  else if (!in.failed())
    sink.index(Immediate::HeapType, at, in.offset(), index);
  return in.failed() ? HeapType(HeapType::Func)
                     : HeapType::concrete(uint32_t(index));
}

template <typename Sink>
ValType InstructionReader<Sink>::valueType(const char *what) {
  uint64_t at = in.offset();
  uint8_t code = in.byte(what);
  if (code >= ValType::V128 && code <= ValType::I32)
    return ValType::Number(code);
  if (code == 0x63 || code == 0x64)
    return ValType::ref(heapType(), code == 0x63);
  if (std::optional<HeapType> heap = HeapType::fromByte(code))
    return ValType::ref(*heap, true);
  in.fail(Rule::unknown_code, at,
          llvm::Twine("no ") + what + " has the code 0x" +
              llvm::utohexstr(code, /*LowerCase=*/true));
  return ValType::I32;
}

template <typename Sink> BlockType InstructionReader<Sink>::blockType() {
  uint64_t at = in.offset();
  uint8_t first = in.peek().value_or(0);
  if (first == 0x40) {
    in.byte();
    return {};
  }
  // One byte with the sign bit set: a value type.
  if (first >= 0x40 && first < 0x80)
    return {BlockType::Value, valueType("block type"), 0};
  int64_t index = in.s33("block type");
  if (!in.failed() && (index < 0 || index > limits::items)) {
    in.fail(index < 0 ? Rule::unknown_code : Rule::index_bounds, at,
            "no block type has the index " + llvm::Twine(index));
    index = 0;
  }
  sink.index(Immediate::BlockType, at, in.offset(), uint32_t(index));
  return {BlockType::Index, ValType(), uint32_t(index)};
}

template <typename Sink>
template <typename Group>
void InstructionReader<Sink>::locals(Group group) {
  uint64_t total = 0;
  for (uint32_t n = in.count("vector of locals"); n && !in.failed(); --n) {
    uint64_t at = in.offset();
    uint32_t count = in.u32("number of locals");
    total += count;
    if (total > limits::locals)
      in.fail(Rule::input_limit, at,
              "a function has more than " + llvm::Twine(limits::locals) +
                  " local variables");
    ValType type = valueType("type of locals");
    if (!in.failed())
      group(count, type);
  }
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

template <typename Sink> bool InstructionReader<Sink>::next(Instruction &out) {
  Cursor cursor = in.position();
  if (LLVM_UNLIKELY(cursor == in.limit())) {
    in.byte("instruction");
    return false;
  }
  out.at = in.offsetOf(cursor);
  uint8_t byte = *cursor++;
  const OpRow *row = oneByteOps[byte];
  if (LLVM_UNLIKELY(!row))
    row = prefixed(byte, cursor);
  if (LLVM_UNLIKELY(!row))
    return false;
  out.row = row;
  switch (row->shape) {
#define MELD_SHAPE(name, first, second, third, fourth)                         \
  case Shape::name:                                                            \
    immediate(Immediate::first, 0, cursor, out);                               \
    immediate(Immediate::second, 1, cursor, out);                              \
    immediate(Immediate::third, 2, cursor, out);                               \
    immediate(Immediate::fourth, 3, cursor, out);                              \
    break;
#include "meld/Target/Wasm/Opcodes.def"
  }
  if (LLVM_UNLIKELY(in.failed()))
    return false;
  in.seek(cursor);
  return true;
}

/// The row of an instruction that is not one byte; null after an error.
template <typename Sink>
const OpRow *InstructionReader<Sink>::prefixed(uint8_t prefix, Cursor &cursor) {
  in.seek(cursor);
  uint64_t at = in.offset() - 1;
  const OpRow *row = isOpPrefix(prefix)
                         ? findPrefixedOp(prefix, in.u32("instruction"))
                         : nullptr;
  cursor = in.position();
  if (!row && !in.failed())
    in.fail(Rule::unknown_opcode, at,
            "no instruction has the opcode 0x" +
                llvm::toHex(in.since(at), /*LowerCase=*/true));
  return in.failed() ? nullptr : row;
}

/// One immediate. `kind` is a constant wherever this is called, so that only
/// its case is left.
template <typename Sink>
void InstructionReader<Sink>::immediate(Immediate kind, unsigned position,
                                        Cursor &cursor, Instruction &out) {
  switch (kind) {
  case Immediate::End:
    return;
  case Immediate::Type:
  case Immediate::Function:
  case Immediate::Table:
  case Immediate::Memory:
  case Immediate::Global:
  case Immediate::Tag:
  case Immediate::Data:
  case Immediate::Elem: {
    Cursor from = cursor;
    out.index[position] = u32(cursor, "index");
    sink.index(kind, in.offsetOf(from), in.offsetOf(cursor),
               out.index[position]);
    return;
  }
  case Immediate::Local:
  case Immediate::Label:
  case Immediate::Field:
  case Immediate::Count:
    out.index[position] = u32(cursor, "index");
    return;
  case Immediate::BlockType:
    out.block = at(cursor, [&] { return blockType(); });
    return;
  case Immediate::HeapType:
    // `Cast` has two, in the third and fourth place.
    out.heap[position == 3] = at(cursor, [&] { return heapType(); });
    return;
  case Immediate::Access:
    return access(position, cursor, out);
  case Immediate::I32:
    out.literal = uint64_t(at(cursor, [&] { return int64_t(in.s32()); }));
    return;
  case Immediate::I64:
    out.literal = uint64_t(at(cursor, [&] { return in.s64(); }));
    return;
  case Immediate::F32:
    out.literal = at(cursor, [&] { return in.fixed32(); });
    return;
  case Immediate::F64:
    out.literal = at(cursor, [&] { return in.fixed64(); });
    return;
  case Immediate::V128:
  case Immediate::Shuffle:
    out.bytes = at(cursor, [&] { return in.bytes(16, "literal"); });
    return;
  case Immediate::Lane:
    out.index[position] = at(cursor, [&] { return in.byte("lane"); });
    return;
  case Immediate::CastFlags:
    out.index[position] =
        at(cursor, [&] { return smallByte("flags of a cast", 3); });
    return;
  case Immediate::Zero:
    out.index[position] =
        at(cursor, [&] { return smallByte("reserved byte", 0); });
    return;
  case Immediate::Labels:
    return at(cursor, [&] { labels(out); });
  case Immediate::Types:
    return at(cursor, [&] { types(out); });
  case Immediate::Catches:
    return at(cursor, [&] { catches(out); });
  case Immediate::Handlers:
    return at(cursor, [&] { handlers(out); });
  }
}

template <typename Sink>
uint8_t InstructionReader<Sink>::smallByte(const char *what, uint8_t limit) {
  uint64_t at = in.offset();
  uint8_t value = in.byte(what);
  if (value > limit)
    in.fail(Rule::unknown_code, at,
            llvm::Twine(what) + " is at most " + llvm::Twine(unsigned(limit)) +
                ", found " + llvm::Twine(unsigned(value)));
  return value;
}

/// Alignment (bit 6: a memory index follows) and offset.
template <typename Sink>
void InstructionReader<Sink>::access(unsigned position, Cursor &cursor,
                                     Instruction &out) {
  Cursor from = cursor;
  uint32_t flags = u32(cursor, "alignment");
  uint32_t memory = flags & 0x40 ? u32(cursor, "memory index") : 0;
  sink.index(Immediate::Access, in.offsetOf(from), in.offsetOf(cursor), memory);
  out.alignment = flags & 0x3f;
  out.index[position] = memory;
  out.literal = LLVM_LIKELY(cursor != in.limit() && *cursor < 0x80)
                    ? *cursor++
                    : at(cursor, [&] { return in.u64("offset"); });
  if (LLVM_UNLIKELY(flags >= 0x80))
    in.fail(Rule::unknown_code, in.offsetOf(from),
            "flags of an access are below 128, found " + llvm::Twine(flags));
}

template <typename Sink>
void InstructionReader<Sink>::labels(Instruction &out) {
  out.labels.clear();
  uint32_t n = in.count("vector of labels");
  for (; n && !in.failed(); --n)
    out.labels.push_back(in.u32("label"));
  out.labels.push_back(in.u32("label"));
}

template <typename Sink> void InstructionReader<Sink>::types(Instruction &out) {
  out.types.clear();
  uint32_t n = in.count("vector of types");
  for (; n && !in.failed(); --n)
    out.types.push_back(valueType());
}

template <typename Sink>
void InstructionReader<Sink>::catches(Instruction &out) {
  out.catches.clear();
  uint32_t n = in.count("vector of catch clauses");
  for (; n && !in.failed(); --n) {
    uint64_t at = in.offset();
    CatchClause clause = {smallByte("kind of a catch clause", 3), 0, 0, at};
    if (clause.hasTag())
      clause.tag = index(Immediate::Tag);
    clause.label = in.u32("label");
    out.catches.push_back(clause);
  }
}

template <typename Sink>
void InstructionReader<Sink>::handlers(Instruction &out) {
  out.handlers.clear();
  uint32_t n = in.count("vector of handlers");
  for (; n && !in.failed(); --n) {
    uint64_t at = in.offset();
    bool isSwitch = smallByte("kind of a handler", 1);
    HandlerClause clause = {isSwitch, index(Immediate::Tag), 0, at};
    if (!isSwitch)
      clause.label = in.u32("label");
    out.handlers.push_back(clause);
  }
}

/// Passes over a constant expression, up to and with its `end`; its bytes, or
/// nothing after an error.
llvm::ArrayRef<uint8_t> readExpression(ByteReader &in);

} // namespace meld::core

#endif // MELD_TARGET_WASM_INSTRUCTIONS_H
