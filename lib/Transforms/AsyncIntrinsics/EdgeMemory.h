//===- EdgeMemory.h - guest memory that the host touches --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGEMEMORY_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGEMEMORY_H

#include "Entry.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

namespace meld::lowering {

/// What a `canon lift` or `canon lower` whose other side is the host says about
/// memory.
struct EdgeOptions {
  mlir::FlatSymbolRefAttr instance, memory, realloc;
  component::StringEncoding encoding = component::StringEncoding::utf8;
};

/// Gives the host what it needs to pass values in memory: exported memories,
/// and realloc functions with `may_leave` off, each once.
class EdgeMemory {
public:
  EdgeMemory(Program &program, Abi &abi, Entry &entry)
      : program(program), abi(abi), entry(entry) {}

  /// Whether the host can pass all values of a function of synchronous type,
  /// but for their handles: where they lie in memory, there is one.
  bool canPass(component::FuncType type, const EdgeOptions &options) const;

  /// The core type of the function on the side of the guest.
  mlir::FunctionType coreType(component::FuncType type,
                              component::CallSide side,
                              const EdgeOptions &options) const;

  /// Describes where the values of `function` lie, and exports it.
  void describe(AbiFunction &function, const EdgeOptions &options);

private:
  bool isMemory64(mlir::FlatSymbolRefAttr memory) const;
  std::string exportRealloc(const EdgeOptions &options);

  Program &program;
  Abi &abi;
  Entry &entry;
  llvm::DenseMap<mlir::StringAttr, std::string> reallocs;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGEMEMORY_H
