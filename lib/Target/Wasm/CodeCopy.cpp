//===- CodeCopy.cpp - Instructions with new indices -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeCopy.h"
#include "meld/Support/Rules.h"

#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::wasm;
using core::Immediate;

/// The index space that an immediate of `kind` counts.
static unsigned spaceOf(Immediate kind) {
  switch (kind) {
  case Immediate::BlockType:
  case Immediate::HeapType:
    return unsigned(Immediate::Type);
  case Immediate::Access:
    return unsigned(Immediate::Memory);
  default:
    return unsigned(kind);
  }
}

uint32_t CodeCopy::newNumber(Immediate kind, uint64_t at, uint32_t old) {
  const llvm::SmallVector<uint32_t> &list = numbers[spaceOf(kind)];
  if (LLVM_LIKELY(old < list.size() && list[old] != dropped))
    return list[old];
  if (old < list.size())
    in.fail(Rule::index_bounds, at,
            "index " + llvm::Twine(old) + " is dropped in the `wasm.space`");
  else
    in.fail(Rule::index_bounds, at,
            "index " + llvm::Twine(old) +
                " is not in the `wasm.space`, which has " +
                llvm::Twine(list.size()));
  return 0;
}

void CodeCopy::flush(uint64_t to) {
  if (!in.failed())
    out.raw(llvm::toStringRef(in.between(copied, to)));
  copied = to;
}

void CodeCopy::index(Immediate kind, uint64_t from, uint64_t to, uint32_t old) {
  if (in.failed())
    return;
  uint32_t number = newNumber(kind, from, old);
  flush(from);
  copied = to;
  if (references && instruction.row && instruction.op() == core::Op::RefFunc)
    references->push_back(number);
  write(kind, from, to, number);
  if (LLVM_UNLIKELY(pieces != nullptr))
    notePiece(to);
}

void CodeCopy::write(Immediate kind, uint64_t from, uint64_t to,
                     uint32_t number) {
  switch (kind) {
  case Immediate::BlockType:
  case Immediate::HeapType:
    return out.s(number);
  case Immediate::Access: {
    // Bit 6 of the alignment says that a memory index follows.
    uint32_t alignment = in.between(from, to).front() & 0x3f;
    out.u(alignment | (number ? 0x40 : 0));
    if (number)
      out.u(number);
    return;
  }
  default:
    return out.u(number);
  }
}

void CodeCopy::notePiece(uint64_t input) {
  uint32_t from = input - inputStart, to = out.size() - outputStart;
  const core::OffsetMap::Piece &last = pieces->back();
  if (to - from != last.output - last.input)
    pieces->push_back({to, from});
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
  core::InstructionReader<CodeCopy> reader(in, *this);
  for (int depth = 1; depth && reader.next(instruction);)
    depth += instruction.row->nesting;
  flush(in.offset());
}

void CodeCopy::locals() {
  begin();
  core::InstructionReader<CodeCopy> reader(in, *this);
  reader.locals([](uint32_t, core::ValType) {});
  flush(in.offset());
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
