//===- GuestDwarf.cpp - Units and entries of debug info ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GuestDwarf.h"

#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::core;
using namespace meld::core::dwarf;
using namespace llvm::dwarf;

bool GuestDwarf::fail(const llvm::Twine &why) {
  if (reason.empty())
    reason = why.str();
  return false;
}

bool GuestDwarf::check(const ByteReader &in, Section section) {
  if (!in.failed())
    return !failed();
  return fail("`" + sectionNames[unsigned(section)] + "` is malformed at 0x" +
              llvm::Twine::utohexstr(in.error()->offset) + ": " +
              in.error()->message);
}

ByteReader GuestDwarf::reader(Section section, uint64_t from) const {
  llvm::StringRef bytes = input[section];
  return ByteReader(llvm::arrayRefFromStringRef(bytes.substr(from)),
                    std::min<uint64_t>(from, bytes.size()));
}

void GuestDwarf::relocate(Section in, uint64_t at, uint64_t value,
                          Section target) {
  if (value > input[target].size())
    fail("an offset in `" + sectionNames[unsigned(in)] + "` at 0x" +
         llvm::Twine::utohexstr(at) + " is not in `" +
         sectionNames[unsigned(target)] + "`");
  else
    patch(output[in], at, value + bases[unsigned(target)]);
}

//===----------------------------------------------------------------------===//
// Abbreviations
//===----------------------------------------------------------------------===//

const GuestDwarf::Abbreviations *GuestDwarf::abbreviationsAt(uint64_t offset) {
  auto [slot, isNew] = abbreviationTables.try_emplace(offset);
  Abbreviations &table = slot->second;
  if (!isNew)
    return &table;
  ByteReader in = reader(Section::Abbrev, offset);
  while (uint64_t code = in.u64()) {
    Abbreviation abbreviation;
    in.u64();  // tag
    in.byte(); // has children
    while (!in.failed()) {
      uint64_t name = in.u64(), form = in.u64();
      if (form == DW_FORM_implicit_const)
        in.s64();
      if (!name && !form)
        break;
      abbreviation.attributes.push_back(
          {llvm::dwarf::Attribute(name), Form(form)});
    }
    if (in.failed() || code >= UINT64_MAX - 1)
      break;
    table[code] = std::move(abbreviation);
  }
  return check(in, Section::Abbrev) ? &table : nullptr;
}

//===----------------------------------------------------------------------===//
// Units
//===----------------------------------------------------------------------===//

bool GuestDwarf::rewrite() {
  LineTables lines(input[Section::Line], addresses);
  if (!lines.rewrite())
    return fail(lines.reason);
  lineTables = std::move(lines.offsets);
  for (unsigned section = 0; section < numSections; ++section)
    output.contents[section] = input.contents[section].str();
  output[Section::Line] = std::move(lines.output);
  ByteReader in = reader(Section::Info);
  while (!in.atEnd() && !failed())
    unit(in);
  return check(in, Section::Info);
}

void GuestDwarf::unit(ByteReader &in) {
  uint32_t length = in.fixed32();
  if (length >= DW_LENGTH_lo_reserved) {
    fail("64-bit DWARF is not supported");
    return;
  }
  ByteReader content = in.sub(length, "unit");
  if (!check(in, Section::Info))
    return;
  unsigned version = content.byte();
  version |= content.byte() << 8;
  if (version != 4) {
    fail("DWARF of version " + llvm::Twine(version) + " is not supported");
    return;
  }
  uint64_t at = content.offset();
  uint32_t abbreviations = content.fixed32();
  if (content.byte() != 4)
    fail("addresses that have not four bytes are not supported");
  relocate(Section::Info, at, abbreviations, Section::Abbrev);
  if (!check(content, Section::Info))
    return;
  base = Base();
  if (const Abbreviations *table = abbreviationsAt(abbreviations))
    entries(content, *table);
  check(content, Section::Info);
}

void GuestDwarf::entries(ByteReader &in, const Abbreviations &abbreviations) {
  for (bool isUnit = true; !in.atEnd() && !failed(); isUnit = false) {
    uint64_t at = in.offset(), code = in.u64();
    if (!code)
      continue;
    auto found = abbreviations.find(code);
    if (code >= UINT64_MAX - 1 || found == abbreviations.end()) {
      fail("the entry at 0x" + llvm::Twine::utohexstr(at) +
           " of `.debug_info` has no abbreviation");
      return;
    }
    Entry entry;
    for (Attribute each : found->second.attributes) {
      attribute(in, each, entry);
      if (!check(in, Section::Info))
        return;
    }
    finishEntry(entry, isUnit);
  }
}

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

/// The range of an entry is moved before the lists that are relative to it.
void GuestDwarf::finishEntry(Entry &entry, bool isUnit) {
  if (entry.low && entry.high)
    moveRange(*entry.low, *entry.high, isUnit);
  else if (entry.low)
    moveLow(*entry.low, isUnit);
  for (const Number &list : entry.ranges)
    rangeList(list.value, base);
  for (const Number &list : entry.locations)
    locationList(list.value, base);
}

void GuestDwarf::moveLow(const Number &low, bool isUnit) {
  std::optional<uint32_t> moved = addresses.start(low.value);
  if (!isUnit)
    return patch(output[Section::Info], low.at, moved.value_or(noAddress));
  // 0: the unit's ranges are a list of addresses.
  base = {uint32_t(low.value), moved.value_or(0)};
  patch(output[Section::Info], low.at, base.output);
}

void GuestDwarf::moveRange(const Number &low, const Number &high, bool isUnit) {
  bool isLength = high.form != DW_FORM_addr;
  uint64_t end = isLength ? low.value + high.value : high.value;
  std::optional<CodeAddresses::Range> moved =
      addresses.range(low.value, std::min<uint64_t>(end, UINT32_MAX));
  std::string &info = output[Section::Info];
  uint32_t none = isUnit ? 0 : noAddress;
  if (isUnit)
    base = {uint32_t(low.value), moved ? moved->low : 0};
  patch(info, low.at, moved ? moved->low : none);
  uint64_t value = moved ? moved->high : none;
  if (isLength)
    value = moved ? moved->high - moved->low : 0;
  if (high.size < 4 && value >> (8 * high.size))
    fail("a function became too long for its `DW_AT_high_pc`");
  for (unsigned i = 0; i < high.size; ++i)
    info[high.at + i] = i < 8 ? char(value >> (8 * i)) : 0;
}
