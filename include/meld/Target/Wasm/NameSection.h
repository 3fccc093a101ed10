//===- NameSection.h - What a module calls its parts ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_NAMESECTION_H
#define MELD_TARGET_WASM_NAMESECTION_H

#include "meld/Target/Wasm/ModuleView.h"
#include <array>

namespace meld::core {

/// The parts of the custom section `name`, by their id.
enum class NameKind : uint8_t {
  Module,
  Function,
  Local,
  Label,
  Type,
  Table,
  Memory,
  Global,
  Elem,
  Data,
  Field,
  Tag,
};
inline constexpr unsigned numNameKinds = 12;

/// Whether a kind has a map of names for each function, or for each type.
constexpr bool isNested(NameKind kind) {
  return kind == NameKind::Local || kind == NameKind::Label ||
         kind == NameKind::Field;
}

/// The names of a module. Refers to its bytes.
struct NameSection {
  template <typename T> using Map = std::vector<std::pair<uint32_t, T>>;

  llvm::StringRef module;
  /// By kind: index and name. Empty for the kinds that are nested.
  std::array<Map<llvm::StringRef>, numNameKinds> names;
  /// Of the nested kinds: the index of a function or type, and the bytes of its
  /// map of names, which are well-formed.
  std::array<Map<llvm::ArrayRef<uint8_t>>, numNameKinds> nested;

  const Map<llvm::StringRef> &operator[](NameKind kind) const {
    return names[unsigned(kind)];
  }
};

/// Reads the custom section `name`. What is malformed there is passed over, as
/// engines do; indices are not checked.
NameSection readNames(const ModuleView &view);

} // namespace meld::core

#endif // MELD_TARGET_WASM_NAMESECTION_H
