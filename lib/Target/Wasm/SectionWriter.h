//===- SectionWriter.h - The sections of a module ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_SECTIONWRITER_H
#define MELD_LIB_TARGET_WASM_SECTIONWRITER_H

#include "BodyCopier.h"
#include "MapRecorder.h"
#include "meld/Target/Wasm/ModuleWriter.h"
#include "meld/Target/Wasm/Sections.h"

namespace meld::wasm {

/// Writes the sections of a module. Each is complete before its size is
/// written; then all are joined, so a byte is copied twice and not more.
class SectionWriter {
public:
  SectionWriter(ModuleOp module, ModuleIndex &index, BodyCopier &bodies,
                const WriteOptions &options)
      : index(index), bodies(bodies), options(options), module(module),
        isNamed(!module->hasAttr("nameless")),
        hasDebugInfo(module->hasAttr("debug")) {
    if (options.map || hasDebugInfo)
      recorder.emplace(module, index, bodies,
                       options.map ? *options.map : ownMap);
  }

  /// Writes the module to `out`. Fails with a located error.
  mlir::LogicalResult write(ByteWriter &out);

private:
  using Id = core::section::Id;

  /// What a section, or a piece of one, has in front of its contents, and they.
  struct Section {
    ByteWriter header, content;
  };

  // Sections, in the order of the format but for the first.
  mlir::LogicalResult writeCode();
  mlir::LogicalResult writeDefinitions();
  mlir::LogicalResult writeStart();
  mlir::LogicalResult writeElems();
  void writeCustoms();
  mlir::LogicalResult writeDebugInfo();
  void writeTypes();

  /// Ends a section that is a vector of `count` entries; none without entries.
  void finish(Id id, size_t count);
  /// Ends a section of another form.
  void finish(Id id);
  mlir::LogicalResult finishMap(size_t count, size_t pieces);
  template <typename List, typename Entry>
  mlir::LogicalResult writeAll(List &list, Id id, Entry entry);
  void join(ByteWriter &out);

  // Entries (SectionEntries.cpp).
  void entity(mlir::Type type);
  mlir::LogicalResult exportEntry(ExportOp op);
  mlir::LogicalResult table(TableOp op);
  mlir::LogicalResult global(GlobalOp op);
  mlir::LogicalResult initializer(GlobalOp op);
  mlir::LogicalResult elem(ElemOp op);
  mlir::LogicalResult data(DataOp op);
  void offset(mlir::Type addressType, int64_t value);
  mlir::LogicalResult reference(mlir::Operation *op,
                                mlir::FlatSymbolRefAttr symbol);
  mlir::LogicalResult declare(mlir::Operation *op,
                              mlir::FlatSymbolRefAttr function);
  bool declareReferences();

  ModuleIndex &index;
  BodyCopier &bodies;
  const WriteOptions &options;
  std::optional<MapRecorder> recorder;
  ModuleOp module;
  bool isNamed, hasDebugInfo;
  core::OffsetMap ownMap;            // if nobody else wants one
  std::vector<Section> sections;     // that are complete
  ByteWriter content;                // of the section that is being written
  llvm::DenseSet<uint32_t> declared; // functions named outside of functions
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_SECTIONWRITER_H
