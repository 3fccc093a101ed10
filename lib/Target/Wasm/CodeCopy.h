//===- CodeCopy.h - Instructions with new indices ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A scan of the code tells where the indices are; what lies between two that
// change is copied in one piece.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CODECOPY_H
#define MELD_LIB_TARGET_WASM_CODECOPY_H

#include "ByteWriter.h"
#include "meld/Target/Wasm/Instructions.h"
#include "meld/Target/Wasm/OffsetMap.h"

namespace meld::wasm {

/// What an index in a body counts: the first eight, in the order of the lists
/// of `wasm.space`.
using IndexKind = core::Immediate;

/// The list that an index of `kind` counts.
constexpr unsigned spaceOf(IndexKind kind) {
  switch (kind) {
  case IndexKind::BlockType:
  case IndexKind::HeapType:
    return unsigned(IndexKind::Type);
  case IndexKind::Access:
    return unsigned(IndexKind::Memory);
  default:
    return unsigned(kind);
  }
}

/// Whether accesses of memory 0 change with `numbers`, by IndexKind.
inline bool movesMemory(const llvm::SmallVector<uint32_t> *numbers) {
  const auto &memories = numbers[unsigned(IndexKind::Memory)];
  return memories.empty() || memories.front() != 0;
}

/// Copies instructions and types from `in` to `out` and replaces their indices.
/// Errors are in the reader.
class CodeCopy {
public:
  /// The number of what is not in the module that is written. Nothing that is
  /// copied may name it.
  static constexpr uint32_t dropped = UINT32_MAX;

  /// `numbers[kind][i]` is the new number of index i.
  CodeCopy(ByteReader &in, ByteWriter &out,
           const llvm::SmallVector<uint32_t> *numbers)
      : in(in), out(out), numbers(numbers) {}

  /// Instructions up to the `end` that closes the expression.
  void expression();

  /// The declarations of local variables.
  void locals();

  /// A value type that has been read already.
  void type(core::ValType type);

  /// The index of a function in an element segment.
  void element();

  /// Lets `ref.func` and elements append their new numbers to `list`.
  void collectReferences(llvm::SmallVectorImpl<uint32_t> &list) {
    references = &list;
  }

  /// Lets every index whose length changes append to `list` where the copy goes
  /// on. Offsets count from where both are now.
  void collectPieces(std::vector<core::OffsetMap::Piece> &list) {
    pieces = &list;
    pieces->push_back({0, 0});
    inputStart = in.offset(), outputStart = out.size();
  }

  /// What the decoder calls: one index that a merge may change.
  LLVM_ATTRIBUTE_ALWAYS_INLINE
  void index(core::Immediate kind, uint64_t from, uint64_t to, uint32_t old);

private:
  /// Starts a piece at the cursor.
  void begin();
  /// Copies what is left of the last piece.
  void finish();
  /// Copies the piece that ends at `to`, and makes room for a number.
  LLVM_ATTRIBUTE_ALWAYS_INLINE void flush(uint64_t to);
  void makeRoom(size_t size);
  LLVM_ATTRIBUTE_ALWAYS_INLINE
  uint32_t newNumber(core::Immediate kind, uint64_t at, uint32_t old);
  void failIndex(core::Immediate kind, uint64_t at, uint32_t old);
  /// Writes the index that stands in the input from `from` to `to`.
  LLVM_ATTRIBUTE_ALWAYS_INLINE
  void write(core::Immediate kind, uint64_t from, uint64_t to, uint32_t number);
  /// Notes where the copy is, if it has drifted.
  void notePiece(uint64_t input);

  // Between `begin` and `finish` this writes to the end of `out` itself.
  LLVM_ATTRIBUTE_ALWAYS_INLINE void u(uint32_t value);
  void s(int64_t value);

  ByteReader &in;
  ByteWriter &out;
  const llvm::SmallVector<uint32_t> *numbers;
  /// All before this offset has been written.
  uint64_t copied = 0;
  /// Where the next byte goes, and what `out` has room for.
  char *to = nullptr, *limit = nullptr;
  /// The row is null outside of instructions.
  core::Instruction instruction;
  llvm::SmallVectorImpl<uint32_t> *references = nullptr;
  std::vector<core::OffsetMap::Piece> *pieces = nullptr;
  uint64_t inputStart = 0, outputStart = 0;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_CODECOPY_H
