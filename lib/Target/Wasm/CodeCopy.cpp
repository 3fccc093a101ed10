//===- CodeCopy.cpp - Instructions with new indices -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeCopy.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/CodeScan.h"

#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::wasm;
using core::Immediate;

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

/// What is written after a piece is shorter than this.
static constexpr ptrdiff_t slack = 32;

void CodeCopy::begin() {
  copied = in.offset();
  to = out.grow(in.remaining() + in.remaining() / 4 + slack);
  limit = out.end();
}

void CodeCopy::finish() {
  flush(in.offset());
  out.truncate(out.size() - (limit - to));
}

void CodeCopy::makeRoom(size_t size) {
  size_t used = out.size() - (limit - to);
  out.grow(out.size() + size);
  to = &out[used];
  limit = out.end();
}

void CodeCopy::flush(uint64_t end) {
  if (in.failed())
    return;
  llvm::ArrayRef<uint8_t> piece = in.between(copied, end);
  copied = end;
  if (LLVM_UNLIKELY(limit - to < ptrdiff_t(piece.size()) + slack))
    makeRoom(piece.size() + slack);
  // Pieces are short: sixteen bytes and more are there on both sides, except
  // at the end of the input.
  const uint8_t *from = piece.data();
  if (LLVM_LIKELY(piece.size() <= 16 && in.limit() - from >= 16))
    memcpy(to, from, 16);
  else
    memcpy(to, from, piece.size());
  to += piece.size();
}

void CodeCopy::u(uint32_t value) {
  if (LLVM_LIKELY(value < 0x80))
    *to++ = char(value);
  else
    to += llvm::encodeULEB128(value, reinterpret_cast<uint8_t *>(to));
}

void CodeCopy::s(int64_t value) {
  to += llvm::encodeSLEB128(value, reinterpret_cast<uint8_t *>(to));
}

//===----------------------------------------------------------------------===//
// Indices
//===----------------------------------------------------------------------===//

uint32_t CodeCopy::newNumber(Immediate kind, uint64_t at, uint32_t old) {
  const llvm::SmallVector<uint32_t> &list = numbers[spaceOf(kind)];
  if (LLVM_LIKELY(old < list.size() && list[old] != dropped))
    return list[old];
  failIndex(kind, at, old);
  return 0;
}

void CodeCopy::failIndex(Immediate kind, uint64_t at, uint32_t old) {
  size_t size = numbers[spaceOf(kind)].size();
  if (old < size)
    in.fail(Rule::index_bounds, at,
            "index " + llvm::Twine(old) + " is dropped in the `wasm.space`");
  else
    in.fail(Rule::index_bounds, at,
            "index " + llvm::Twine(old) +
                " is not in the `wasm.space`, which has " + llvm::Twine(size));
}

void CodeCopy::index(Immediate kind, uint64_t from, uint64_t end,
                     uint32_t old) {
  if (in.failed())
    return;
  uint32_t number = newNumber(kind, from, old);
  if (references && instruction.row && instruction.op() == core::Op::RefFunc)
    references->push_back(number);
  // What stays as it is, and is as short as can be, belongs to the piece.
  if (number == old && end == from + 1)
    return;
  flush(from);
  copied = end;
  write(kind, from, end, number);
  if (LLVM_UNLIKELY(pieces != nullptr))
    notePiece(end);
}

void CodeCopy::write(Immediate kind, uint64_t from, uint64_t end,
                     uint32_t number) {
  switch (kind) {
  case Immediate::BlockType:
  case Immediate::HeapType:
    return s(number);
  case Immediate::Access: {
    // Bit 6 of the alignment says that a memory index follows.
    uint32_t alignment = in.between(from, end).front() & 0x3f;
    *to++ = char(alignment | (number ? 0x40 : 0));
    if (number)
      u(number);
    return;
  }
  default:
    return u(number);
  }
}

void CodeCopy::notePiece(uint64_t input) {
  size_t written = out.size() - (limit - to);
  uint32_t from = input - inputStart, position = written - outputStart;
  const core::OffsetMap::Piece &last = pieces->back();
  if (position - from != last.output - last.input)
    pieces->push_back({position, from});
}

void CodeCopy::element() {
  uint64_t at = in.offset();
  uint32_t old = in.u32("element");
  if (in.failed())
    return;
  uint32_t number = newNumber(Immediate::Function, at, old);
  out.u(number);
  if (references)
    references->push_back(number);
}

void CodeCopy::expression() {
  begin();
  core::CodeScan<CodeCopy>(in, *this, instruction, movesMemory(numbers))
      .expression();
  finish();
}

void CodeCopy::locals() {
  begin();
  core::InstructionReader<CodeCopy> reader(in, *this);
  reader.locals([](uint32_t, core::ValType) {});
  finish();
}

void CodeCopy::type(core::ValType type) {
  if (!type.isRef())
    return out.byte(uint8_t(type.bits()));
  core::HeapType heap = type.heap();
  if (heap.isConcrete() || !type.isNullable())
    out.byte(type.isNullable() ? 0x63 : 0x64);
  if (heap.isConcrete())
    out.s(newNumber(Immediate::HeapType, in.offset(), heap.index()));
  else
    out.byte(heap.abstract());
}
