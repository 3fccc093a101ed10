//===- CodeSection.h - The functions of a module as bytes -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nearly all bytes of a program are copied bodies, and one does not depend on
// another: threads share them. Generated functions are few; they are written
// one after the other, because they add to the types. The section is cut where
// the input says, never by the number of threads, and its pieces are joined in
// order, so the bytes are always the same.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CODESECTION_H
#define MELD_LIB_TARGET_WASM_CODESECTION_H

#include "BodyCopier.h"
#include <deque>

namespace meld::wasm {

class CodeSection {
public:
  /// Entries of the section that stand next to each other.
  struct Chunk {
    /// Entries, each with its size.
    ByteWriter bytes;

    /// An entry, without its size.
    struct Entry {
      mlir::Operation *op;
      uint32_t begin, size;
      core::OffsetMap::Function mapped;
    };
    /// Only of a section that is mapped.
    std::vector<Entry> entries;
  };

  /// With `isMapped` the chunks have entries.
  CodeSection(ModuleIndex &index, BodyCopier &bodies, bool isMapped)
      : index(index), bodies(bodies), isMapped(isMapped) {}

  /// Writes all functions. Fails at the first that cannot be written.
  mlir::LogicalResult write();

  /// What was written, in order.
  std::vector<Chunk> chunks;

private:
  /// Copies of one chunk, and what came of them.
  struct Work {
    size_t chunk;
    size_t inputBytes = 0;
    std::vector<std::pair<BytesOp, BodyCopier::Body>> copies;
    llvm::SmallVector<uint32_t> references;
    std::optional<ReadError> error;
    /// The copy that has the error.
    BytesOp failedOp = {};
  };

  /// Whether the last chunk is one of copies.
  bool endsWithCopies() const {
    return !works.empty() && works.back().chunk + 1 == chunks.size();
  }
  mlir::LogicalResult emit(FuncOp op);
  mlir::LogicalResult plan(BytesOp op);
  void copy(Work &work);
  void append(Chunk &chunk, mlir::Operation *op, const ByteWriter &code,
              core::OffsetMap::Function mapped);

  ModuleIndex &index;
  BodyCopier &bodies;
  bool isMapped;
  std::deque<Work> works; // a vector would copy them when it grows
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_CODESECTION_H
