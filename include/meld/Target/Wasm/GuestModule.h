//===- GuestModule.h - A core module with MLIR's types ----------*- C++ -*-===//
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

/// A module that was read, and what the `wasm` dialect says of it: types,
/// names, exports by name. Refers to the bytes that it was read from.
struct GuestModule {
  core::ModuleView view;
  /// The types that the module defines, by index: a `FunctionType`, or a
  /// `DefinedType` of the dialect.
  llvm::SmallVector<mlir::Type, 0> types;
  /// The types of the entities by `core::ExternKind` and index.
  std::array<llvm::SmallVector<mlir::Type, 0>, core::numExternKinds> entities;
  /// By kind and index, as the name section calls them; what it does not name,
  /// by an export. Behind the kinds of `core::ExternKind` stand data and
  /// element segments.
  std::array<llvm::DenseMap<uint32_t, llvm::StringRef>,
             core::numExternKinds + 2>
      names;

  /// The export of that name, or null.
  const core::ExportDef *findExport(llvm::StringRef name) const {
    auto found = exportNumbers.find(name);
    return found == exportNumbers.end() ? nullptr
                                        : &view.exports[found->second];
  }

  llvm::DenseMap<llvm::StringRef, uint32_t> exportNumbers;
};

/// Reads `bytes`, whose first one stands at offset `base` of the file. Returns
/// the first error: malformed bytes, an index that names nothing outside of
/// function bodies and expressions, types that are nested too deeply.
std::optional<ReadError> readGuest(llvm::ArrayRef<uint8_t> bytes,
                                   mlir::MLIRContext *context,
                                   GuestModule &guest, uint64_t base = 0);

} // namespace meld::wasm

#endif // MELD_TARGET_WASM_GUESTMODULE_H
