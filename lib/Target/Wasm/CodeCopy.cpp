//===- CodeCopy.cpp - Instructions with new indices -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeCopy.h"

#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::wasm;

uint32_t CodeCopy::newNumber(IndexKind kind, uint64_t at, uint32_t old) {
  const llvm::SmallVector<uint32_t> &list = numbers[unsigned(kind)];
  if (old < list.size())
    return list[old];
  in.fail(Rule::index_bounds, at,
          "index " + llvm::Twine(old) +
              " is not in the `wasm.space`, which has " +
              llvm::Twine(list.size()));
  return 0;
}

void CodeCopy::index(IndexKind kind) {
  uint64_t at = in.offset();
  uint32_t old = in.u32("index");
  if (!in.failed())
    out.u(newNumber(kind, at, old));
}

void CodeCopy::expression() {
  depth = 1;
  while (depth && !in.failed()) {
    uint8_t opcode = in.byte("instruction");
    if (in.failed())
      return;
    out.byte(opcode);
    instruction(opcode);
  }
}

/// A block type: none, a value type, or the index of a function type.
void CodeCopy::blockType() {
  uint64_t at = in.offset();
  int64_t type = in.s33("block type");
  if (in.failed())
    return;
  out.s(type < 0 ? type : newNumber(IndexKind::Type, at, uint32_t(type)));
}

/// Alignment (bit 6: a memory index follows) and offset.
void CodeCopy::memoryArgument() {
  uint64_t at = in.offset();
  uint32_t alignment = in.u32("alignment");
  uint32_t old = alignment & 0x40 ? in.u32("memory index") : 0;
  if (in.failed())
    return;
  uint32_t memory = newNumber(IndexKind::Memory, at, old);
  out.u((alignment & ~0x40u) | (memory ? 0x40 : 0));
  if (memory)
    out.u(memory);
  same([&] { in.u64("offset"); });
}

void CodeCopy::brTable() {
  same([&] {
    for (uint32_t n = in.count("vector of labels"); n && !in.failed(); --n)
      in.u32();
    in.u32();
  });
}

void CodeCopy::tryTable() {
  blockType();
  uint32_t n = in.count("vector of catches");
  out.u(n);
  for (; n && !in.failed(); --n) {
    uint8_t kind = in.byte("catch");
    out.byte(kind);
    if (kind < 2)
      index(IndexKind::Tag);
    sameU32();
  }
}

void CodeCopy::instruction(uint8_t opcode) {
  uint64_t at = in.offset() - 1;
  switch (opcode) {
  case 0x02: // block, loop, if
  case 0x03:
  case 0x04:
    ++depth;
    return blockType();
  case 0x1f:
    ++depth;
    return tryTable();
  case 0x0b: // end
    --depth;
    return;
  case 0x08: // throw
    return index(IndexKind::Tag);
  case 0x0e:
    return brTable();
  case 0x10: // call, return_call, ref.func
  case 0x12:
  case 0xd2:
    return index(IndexKind::Function);
  case 0x11: // call_indirect, return_call_indirect
  case 0x13:
    index(IndexKind::Type);
    return index(IndexKind::Table);
  case 0x0c: // br, br_if, local.get, local.set, local.tee
  case 0x0d:
  case 0x20:
  case 0x21:
  case 0x22:
    return sameU32();
  case 0x1c: // select with types
    return same([&] {
      for (uint32_t n = in.count("vector of types"); n && !in.failed(); --n)
        in.byte();
    });
  case 0x23: // global.get, global.set
  case 0x24:
    return index(IndexKind::Global);
  case 0x25: // table.get, table.set
  case 0x26:
    return index(IndexKind::Table);
  case 0x3f: // memory.size, memory.grow
  case 0x40:
    return index(IndexKind::Memory);
  case 0x41:
    return same([&] { in.s32(); });
  case 0x42:
    return same([&] { in.s64(); });
  case 0x43:
    return sameBytes(4);
  case 0x44:
    return sameBytes(8);
  case 0xd0: // ref.null
    return blockType();
  case 0xfc:
    return prefixedFC();
  case 0xfd:
    return prefixedFD();
  default:
    break;
  }
  if (opcode >= 0x28 && opcode <= 0x3e)
    return memoryArgument();
  bool plain = opcode <= 0x01 || opcode == 0x05 || opcode == 0x0a ||
               opcode == 0x0f || opcode == 0x1a || opcode == 0x1b ||
               opcode == 0xd1 || (opcode >= 0x45 && opcode <= 0xc4);
  if (!plain)
    in.fail(Rule::unsupported_feature, at,
            "opcode 0x" + llvm::utohexstr(opcode, true) +
                " cannot be copied yet");
}

void CodeCopy::prefixedFC() {
  using K = IndexKind;
  uint64_t at = in.offset() - 1;
  uint32_t code = in.u32("instruction");
  if (in.failed())
    return;
  out.u(code);
  // The indices of 0xfc 8 and what follows it.
  static constexpr struct {
    unsigned count;
    K kinds[2];
  } rows[] = {
      {2, {K::Data, K::Memory}},   // memory.init
      {1, {K::Data}},              // data.drop
      {2, {K::Memory, K::Memory}}, // memory.copy
      {1, {K::Memory}},            // memory.fill
      {2, {K::Elem, K::Table}},    // table.init
      {1, {K::Elem}},              // elem.drop
      {2, {K::Table, K::Table}},   // table.copy
      {1, {K::Table}},             // table.grow
      {1, {K::Table}},             // table.size
      {1, {K::Table}},             // table.fill
  };
  if (code < 8) // saturating truncation
    return;
  if (code - 8 >= std::size(rows))
    return in.fail(Rule::unsupported_feature, at,
                   "opcode 0xfc 0x" + llvm::utohexstr(code, true) +
                       " cannot be copied yet");
  for (unsigned i = 0; i < rows[code - 8].count; ++i)
    index(rows[code - 8].kinds[i]);
}

/// Vector instructions.
void CodeCopy::prefixedFD() {
  uint64_t at = in.offset() - 1;
  uint32_t code = in.u32("instruction");
  if (in.failed())
    return;
  out.u(code);
  if (code <= 11 || code == 92 || code == 93) // loads and stores
    return memoryArgument();
  if (code == 12 || code == 13) // v128.const, i8x16.shuffle
    return sameBytes(16);
  if (code >= 21 && code <= 34) // lanes
    return sameBytes(1);
  if (code >= 84 && code <= 91) { // loads and stores of lanes
    memoryArgument();
    return sameBytes(1);
  }
  if (code > 275)
    in.fail(Rule::unsupported_feature, at,
            "opcode 0xfd 0x" + llvm::utohexstr(code, true) +
                " cannot be copied yet");
}
