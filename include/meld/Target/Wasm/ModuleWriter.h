//===- ModuleWriter.h - a wasm.module as bytes -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_MODULEWRITER_H
#define MELD_TARGET_WASM_MODULEWRITER_H

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Target/Wasm/OffsetMap.h"

namespace meld::wasm {

/// What is checked of the copies of guests' bodies in a module that is written.
/// All else of it is validated, in any case.
enum class CopyCheck : uint8_t {
  None,
  /// Each is its source, but for numbers that stand for things of the types
  /// that the source declares: it is valid if the source is.
  Compared,
  /// Each is validated by itself: nobody knows if the source is valid.
  Validated,
};

struct WriteOptions {
  CopyCheck copies = CopyCheck::None;
  /// Is filled with where the code comes from (docs/Map.md). Not for a module
  /// with `bytes`.
  core::OffsetMap *map = nullptr;
  /// The name of the map's file, for the section `sourceMappingURL`.
  llvm::StringRef mapName = {};
};

/// Writes `module` in the binary format: sections sized before they are
/// written, LEBs minimal, function types deduplicated, every function named by
/// its symbol in the name section. The same module gives the same bytes.
///
/// A module with `bytes` is written as it is. Any other must hold ops of this
/// dialect only. What is made is validated before it is written. Fails with a
/// located error, and then has written nothing.
mlir::LogicalResult writeModule(ModuleOp module, llvm::raw_ostream &os,
                                const WriteOptions &options = {});

/// Registers `--mlir-to-wasm` (the only module at the top of the file, as
/// bytes) and `--wasm-to-mlir` (a module that holds the file's bytes and lists
/// its imports and exports).
void registerModuleTranslations();

} // namespace meld::wasm

#endif // MELD_TARGET_WASM_MODULEWRITER_H
