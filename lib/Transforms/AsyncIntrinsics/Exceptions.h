//===- Exceptions.h - which modules throw and catch -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EXCEPTIONS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EXCEPTIONS_H

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "llvm/ADT/DenseMap.h"

namespace meld::lowering {

/// What the code of a module does with exceptions.
struct ExceptionUse {
  /// It has a `throw`. What it throws again it has caught.
  bool throws = false;
  /// It has a handler.
  bool catches = false;
  /// It has instructions of the proposal that became standard, or of the one
  /// before it: `try`, `catch`, `rethrow`.
  bool standard = false, legacy = false;
};

/// Looks into modules, into each at most once. A module without bytes, or with
/// bytes that cannot be read, does nothing: no program comes of it.
class Exceptions {
public:
  /// Whether `module` has tags, of its own or imported ones.
  bool hasTags(wasm::ModuleOp module);
  /// Whether `module` may be where an exception comes from. One without tags
  /// is not, so most modules need not be decoded.
  bool throws(wasm::ModuleOp module);
  /// Decodes the bodies of `module`.
  const ExceptionUse &use(wasm::ModuleOp module);

private:
  llvm::DenseMap<mlir::Operation *, ExceptionUse> uses;
  llvm::DenseMap<mlir::Operation *, bool> tags;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EXCEPTIONS_H
