//===- DwarfMerge.cpp - The debug info of several guests as one -----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DwarfMerge.h"

#include "GuestDwarf.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld::core;
using namespace meld::core::dwarf;

bool DwarfMerge::isIn(const ModuleView &view) {
  return llvm::any_of(view.customs, [](const CustomSection &section) {
    return section.name == sectionNames[unsigned(Section::Info)];
  });
}

static GuestSections sectionsOf(const ModuleView &view) {
  GuestSections sections;
  for (const CustomSection &custom : view.customs)
    for (auto [name, contents] : llvm::zip(sectionNames, sections.contents))
      if (custom.name == name)
        contents = llvm::toStringRef(custom.contents);
  return sections;
}

std::optional<std::string> DwarfMerge::add(const ModuleView &view,
                                           const CodeAddresses &addresses,
                                           llvm::ArrayRef<uint32_t> globals) {
  std::array<uint32_t, numSections> bases;
  for (auto [base, contents] : llvm::zip(bases, result.contents))
    base = contents.size();
  GuestSections input = sectionsOf(view);
  GuestDwarf guest(input, addresses, globals, bases);
  if (!guest.rewrite())
    return guest.reason;
  for (auto [contents, more] :
       llvm::zip(result.contents, guest.output.contents))
    if (contents.size() + more.size() >= llvm::dwarf::DW_LENGTH_lo_reserved)
      return "it is too large for 32-bit DWARF";
  for (auto [contents, more] :
       llvm::zip(result.contents, guest.output.contents))
    contents += more;
  return std::nullopt;
}
