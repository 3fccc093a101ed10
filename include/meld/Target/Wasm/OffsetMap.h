//===- OffsetMap.h - Where the code of a module comes from ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The offset map of docs/Map.md: the writer fills it, `meld where` asks it, and
// as a file it is a source map. No MLIR in it.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_OFFSETMAP_H
#define MELD_TARGET_WASM_OFFSETMAP_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meld::core {

/// The source that the guest runtime comes from.
inline constexpr llvm::StringLiteral runtimeSource = "runtime.wasm";

struct OffsetMap {
  /// From `output` on bytes are those from `input` on. Both count from the
  /// first byte of a function, here and where it was copied from.
  struct Piece {
    uint32_t output, input;
  };

  /// A place in one of `sources`. Lines count from 1; in a binary the line is 0
  /// and the column is an offset.
  struct Origin {
    uint32_t source;
    uint32_t line;
    uint64_t column;
  };

  /// A defined function of the module.
  struct Function {
    /// As the guest calls it; the symbol of a generated one.
    std::string name;
    /// Its local declarations and code, as offsets of the module.
    uint64_t begin = 0, end = 0;
    /// Where the function that it is a copy of begins, or the definition that
    /// it was generated for.
    std::optional<Origin> origin;
    bool isCopy = false;
    /// Of a copy: by `output`, the first one {0, 0}.
    std::vector<Piece> pieces;
  };

  /// What the functions `first`, `first + 1`, ... `count` of them, have in
  /// common: an instance of a core module, or a definition of a component, by
  /// the names of the instantiations that lead to it.
  struct Instance {
    std::vector<std::string> path;
    /// Whether they are the guest runtime; the path is empty then.
    bool isRuntime = false;
    struct Run {
      uint32_t first, count;
    };
    std::vector<Run> functions;
  };

  /// The contents of the code section.
  uint64_t codeBegin = 0, codeEnd = 0;
  /// How many imported functions come before the first one.
  uint32_t imported = 0;
  /// In the order of the module, and so of their offsets.
  std::vector<Function> functions;
  std::vector<Instance> instances;
  /// Names of files. Empty: a place that is not known.
  std::vector<std::string> sources;

  /// What is known of one byte of the module.
  struct Answer {
    /// The position in `functions`.
    uint32_t function;
    /// The byte's own place.
    std::optional<Origin> origin;
    /// All that have the function: positions in `instances`.
    llvm::SmallVector<uint32_t> instances;
  };

  /// Nothing for a byte that belongs to no function.
  std::optional<Answer> locate(uint64_t offset) const;

  /// The byte of the input that the byte `offset` of a copy came from, both
  /// counted from the function's first one.
  static uint32_t inputOf(const Function &function, uint32_t offset);

  /// The other way: where the byte `offset` of the input is in the copy. A byte
  /// of an index that became shorter is its last one.
  static uint32_t outputOf(const Function &function, uint32_t offset);

  /// Adds the function to an instance. To be called in their order.
  static void add(Instance &instance, uint32_t function);

  /// Writes the source map.
  void write(llvm::raw_ostream &os) const;

  /// Reads a source map that `write` made. The error says what is wrong with
  /// any other text.
  static llvm::Expected<OffsetMap> read(llvm::StringRef text);
};

} // namespace meld::core

#endif // MELD_TARGET_WASM_OFFSETMAP_H
