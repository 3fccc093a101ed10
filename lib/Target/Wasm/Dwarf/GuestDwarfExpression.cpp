//===- GuestDwarfExpression.cpp - Expressions of DWARF ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// An expression computes where a value lies. It names addresses of data, which
// stay, entries of `.debug_info`, and globals of WebAssembly, which move.
//
//===----------------------------------------------------------------------===//

#include "GuestDwarf.h"

#include "llvm/Support/LEB128.h"

using namespace meld;
using namespace meld::core;
using namespace meld::core::dwarf;
using namespace llvm::dwarf;

namespace {
/// What follows an opcode.
enum class Operands : uint8_t {
  Unknown,
  None,
  Bytes1,
  Bytes2,
  Bytes4,
  Bytes8,
  Leb,
  Lebs,
  ByteLeb,
  LebBlock,   // a number, then a block with one byte of length
  Block,      // with its length
  Expression, // with its length
  Entry,      // an offset in `.debug_info`
  EntryLeb,
  Wasm,
};
} // namespace

namespace {
/// Opcodes that have the same operands, from the first to the last.
struct OperandRow {
  uint8_t first, last;
  Operands operands;
};
} // namespace

static constexpr OperandRow operandRows[] = {
    {DW_OP_addr, DW_OP_addr, Operands::Bytes4},
    {DW_OP_deref, DW_OP_deref, Operands::None},
    {DW_OP_const1u, DW_OP_const1s, Operands::Bytes1},
    {DW_OP_const2u, DW_OP_const2s, Operands::Bytes2},
    {DW_OP_const4u, DW_OP_const4s, Operands::Bytes4},
    {DW_OP_const8u, DW_OP_const8s, Operands::Bytes8},
    {DW_OP_constu, DW_OP_consts, Operands::Leb},
    {DW_OP_dup, DW_OP_over, Operands::None},
    {DW_OP_pick, DW_OP_pick, Operands::Bytes1},
    {DW_OP_swap, DW_OP_plus, Operands::None},
    {DW_OP_plus_uconst, DW_OP_plus_uconst, Operands::Leb},
    {DW_OP_shl, DW_OP_xor, Operands::None},
    {DW_OP_bra, DW_OP_bra, Operands::Bytes2},
    {DW_OP_eq, DW_OP_ne, Operands::None},
    {DW_OP_skip, DW_OP_skip, Operands::Bytes2},
    {DW_OP_lit0, DW_OP_reg31, Operands::None},
    {DW_OP_breg0, DW_OP_breg31, Operands::Leb},
    {DW_OP_regx, DW_OP_fbreg, Operands::Leb},
    {DW_OP_bregx, DW_OP_bregx, Operands::Lebs},
    {DW_OP_piece, DW_OP_piece, Operands::Leb},
    {DW_OP_deref_size, DW_OP_xderef_size, Operands::Bytes1},
    {DW_OP_nop, DW_OP_push_object_address, Operands::None},
    {DW_OP_call2, DW_OP_call2, Operands::Bytes2},
    {DW_OP_call4, DW_OP_call4, Operands::Bytes4},
    {DW_OP_call_ref, DW_OP_call_ref, Operands::Entry},
    {DW_OP_form_tls_address, DW_OP_call_frame_cfa, Operands::None},
    {DW_OP_bit_piece, DW_OP_bit_piece, Operands::Lebs},
    {DW_OP_implicit_value, DW_OP_implicit_value, Operands::Block},
    {DW_OP_stack_value, DW_OP_stack_value, Operands::None},
    {DW_OP_implicit_pointer, DW_OP_implicit_pointer, Operands::EntryLeb},
    {DW_OP_entry_value, DW_OP_entry_value, Operands::Expression},
    {DW_OP_const_type, DW_OP_const_type, Operands::LebBlock},
    {DW_OP_regval_type, DW_OP_regval_type, Operands::Lebs},
    {DW_OP_deref_type, DW_OP_deref_type, Operands::ByteLeb},
    {DW_OP_convert, DW_OP_reinterpret, Operands::Leb},
    {DW_OP_GNU_push_tls_address, DW_OP_GNU_push_tls_address, Operands::None},
    {DW_OP_WASM_location, DW_OP_WASM_location, Operands::Wasm},
    {DW_OP_GNU_entry_value, DW_OP_GNU_entry_value, Operands::Expression},
};

static Operands operandsOf(unsigned op) {
  for (const OperandRow &row : operandRows)
    if (op >= row.first && op <= row.last)
      return row.operands;
  return Operands::Unknown;
}

/// A local, a global or a value on the stack.
bool GuestDwarf::wasmLocation(ByteReader &in, std::string &contents) {
  uint64_t kind = in.u64();
  if (kind == 0 || kind == 2)
    return in.u64(), true;
  if (kind != 1 && kind != 3)
    return fail("`DW_OP_WASM_location` of kind " + llvm::Twine(kind) +
                " is not supported");
  uint64_t at = in.offset();
  uint64_t old = kind == 1 ? in.u32() : in.fixed32();
  if (in.failed())
    return true;
  if (old >= globals.size())
    return fail("an expression names global " + llvm::Twine(old) +
                ", which the module has not");
  if (kind == 3)
    return patch(contents, at, globals[old]), true;
  unsigned size = in.offset() - at;
  uint8_t encoded[16];
  if (llvm::encodeULEB128(globals[old], encoded, size) > size)
    return fail("the number of a global became too long for its expression");
  std::copy_n(encoded, size, contents.begin() + at);
  return true;
}

/// Operands that say nothing about places.
static void skip(ByteReader &in, Operands operands) {
  switch (operands) {
  case Operands::Bytes1:
    return void(in.byte());
  case Operands::Bytes2:
    return void(in.bytes(2));
  case Operands::Bytes4:
    return void(in.fixed32());
  case Operands::Bytes8:
    return void(in.fixed64());
  case Operands::Lebs:
    in.s64();
    [[fallthrough]];
  case Operands::Leb: // a signed one may be as long as an unsigned one
    return void(in.s64());
  case Operands::ByteLeb:
    in.byte();
    return void(in.u64());
  case Operands::LebBlock:
    in.u64();
    return void(in.bytes(in.byte()));
  case Operands::Block:
    return void(in.bytes(in.u64()));
  default:
    return;
  }
}

/// How deep expressions may stand in each other; compilers go to 2.
static constexpr unsigned deepest = 16;

void GuestDwarf::expression(ByteReader in, std::string &contents,
                            unsigned depth) {
  Section section =
      &contents == &output[Section::Loc] ? Section::Loc : Section::Info;
  if (depth > deepest)
    fail("an expression is nested too deeply");
  while (!in.atEnd() && !in.failed() && !failed()) {
    unsigned op = in.byte();
    Operands operands = operandsOf(op);
    switch (operands) {
    case Operands::Unknown:
      fail("the expression opcode 0x" + llvm::Twine::utohexstr(op) +
           " is not supported");
      break;
    case Operands::Expression: {
      ByteReader inner = in.sub(in.u64(), "expression");
      if (!in.failed())
        expression(inner, contents, depth + 1);
      break;
    }
    case Operands::Entry:
    case Operands::EntryLeb: {
      uint64_t at = in.offset();
      uint32_t entry = in.fixed32();
      if (!in.failed())
        relocate(section, at, entry, Section::Info);
      if (operands == Operands::EntryLeb)
        in.s64();
      break;
    }
    case Operands::Wasm:
      wasmLocation(in, contents);
      break;
    default:
      skip(in, operands);
    }
  }
  check(in, section);
}
