//===- GuestDwarf.h - The debug info of one guest, moved --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_DWARF_GUESTDWARF_H
#define MELD_LIB_TARGET_WASM_DWARF_GUESTDWARF_H

#include "CodeAddresses.h"
#include "LineTables.h"
#include "Sections.h"
#include "meld/Support/ByteReader.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/BinaryFormat/Dwarf.h"

namespace meld::core::dwarf {

/// Where code of a unit is counted from, in the guest and in the result.
struct Base {
  uint32_t input = 0, output = 0;
};

/// Rewrites the debug sections of one guest: addresses of code, offsets into
/// sections that have something in front now, numbers of globals. All but line
/// programs keeps its length, so it is patched where it stands. What is not
/// understood fails: half-moved debug info would point at wrong places.
class GuestDwarf {
public:
  /// `bases` are the lengths of the sections that the result has already;
  /// `globals[i]` is the new number of the guest's global i.
  GuestDwarf(const GuestSections &input, const CodeAddresses &addresses,
             llvm::ArrayRef<uint32_t> globals,
             const std::array<uint32_t, numSections> &bases)
      : input(input), addresses(addresses), globals(globals), bases(bases) {}

  /// Fills `output`. Fails with the reason.
  bool rewrite();

  ResultSections output;
  std::string reason;

private:
  /// An attribute of an abbreviation.
  struct Attribute {
    llvm::dwarf::Attribute name;
    llvm::dwarf::Form form;
  };
  struct Abbreviation {
    llvm::SmallVector<Attribute, 8> attributes;
  };
  using Abbreviations = llvm::DenseMap<uint64_t, Abbreviation>;

  /// The number that an attribute has, to be looked at when the entry is
  /// complete: an address, an offset or a length.
  struct Number {
    llvm::dwarf::Form form{};
    uint64_t at = 0, value = 0;
    uint8_t size = 0;
  };
  /// Of the entry that is being read.
  struct Entry {
    std::optional<Number> low, high;
    llvm::SmallVector<Number, 2> ranges, locations;
  };

  // GuestDwarf.cpp: units and their entries.
  void unit(ByteReader &in);
  void entries(ByteReader &in, const Abbreviations &abbreviations);
  void finishEntry(Entry &entry, bool isUnit);
  void moveRange(const Number &low, const Number &high, bool isUnit);
  void moveLow(const Number &low, bool isUnit);
  const Abbreviations *abbreviationsAt(uint64_t offset);

  // GuestDwarfForms.cpp: values of attributes.
  void attribute(ByteReader &in, Attribute attribute, Entry &entry);
  void address(llvm::dwarf::Attribute name, const Number &value, Entry &entry);
  void reference(llvm::dwarf::Attribute name, const Number &value,
                 Entry &entry);

  // GuestDwarfLists.cpp
  void rangeList(uint64_t offset, Base base);
  void locationList(uint64_t offset, Base base);
  /// Moves one pair of addresses; false at the end of the list.
  bool pair(ByteReader &in, std::string &contents, Base &base);
  bool isVisited(llvm::DenseMap<uint64_t, uint32_t> &visited, uint64_t offset,
                 Base base);
  /// Ends a list that began at `offset`.
  void finishList(const ByteReader &in, Section section, uint64_t offset,
                  uint64_t &moved);

  // GuestDwarfExpression.cpp
  void expression(ByteReader in, std::string &contents, unsigned depth = 0);
  bool wasmLocation(ByteReader &in, std::string &contents);

  /// Records why the debug info is of no use.
  bool fail(const llvm::Twine &why);
  bool failed() const { return !reason.empty(); }
  bool check(const ByteReader &in, Section section);
  ByteReader reader(Section section, uint64_t from = 0) const;
  void relocate(Section in, uint64_t at, uint64_t value, Section target);

  const GuestSections &input;
  const CodeAddresses &addresses;
  llvm::ArrayRef<uint32_t> globals;
  const std::array<uint32_t, numSections> &bases;
  llvm::DenseMap<uint64_t, Abbreviations> abbreviationTables;
  /// The new offsets of line tables.
  llvm::DenseMap<uint64_t, uint32_t> lineTables;
  /// Lists that are moved, and the base with which.
  llvm::DenseMap<uint64_t, uint32_t> rangesVisited, locationsVisited;
  /// How many bytes of lists are moved.
  uint64_t rangesMoved = 0, locationsMoved = 0;
  Base base; // of the unit
};

} // namespace meld::core::dwarf

#endif // MELD_LIB_TARGET_WASM_DWARF_GUESTDWARF_H
