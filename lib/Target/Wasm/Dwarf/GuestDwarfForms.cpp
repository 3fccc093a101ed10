//===- GuestDwarfForms.cpp - Values of attributes ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GuestDwarf.h"

using namespace meld;
using namespace meld::core;
using namespace meld::core::dwarf;
using namespace llvm::dwarf;

/// The bytes of a form of fixed length; nothing for any other.
static std::optional<uint8_t> sizeOf(Form form) {
  switch (form) {
  case DW_FORM_flag_present:
    return 0;
  case DW_FORM_data1:
  case DW_FORM_ref1:
  case DW_FORM_flag:
    return 1;
  case DW_FORM_data2:
  case DW_FORM_ref2:
    return 2;
  case DW_FORM_addr:
  case DW_FORM_data4:
  case DW_FORM_ref4:
  case DW_FORM_strp:
  case DW_FORM_ref_addr:
  case DW_FORM_sec_offset:
    return 4;
  case DW_FORM_data8:
  case DW_FORM_ref8:
  case DW_FORM_ref_sig8:
    return 8;
  default:
    return std::nullopt;
  }
}

/// The length of a block or expression, read from its front.
static std::optional<uint64_t> lengthOf(ByteReader &in, Form form) {
  switch (form) {
  case DW_FORM_block1:
    return in.byte();
  case DW_FORM_block2: {
    uint64_t low = in.byte();
    return low | uint64_t(in.byte()) << 8;
  }
  case DW_FORM_block4:
    return in.fixed32();
  case DW_FORM_block:
  case DW_FORM_exprloc:
    return in.u64();
  default:
    return std::nullopt;
  }
}

/// Passes over a value that says nothing about places.
static bool skip(ByteReader &in, Form form) {
  switch (form) {
  case DW_FORM_string:
    while (in.byte("string") && !in.failed())
      ;
    return true;
  case DW_FORM_sdata:
    in.s64();
    return true;
  case DW_FORM_udata:
  case DW_FORM_ref_udata:
    in.u64();
    return true;
  default:
    return false;
  }
}

void GuestDwarf::attribute(ByteReader &in, Attribute attribute, Entry &entry) {
  Form form = attribute.form;
  if (form == DW_FORM_indirect)
    form = Form(in.u64());
  if (std::optional<uint64_t> length = lengthOf(in, form)) {
    ByteReader bytes = in.sub(*length, "block");
    if (form == DW_FORM_exprloc && !in.failed())
      expression(bytes, output[Section::Info]);
    return;
  }
  if (form != DW_FORM_udata || attribute.name != DW_AT_high_pc)
    if (skip(in, form))
      return;
  std::optional<uint8_t> size = sizeOf(form);
  if (!size) {
    fail("the form " + llvm::Twine(unsigned(form)) + " is not supported");
    return;
  }
  Number value{form, in.offset(), 0, *size};
  for (auto [i, byte] : llvm::enumerate(in.bytes(*size, "value")))
    value.value |= uint64_t(byte) << (8 * i);
  if (in.failed())
    return;
  if (form == DW_FORM_strp)
    relocate(Section::Info, value.at, value.value, Section::Str);
  else if (form == DW_FORM_ref_addr)
    relocate(Section::Info, value.at, value.value, Section::Info);
  else if (form == DW_FORM_sec_offset)
    reference(attribute.name, value, entry);
  else if (form == DW_FORM_addr || attribute.name == DW_AT_high_pc)
    address(attribute.name, value, entry);
}

/// An address of code: those of data stand in expressions.
void GuestDwarf::address(llvm::dwarf::Attribute name, const Number &value,
                         Entry &entry) {
  if (name == DW_AT_low_pc)
    entry.low = value;
  else if (name == DW_AT_high_pc)
    entry.high = value;
  else
    patch(output[Section::Info], value.at,
          addresses.any(value.value).value_or(noAddress));
}

void GuestDwarf::reference(llvm::dwarf::Attribute name, const Number &value,
                           Entry &entry) {
  switch (name) {
  case DW_AT_stmt_list: {
    auto table = lineTables.find(value.value);
    if (table == lineTables.end())
      fail("`DW_AT_stmt_list` names no line table");
    else
      patch(output[Section::Info], value.at,
            table->second + bases[unsigned(Section::Line)]);
    return;
  }
  case DW_AT_ranges:
    entry.ranges.push_back(value);
    return relocate(Section::Info, value.at, value.value, Section::Ranges);
  case DW_AT_location:
  case DW_AT_string_length:
  case DW_AT_return_addr:
  case DW_AT_data_member_location:
  case DW_AT_frame_base:
  case DW_AT_segment:
  case DW_AT_static_link:
  case DW_AT_use_location:
  case DW_AT_vtable_elem_location:
    entry.locations.push_back(value);
    return relocate(Section::Info, value.at, value.value, Section::Loc);
  default:
    fail("the attribute 0x" + llvm::Twine::utohexstr(name) +
         " refers to a section that is not supported");
  }
}
