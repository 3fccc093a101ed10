//===- MapRecorder.h - The offset map of a module being written -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_MAPRECORDER_H
#define MELD_LIB_TARGET_WASM_MAPRECORDER_H

#include "BodyCopier.h"
#include "llvm/ADT/StringMap.h"

namespace meld::wasm {

/// Fills the offset map of docs/Map.md while a module is written: the writer
/// hands over each function and, at the end, where the code lies.
class MapRecorder {
public:
  MapRecorder(ModuleOp module, const ModuleIndex &index, BodyCopier &bodies,
              core::OffsetMap &map)
      : module(module), index(index), bodies(bodies), map(map) {}

  /// Finds out where the modules that are copied from lie.
  mlir::LogicalResult open();

  /// Adds the next function, of `size` bytes from `begin` on. Of a copy,
  /// `mapped` has the pieces.
  void add(mlir::Operation *op, core::OffsetMap::Function mapped,
           uint64_t begin, uint64_t size);

  /// Adds the instances. The code section has its contents from `begin` to
  /// `end`; the offsets of the functions so far count from `origin`.
  mlir::LogicalResult finish(uint64_t begin, uint64_t end, uint64_t origin);

private:
  /// The module of a space.
  struct Guest {
    const core::ModuleView *view;
    uint32_t source;
    /// The offset of its first byte in that source.
    uint64_t base;
  };

  void placeCopy(BytesOp op, core::OffsetMap::Function &mapped);
  mlir::LogicalResult addInstance(SpaceOp space);
  bool isOf(BytesOp copy, SpaceOp space) const;
  void addGenerated();
  std::optional<core::OffsetMap::Origin> originOf(mlir::Location loc);
  uint32_t sourceNumber(llvm::StringRef name);
  void shortenSources();

  ModuleOp module;
  const ModuleIndex &index;
  BodyCopier &bodies;
  core::OffsetMap &map;
  llvm::StringMap<uint32_t> sources;
  llvm::DenseMap<mlir::StringAttr, Guest> guests; // by space
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_MAPRECORDER_H
