//===- CodeCopy.h - Instructions with new indices ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CODECOPY_H
#define MELD_LIB_TARGET_WASM_CODECOPY_H

#include "BodyCopier.h"
#include "llvm/ADT/StringExtras.h"

namespace meld::wasm {

/// Copies instructions from `in` to `out` and replaces their indices.
class CodeCopy {
public:
  /// `numbers[kind][i]` is the new number of index i.
  CodeCopy(ByteReader &in, ByteWriter &out,
           const llvm::SmallVector<uint32_t> *numbers)
      : in(in), out(out), numbers(numbers) {}

  /// Instructions up to the `end` that closes the expression. Errors are in
  /// the reader.
  void expression();

  /// One index.
  void index(IndexKind kind);

private:
  void instruction(uint8_t opcode);
  void prefixedFC();
  void prefixedFD();
  void blockType();
  void memoryArgument();
  void brTable();
  void tryTable();
  uint32_t newNumber(IndexKind kind, uint64_t at, uint32_t old);

  /// Copies what `read` takes as it is.
  template <typename Read> void same(Read read) {
    uint64_t from = in.offset();
    read();
    if (!in.failed())
      out.raw(llvm::toStringRef(in.since(from)));
  }
  void sameU32(unsigned count = 1) {
    same([&] {
      while (count--)
        in.u32();
    });
  }
  void sameBytes(unsigned count) {
    same([&] { (void)in.bytes(count); });
  }

  ByteReader &in;
  ByteWriter &out;
  const llvm::SmallVector<uint32_t> *numbers;
  unsigned depth = 0;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_CODECOPY_H
