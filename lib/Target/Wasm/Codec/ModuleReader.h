//===- ModuleReader.h - Reads the sections of a core module -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sections and their order stand in ModuleReader.cpp, types in
// ModuleTypes.cpp, segments in ModuleSegments.cpp. Errors stay in the
// ByteReader: after one, every method returns at once with harmless values.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CODEC_MODULEREADER_H
#define MELD_LIB_TARGET_WASM_CODEC_MODULEREADER_H

#include "meld/Target/Wasm/Instructions.h"
#include "meld/Target/Wasm/TypeReader.h"

namespace meld::core {

class ModuleReader {
public:
  ModuleReader(ByteReader &in, ModuleView &view) : in(in), view(view) {}

  /// The whole module.
  void read();
  /// An item of the type section.
  void recursionGroup();
  /// Appends to the index space of the kind that it returns.
  ExternKind externType(uint64_t at);

private:
  // Sections (ModuleReader.cpp).
  void preamble();
  void section(uint8_t id);
  void customSection(unsigned after);
  void importDefinition();
  void tableDefinition();
  void exportDefinition();
  void startSection();
  void body();
  void checkCounts();
  /// Runs `item` as often as the vector says.
  template <typename Item> void vector(const char *what, Item item) {
    for (uint32_t n = in.count(what); n && !in.failed(); --n)
      item();
  }

  // Types (ModuleTypes.cpp).
  void typeSection();
  void subType(uint32_t groupStart, uint32_t groupSize);
  void compositeType(SubType &type);
  llvm::ArrayRef<ValType> valueTypes(const char *what);

  // Segments (ModuleSegments.cpp).
  void elemSegment();
  void elements(ElemSegment &segment);
  void dataSegment();

  /// `items`, copied to where they live as long as the view.
  template <typename T> llvm::ArrayRef<T> keep(llvm::ArrayRef<T> items) {
    return items.copy(view.storage);
  }

  ByteReader &in;
  ModuleView &view;
  TypeReader types{in};
};

} // namespace meld::core

#endif // MELD_LIB_TARGET_WASM_CODEC_MODULEREADER_H
