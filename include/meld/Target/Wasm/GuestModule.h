//===- GuestModule.h - What merging knows of a module's bytes ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_GUESTMODULE_H
#define MELD_TARGET_WASM_GUESTMODULE_H

#include "meld/Target/Wasm/ModuleView.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/DenseMap.h"
#include <array>

namespace meld::wasm {

using Extern = core::ExternKind;
inline constexpr unsigned numExterns = core::numExternKinds;

/// The sections of a core module that say what its indices mean. All
/// references point into the bytes that were read.
struct GuestModule {
  struct Import {
    llvm::StringRef module, name;
    Extern kind;
  };
  struct Export {
    llvm::StringRef name;
    Extern kind;
    uint32_t index;
  };
  using Mode = core::SegmentMode;
  struct Segment {
    Mode mode = Mode::Active;
    /// The memory or table, where active.
    uint32_t target = 0;
    /// The offset's expression with its `end`, where active.
    llvm::ArrayRef<uint8_t> offset;
    /// Bytes, or elements.
    uint32_t size = 0;
    /// Element segments: function indices as they stand, or expressions.
    llvm::ArrayRef<uint8_t> items;
    bool expressions = false;
  };

  llvm::ArrayRef<uint8_t> bytes;
  llvm::SmallVector<mlir::FunctionType> types;
  llvm::SmallVector<Import> imports;
  llvm::SmallVector<Export> exports;
  llvm::DenseMap<llvm::StringRef, uint32_t> exportNumbers;
  /// The index spaces by `Extern`: the types of what is imported, then of what
  /// is defined.
  std::array<llvm::SmallVector<mlir::Type>, numExterns> spaces;
  std::array<uint32_t, numExterns> imported{};
  std::optional<uint32_t> start;
  llvm::SmallVector<Segment> elems, datas;
  /// Entries of the code section: locals and code, without the size.
  std::vector<llvm::ArrayRef<uint8_t>> bodies;
  /// By `Extern` and index: functions as the name section calls them, as far as
  /// that can be read; what it does not name, by an export.
  std::array<llvm::DenseMap<uint32_t, llvm::StringRef>, numExterns> names;

  /// The export of that name, or null.
  const Export *exported(llvm::StringRef name) const {
    auto found = exportNumbers.find(name);
    return found == exportNumbers.end() ? nullptr : &exports[found->second];
  }
  llvm::ArrayRef<mlir::Type> space(Extern kind) const {
    return spaces[unsigned(kind)];
  }
  uint32_t numImported(Extern kind) const { return imported[unsigned(kind)]; }
  /// Where `part` starts, counted from the first byte of the module.
  uint64_t offsetOf(llvm::ArrayRef<uint8_t> part) const {
    return part.data() - bytes.data();
  }
};

/// Reads `bytes`, which must outlive `module`. Returns the first error;
/// offsets are counted from `base`. Indices that an export or segment names
/// are checked; a type that the dialect has not is `unsupported-feature`.
/// Function bodies are not looked at.
std::optional<ReadError> readGuest(llvm::ArrayRef<uint8_t> bytes,
                                   mlir::MLIRContext *context,
                                   GuestModule &module, uint64_t base = 0);

} // namespace meld::wasm

#endif // MELD_TARGET_WASM_GUESTMODULE_H
