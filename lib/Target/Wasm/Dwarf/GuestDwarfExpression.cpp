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

static Operands operandsOf(unsigned op) {
  if ((op >= DW_OP_lit0 && op <= DW_OP_reg31) ||
      (op >= DW_OP_abs && op <= DW_OP_plus) ||
      (op >= DW_OP_shl && op <= DW_OP_xor) ||
      (op >= DW_OP_eq && op <= DW_OP_ne))
    return Operands::None;
  if (op >= DW_OP_breg0 && op <= DW_OP_breg31)
    return Operands::Leb;
  switch (op) {
  case DW_OP_deref:
  case DW_OP_dup:
  case DW_OP_drop:
  case DW_OP_over:
  case DW_OP_swap:
  case DW_OP_rot:
  case DW_OP_xderef:
  case DW_OP_nop:
  case DW_OP_push_object_address:
  case DW_OP_form_tls_address:
  case DW_OP_GNU_push_tls_address:
  case DW_OP_call_frame_cfa:
  case DW_OP_stack_value:
    return Operands::None;
  case DW_OP_const1u:
  case DW_OP_const1s:
  case DW_OP_pick:
  case DW_OP_deref_size:
  case DW_OP_xderef_size:
    return Operands::Bytes1;
  case DW_OP_const2u:
  case DW_OP_const2s:
  case DW_OP_skip:
  case DW_OP_bra:
  case DW_OP_call2:
    return Operands::Bytes2;
  case DW_OP_addr:
  case DW_OP_const4u:
  case DW_OP_const4s:
  case DW_OP_call4:
    return Operands::Bytes4;
  case DW_OP_const8u:
  case DW_OP_const8s:
    return Operands::Bytes8;
  case DW_OP_constu:
  case DW_OP_consts:
  case DW_OP_plus_uconst:
  case DW_OP_regx:
  case DW_OP_fbreg:
  case DW_OP_piece:
  case DW_OP_convert:
  case DW_OP_reinterpret:
    return Operands::Leb;
  case DW_OP_bregx:
  case DW_OP_bit_piece:
  case DW_OP_regval_type:
    return Operands::Lebs;
  case DW_OP_deref_type:
    return Operands::ByteLeb;
  case DW_OP_const_type:
    return Operands::LebBlock;
  case DW_OP_implicit_value:
    return Operands::Block;
  case DW_OP_entry_value:
  case DW_OP_GNU_entry_value:
    return Operands::Expression;
  case DW_OP_call_ref:
    return Operands::Entry;
  case DW_OP_implicit_pointer:
    return Operands::EntryLeb;
  case DW_OP_WASM_location:
    return Operands::Wasm;
  default:
    return Operands::Unknown;
  }
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

/// How deep expressions may stand in each other; compilers go to 2.
static constexpr unsigned deepest = 16;

void GuestDwarf::expression(ByteReader in, std::string &contents,
                            unsigned depth) {
  Section section =
      &contents == &output[Section::Loc] ? Section::Loc : Section::Info;
  while (!in.atEnd() && !in.failed() && !failed()) {
    unsigned op = in.byte();
    switch (operandsOf(op)) {
    case Operands::Unknown:
      fail("the expression opcode 0x" + llvm::Twine::utohexstr(op) +
           " is not supported");
      return;
    case Operands::None:
      break;
    case Operands::Bytes1:
      in.byte();
      break;
    case Operands::Bytes2:
      (void)in.bytes(2);
      break;
    case Operands::Bytes4:
      in.fixed32();
      break;
    case Operands::Bytes8:
      in.fixed64();
      break;
    case Operands::Lebs:
      in.s64();
      [[fallthrough]];
    case Operands::Leb:
      in.s64();
      break;
    case Operands::ByteLeb:
      in.byte();
      in.u64();
      break;
    case Operands::LebBlock:
      in.u64();
      (void)in.bytes(in.byte());
      break;
    case Operands::Block:
      (void)in.bytes(in.u64());
      break;
    case Operands::Expression: {
      ByteReader inner = in.sub(in.u64(), "expression");
      if (depth == deepest)
        fail("an expression is nested too deeply");
      else if (!in.failed())
        expression(inner, contents, depth + 1);
      break;
    }
    case Operands::Entry:
    case Operands::EntryLeb: {
      uint64_t at = in.offset();
      uint32_t entry = in.fixed32();
      if (!in.failed())
        relocate(section, at, entry, Section::Info);
      if (operandsOf(op) == Operands::EntryLeb)
        in.s64();
      break;
    }
    case Operands::Wasm:
      wasmLocation(in, contents);
      break;
    }
  }
  check(in, section);
}
