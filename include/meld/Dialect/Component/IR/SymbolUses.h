//===- SymbolUses.h - what a symbol has to name -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_SYMBOLUSES_H
#define MELD_DIALECT_COMPONENT_IR_SYMBOLUSES_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld::component {

/// What a symbol has to name.
enum class SymbolSort {
  instance, ///< a `component.instance_of`
  function, ///< a core function, of any dialect
  memory,
  table,
  module, ///< a `wasm.module`
  callee, ///< a component function: lifted, a task type, or of the host
};

/// The type of the component function that `op` is, in any dialect; null if it
/// is none.
FuncType getCalleeType(mlir::Operation *op);

/// Whether a lower of a function of `type` needs the option `memory`
/// (CanonicalABI.md, "canonopt Validation"): something lies behind a pointer.
bool needsMemory(FuncType type, bool async);

/// A function of `type` that is lowered at `user` has a `memory`, if it needs
/// one. Fails with an error: rule option-missing.
mlir::LogicalResult verifyMemoryOption(mlir::Operation *user, FuncType type,
                                       bool async, bool memory);

/// `symbol`, if given, names a `sort` in the nearest symbol table of `user`.
/// Fails with an error at `user`: rules symbol-missing and instance-symbol.
mlir::LogicalResult verifySymbolUse(mlir::Operation *user,
                                    mlir::FlatSymbolRefAttr symbol,
                                    SymbolSort sort,
                                    mlir::SymbolTableCollection &tables);

} // namespace meld::component

#endif // MELD_DIALECT_COMPONENT_IR_SYMBOLUSES_H
