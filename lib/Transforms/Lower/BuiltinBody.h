//===- BuiltinBody.h - what a built-in does when it is called ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_BUILTINBODY_H
#define MELD_LIB_TRANSFORMS_LOWER_BUILTINBODY_H

#include "meld/Dialect/Component/IR/Component.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace meld {

/// A canonical built-in with all that its definition names, by symbols: the
/// same before and after flatten.
struct BuiltinUse {
  component::Builtin builtin;
  /// The type of the stream or future, or of the result of `task.return`; null
  /// for none.
  mlir::Type type;
  mlir::FlatSymbolRefAttr memory, realloc, table;
  /// Null before flatten.
  mlir::FlatSymbolRefAttr instance;
  component::StringEncoding encoding = component::StringEncoding::utf8;
  /// The slot of `context.get` and `context.set`.
  int32_t slot = 0;
  bool async = false;
  bool cancellable = false;
};

/// Whether `buildBuiltinBody` knows `use`.
bool canBuildBody(const BuiltinUse &use);

/// Fills `body`, the entry block of a function of the built-in's core type,
/// with what CanonicalABI.md says that the built-in does, over operations of
/// `async_intrinsic`. Needs `canBuildBody(use)`.
void buildBuiltinBody(mlir::ImplicitLocOpBuilder &b, mlir::Block &body,
                      const BuiltinUse &use);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_BUILTINBODY_H
