//===- GuestDwarfLists.cpp - Ranges and locations ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Lists of pairs of addresses, relative to the base of their unit or to one in
// the list. A pair of code that is not there becomes an empty range.
//
//===----------------------------------------------------------------------===//

#include "GuestDwarf.h"

using namespace meld;
using namespace meld::core;
using namespace meld::core::dwarf;

/// Units may share a list, if it means the same for them.
bool GuestDwarf::isVisited(llvm::DenseMap<uint64_t, uint32_t> &visited,
                           uint64_t offset, Base base) {
  auto [slot, isNew] = visited.try_emplace(offset, base.input);
  if (!isNew && slot->second != base.input)
    fail("units with different bases share a list");
  return !isNew;
}

bool GuestDwarf::pair(ByteReader &in, std::string &contents, Base &base) {
  uint64_t at = in.offset();
  uint32_t low = in.fixed32("address"), high = in.fixed32("address");
  if (in.failed() || (!low && !high))
    return false;
  if (low == noAddress) { // the base for what follows
    uint32_t none = high >= noListAddress ? high : 0; // removed by a linker
    base = {high, addresses.start(high).value_or(none)};
    patch(contents, at + 4, base.output);
    return true;
  }
  // Behind a base that was removed the sums have more than 32 bits.
  uint64_t from = uint64_t(base.input) + low, to = uint64_t(base.input) + high;
  std::optional<CodeAddresses::Range> moved;
  if (to <= UINT32_MAX)
    moved = addresses.range(from, to);
  if (moved && moved->low < base.output)
    return fail("code moved in front of the base of its unit");
  patch(contents, at, moved ? moved->low - base.output : noListAddress);
  patch(contents, at + 4, moved ? moved->high - base.output : noListAddress);
  return true;
}

void GuestDwarf::finishList(const ByteReader &in, Section section,
                            uint64_t offset, uint64_t &moved) {
  if (!check(in, section))
    return;
  // Lists that overlap would be moved twice, or in quadratic time.
  moved += in.offset() - offset;
  if (moved > input[section].size())
    fail("lists in `" + sectionNames[unsigned(section)] + "` overlap");
}

void GuestDwarf::rangeList(uint64_t offset, Base base) {
  if (isVisited(rangesVisited, offset, base))
    return;
  ByteReader in = reader(Section::Ranges, offset);
  while (pair(in, output[Section::Ranges], base))
    ;
  finishList(in, Section::Ranges, offset, rangesMoved);
}

void GuestDwarf::locationList(uint64_t offset, Base base) {
  if (isVisited(locationsVisited, offset, base))
    return;
  ByteReader in = reader(Section::Loc, offset);
  std::string &contents = output[Section::Loc];
  for (;;) {
    std::optional<uint8_t> first = in.peek();
    bool isBase = in.remaining() >= 4 &&
                  llvm::support::endian::read32le(in.position()) == noAddress;
    if (!first || !pair(in, contents, base) || failed())
      break;
    if (isBase)
      continue;
    uint32_t length = in.byte("length");
    length |= uint32_t(in.byte("length")) << 8;
    ByteReader bytes = in.sub(length, "expression");
    if (!in.failed())
      expression(bytes, contents);
  }
  finishList(in, Section::Loc, offset, locationsMoved);
}
