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
#include "meld/Target/Wasm/Opcodes.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace meld::core {

/// A sink that listens to nothing. `kind` is an index space, `BlockType`,
/// `HeapType` (both s33) or `Access` (the bytes are alignment and memory).
struct NoSink {
  void index(Immediate kind, uint64_t from, uint64_t to, uint32_t index) {}
};

/// The type of a block: none, one result, or a function type.
struct BlockType {
  enum Kind : uint8_t { Empty, Value, Index } kind = Empty;
  ValType value;
  uint32_t index = 0;
};

/// A clause of try_table.
struct CatchClause {
  /// 0 catch, 1 catch_ref, 2 catch_all, 3 catch_all_ref.
  uint8_t kind;
  uint32_t tag, label;
  uint64_t at;

  bool hasTag() const { return kind < 2; }
  bool hasRef() const { return kind & 1; }
};

/// A clause of resume: `(on $tag $label)`, or `(on $tag switch)`.
struct HandlerClause {
  bool isSwitch;
  uint32_t tag, label;
  uint64_t at;
};

/// One decoded instruction. Only the members of its shape are set.
struct Instruction {
  const OpRow *row = nullptr;
  /// The offset of the opcode.
  uint64_t at = 0;
  /// Index, label, lane, count or flags, by the position of the immediate. Of
  /// an access the memory.
  uint32_t index[4];
  /// The literal of i32.const (sign-extended), i64.const, f32.const (bits),
  /// f64.const (bits); the offset of an access.
  uint64_t literal = 0;
  /// The alignment of an access, as a power of two.
  uint32_t alignment = 0;
  BlockType block;
  /// The first and second heap type.
  HeapType heap[2] = {HeapType::Unknown, HeapType::Unknown};
  /// v128.const and i8x16.shuffle.
  llvm::ArrayRef<uint8_t> bytes;
  /// br_table: its labels, the default one last.
  llvm::SmallVector<uint32_t, 8> labels;
  llvm::SmallVector<ValType, 1> types;
  llvm::SmallVector<CatchClause, 4> catches;
  llvm::SmallVector<HandlerClause, 4> handlers;

  Op op() const { return row->op; }
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

private:
  void unknown(uint64_t at);
  LLVM_ATTRIBUTE_ALWAYS_INLINE void immediate(Immediate kind, unsigned position,
                                              Instruction &out);
  void access(unsigned position, Instruction &out);
  void labels(Instruction &out);
  void types(Instruction &out);
  void catches(Instruction &out);
  void handlers(Instruction &out);
  uint32_t index(Immediate kind) {
    uint64_t from = in.offset();
    uint32_t value = in.u32("index");
    sink.index(kind, from, in.offset(), value);
    return value;
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

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

template <typename Sink> bool InstructionReader<Sink>::next(Instruction &out) {
  uint64_t at = in.offset();
  uint8_t byte = in.byte("instruction");
  const OpRow *row = oneByteOps[byte];
  if (LLVM_UNLIKELY(!row || in.failed())) {
    row = in.failed() || !isOpPrefix(byte)
              ? nullptr
              : findPrefixedOp(byte, in.u32("instruction"));
    if (!row || in.failed()) {
      unknown(at);
      return false;
    }
  }
  out.row = row;
  out.at = at;
  const Immediate *kind = immediatesOf(row->shape);
  for (unsigned position = 0; *kind != Immediate::End; ++kind, ++position)
    immediate(*kind, position, out);
  return !in.failed();
}

template <typename Sink> void InstructionReader<Sink>::unknown(uint64_t at) {
  if (in.failed())
    return;
  in.fail(Rule::unknown_opcode, at,
          "no instruction has the opcode 0x" +
              llvm::toHex(in.since(at), /*LowerCase=*/true));
}

template <typename Sink>
void InstructionReader<Sink>::immediate(Immediate kind, unsigned position,
                                        Instruction &out) {
  switch (kind) {
  case Immediate::Type:
  case Immediate::Function:
  case Immediate::Table:
  case Immediate::Memory:
  case Immediate::Global:
  case Immediate::Tag:
  case Immediate::Data:
  case Immediate::Elem:
    out.index[position] = index(kind);
    return;
  case Immediate::Local:
  case Immediate::Label:
  case Immediate::Field:
  case Immediate::Count:
    out.index[position] = in.u32("index");
    return;
  case Immediate::BlockType:
    out.block = blockType();
    return;
  case Immediate::HeapType:
    // `Cast` has two, in the third and fourth place.
    out.heap[position == 3] = heapType();
    return;
  case Immediate::Access:
    return access(position, out);
  case Immediate::I32:
    out.literal = uint64_t(int64_t(in.s32()));
    return;
  case Immediate::I64:
    out.literal = uint64_t(in.s64());
    return;
  case Immediate::F32:
    out.literal = in.fixed32();
    return;
  case Immediate::F64:
    out.literal = in.fixed64();
    return;
  case Immediate::V128:
  case Immediate::Shuffle:
    out.bytes = in.bytes(16, "literal");
    return;
  case Immediate::Lane:
    out.index[position] = in.byte("lane");
    return;
  case Immediate::CastFlags:
    out.index[position] = smallByte("flags of a cast", 3);
    return;
  case Immediate::Zero:
    out.index[position] = smallByte("reserved byte", 0);
    return;
  case Immediate::Labels:
    return labels(out);
  case Immediate::Types:
    return types(out);
  case Immediate::Catches:
    return catches(out);
  case Immediate::Handlers:
    return handlers(out);
  case Immediate::End:
    return;
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
void InstructionReader<Sink>::access(unsigned position, Instruction &out) {
  uint64_t at = in.offset();
  uint32_t flags = in.u32("alignment");
  if (flags >= 0x80)
    in.fail(Rule::unknown_code, at,
            "flags of an access are below 128, found " + llvm::Twine(flags));
  uint32_t memory = flags & 0x40 ? in.u32("memory index") : 0;
  sink.index(Immediate::Access, at, in.offset(), memory);
  out.alignment = flags & 0x3f;
  out.index[position] = memory;
  out.literal = in.u64("offset");
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

} // namespace meld::core

#endif // MELD_TARGET_WASM_INSTRUCTIONS_H
