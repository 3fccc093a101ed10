//===- Uses.h - which entities a definition names ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_USES_H
#define MELD_LIB_TRANSFORMS_MERGE_USES_H

#include "Program.h"
#include "meld/Target/Wasm/FixUps.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace meld::merge {

/// One entity that a guest's bytes name, and the instruction that does; `End`
/// for a plain index in an element segment.
struct Use {
  Space space;
  uint32_t index;
  core::Op op;
};

/// Answers what a definition names. The bytes of a module are decoded when they
/// are first asked for, and once, however often the module is instantiated.
class Uses {
public:
  using Visitor = llvm::function_ref<void(EntityId, core::Op)>;

  /// With `wholeModules` most bodies will be asked for: the first one that is
  /// has the code of its whole module scanned.
  Uses(const Program &program, bool wholeModules)
      : program(program), wholeModules(wholeModules) {}

  /// Calls `visit` for each entity that the definition of `id` names: a body,
  /// an initializer, the offset and the elements of a segment; in the root
  /// every symbol. What a guest names twice may be visited twice. Fails with a
  /// located error on bytes that cannot be decoded.
  mlir::LogicalResult visit(EntityId id, Visitor visit);

  /// The same for an operation of the root.
  void visitSymbols(mlir::Operation *op, Visitor visit);

private:
  using List = llvm::SmallVector<Use, 4>;
  /// By guest, space and number of the definition.
  using Key =
      std::pair<const wasm::GuestModule *, std::pair<unsigned, unsigned>>;

  mlir::FailureOr<llvm::ArrayRef<Use>> read(const Instance &instance,
                                            Space space, uint32_t index);

  std::optional<ReadError> readBody(const wasm::GuestModule &guest,
                                    uint32_t index, List &list);

  const Program &program;
  bool wholeModules;
  llvm::DenseMap<Key, std::unique_ptr<List>> lists;
  llvm::DenseMap<const wasm::GuestModule *, std::unique_ptr<core::CodeIndex>>
      scans;
};

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_USES_H
