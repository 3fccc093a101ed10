//===- LineTables.cpp - Line tables at new addresses -------------*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A line program is a list of steps from row to row. All steps are copied but
// those of the address: how far it goes is known when a row is reached, and is
// written in front of it.
//
//===----------------------------------------------------------------------===//

#include "GuestDwarf.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace meld;
using namespace meld::core;
using namespace meld::core::dwarf;
using namespace llvm::dwarf;
using llvm::ArrayRef;
using llvm::StringRef;

static void appendLeb(std::string &text, uint64_t value) {
  llvm::raw_string_ostream os(text);
  llvm::encodeULEB128(value, os);
}

bool LineTables::fail(const llvm::Twine &why) {
  if (reason.empty())
    reason = why.str();
  return false;
}

void LineTables::copy(const ByteReader &in, uint64_t from) {
  if (state != State::Dead)
    output += llvm::toStringRef(in.since(from));
}

bool LineTables::rewrite() {
  ByteReader in(llvm::arrayRefFromStringRef(input));
  while (!in.atEnd() && !in.failed())
    if (!table(in))
      break;
  if (in.failed())
    return fail("`.debug_line` is malformed at 0x" +
                llvm::Twine::utohexstr(in.error()->offset) + ": " +
                in.error()->message);
  return reason.empty();
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

bool LineTables::table(ByteReader &in) {
  offsets[in.offset()] = output.size();
  uint32_t length = in.fixed32();
  if (length >= DW_LENGTH_lo_reserved)
    return fail("64-bit DWARF is not supported");
  size_t start = output.size();
  ByteReader content = in.sub(length, "line table");
  uint64_t from = content.offset();
  unsigned version = content.byte();
  version |= content.byte() << 8;
  if (!in.failed() && version != 4)
    return fail("line tables of version " + llvm::Twine(version) +
                " are not supported");
  uint32_t headerLength = content.fixed32();
  ByteReader header = content.sub(headerLength, "header");
  if (header.byte() != 1 || header.byte() != 1)
    return fail("line tables of instructions with parts are not supported");
  header.byte(); // default_is_stmt
  header.byte(); // line_base, in each special opcode
  lineRange = header.byte();
  opcodeBase = header.byte();
  lengths = header.bytes(opcodeBase ? opcodeBase - 1 : 0, "opcode lengths");
  if (content.failed() || header.failed() || !lineRange || !hasUsualOpcodes())
    return fail("the header of a line table is malformed");
  output.append(4, '\0');
  state = State::Begin;
  copy(content, from);
  if (!program(content))
    return false;
  patch(output, start, output.size() - start - 4);
  return true;
}

/// Whether the standard opcodes have the operands that they have.
bool LineTables::hasUsualOpcodes() const {
  static constexpr uint8_t usual[] = {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1};
  size_t known = std::min(lengths.size(), std::size(usual));
  return opcodeBase && lengths.take_front(known) == ArrayRef(usual, known);
}

bool LineTables::program(ByteReader &in) {
  beginSequence();
  while (!in.atEnd() && reason.empty()) {
    uint8_t opcode = in.byte();
    if (opcode >= opcodeBase)
      special(opcode);
    else if (opcode == DW_LNS_extended_op)
      extended(in);
    else
      standard(in, opcode);
  }
  if (in.failed())
    return fail("a line program is malformed: " + in.error()->message);
  if (sequenceStart != output.size())
    return fail("a line program ends in a sequence");
  return reason.empty();
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// Where the guest's address went. A linker marks code that it removed by the
/// highest address, from which a program steps on beyond 32 bits.
std::optional<uint32_t> LineTables::find() const {
  return address <= UINT32_MAX ? addresses.any(address) : std::nullopt;
}

/// Whether a row of the guest's address is written, and how far it is from the
/// last one. The first row of a sequence tells whether its code is there.
bool LineTables::reach(std::optional<uint32_t> moved, uint32_t &distance) {
  if (state == State::Dead)
    return moved && !isRemoved
               ? fail("a line sequence begins in code that is not there")
               : false;
  if (state == State::Begin) {
    state = moved ? State::Live : State::Dead;
    isRemoved = address == 0; // by the guest's linker
    if (!moved)
      return false;
    output += StringRef("\0\5\2", 3); // extended, five bytes, set_address
    output.append(4, '\0');
    patch(output, output.size() - 4, *moved);
    written = *moved;
  }
  if (!moved || *moved < written)
    return fail("a line sequence goes to code that is not there");
  distance = *moved - written;
  written = *moved;
  return true;
}

void LineTables::advance(uint32_t distance) {
  if (!distance)
    return;
  output.push_back(DW_LNS_advance_pc);
  appendLeb(output, distance);
}

/// One byte for a step of address and line, and a row.
void LineTables::special(uint8_t opcode) {
  uint8_t adjusted = opcode - opcodeBase;
  address += adjusted / lineRange;
  uint32_t distance, line = adjusted % lineRange;
  if (!reach(find(), distance))
    return;
  uint64_t joined = opcodeBase + line + uint64_t(lineRange) * distance;
  if (joined > 255) {
    advance(distance);
    joined = opcodeBase + line;
  }
  output.push_back(char(joined));
}

void LineTables::standard(ByteReader &in, uint8_t opcode) {
  uint64_t from = in.offset() - 1;
  uint32_t distance;
  switch (opcode) {
  case DW_LNS_copy:
    if (!reach(find(), distance))
      return;
    advance(distance);
    output.push_back(DW_LNS_copy);
    return;
  case DW_LNS_advance_pc:
    address = llvm::SaturatingAdd(address, in.u64());
    return;
  case DW_LNS_const_add_pc:
    address += (255 - opcodeBase) / lineRange;
    return;
  case DW_LNS_fixed_advance_pc:
    address += in.byte();
    address += in.byte() << 8;
    return;
  default:
    for (unsigned n = lengths[opcode - 1]; n && !in.failed(); --n)
      in.s64(); // as long as an unsigned one
    copy(in, from);
  }
}

void LineTables::extended(ByteReader &in) {
  uint64_t from = in.offset() - 1;
  uint64_t length = in.u64();
  ByteReader content = in.sub(length, "extended opcode");
  if (in.failed())
    return;
  uint8_t opcode = content.byte();
  if (opcode == DW_LNE_set_address && length == 5)
    address = content.fixed32();
  else if (opcode == DW_LNE_set_address || content.failed())
    fail("a line program has a malformed address");
  else if (opcode == DW_LNE_end_sequence)
    endSequence();
  else
    copy(in, from);
}

void LineTables::endSequence() {
  uint32_t distance;
  std::optional<uint32_t> moved =
      address <= UINT32_MAX ? addresses.end(address) : std::nullopt;
  if (state == State::Live && reach(moved, distance)) {
    advance(distance);
    output += StringRef("\0\1\1", 3); // extended, one byte, end_sequence
  } else {
    output.resize(sequenceStart);
  }
  beginSequence();
}

void LineTables::beginSequence() {
  state = State::Begin;
  address = written = 0;
  sequenceStart = output.size();
}
