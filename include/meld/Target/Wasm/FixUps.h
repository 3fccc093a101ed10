//===- FixUps.h - Where the indices in code are -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One decode of each body gives the list of what its code refers to: what a
// merge has to patch, and what call graphs and the like want to know. The list
// is an analysis beside the bytes, not an IR.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_FIXUPS_H
#define MELD_TARGET_WASM_FIXUPS_H

#include "meld/Target/Wasm/ModuleView.h"
#include "meld/Target/Wasm/Opcodes.h"

namespace meld::core {

/// An index in a body.
struct FixUp {
  /// The first byte that holds it, counted from the start of the module. Of an
  /// access that is its alignment.
  uint32_t offset;
  uint32_t index;
  /// The instruction that it belongs to; `Nop` for the types of locals.
  Op op;
  /// An index space, `BlockType`, `HeapType` (types, both s33) or `Access` (a
  /// memory).
  Immediate kind;
  /// How many bytes hold it.
  uint8_t size;

  /// A call of the function `index`; else it is a reference to it.
  bool isCall() const { return op == Op::Call || op == Op::ReturnCall; }
};
static_assert(sizeof(FixUp) == 12, "there are millions of them");

/// The fix-ups of all bodies of a module.
class CodeIndex {
public:
  /// Whether accesses of memory 0 are listed: most are, and only who moves that
  /// memory to another number, or asks which function touches it, wants them.
  enum class Accesses : uint8_t { Omit, List };

  /// Decodes every body of `view`. Returns the first error: malformed code, or
  /// a body that does not end with its last `end`.
  std::optional<ReadError> build(const ModuleView &view, Accesses accesses);

  /// The fix-ups of a body, in the order of the bytes.
  llvm::ArrayRef<FixUp> body(uint32_t number) const {
    return llvm::ArrayRef(list).slice(starts[number],
                                      starts[number + 1] - starts[number]);
  }
  /// Those of all bodies.
  llvm::ArrayRef<FixUp> all() const { return list; }

private:
  std::vector<FixUp> list;
  /// By body, and the end.
  std::vector<uint32_t> starts;
};

} // namespace meld::core

#endif // MELD_TARGET_WASM_FIXUPS_H
