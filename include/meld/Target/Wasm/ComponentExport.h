//===- ComponentExport.h - Components as binaries ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_COMPONENTEXPORT_H
#define MELD_TARGET_WASM_COMPONENTEXPORT_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld {

/// Writes `root`, which must not be flattened, in the binary format of
/// components (Binary.md). The same root gives the same bytes.
///
/// Reports everything that the format cannot say, each at its op, with the
/// rule `not-writable`, or `utf8-encoding` for a name. Then checks the rules of
/// docs/Validation.md on what was written, which verifiers of single ops do
/// not, and reports each broken one at its op, or, for a root that
/// `--component-link` made, at the import that is given what it does not
/// accept. After an error nothing is written.
llvm::LogicalResult exportComponent(component::RootOp root,
                                    llvm::raw_ostream &os);

/// What is checked of a root that was read as text or bytecode.
struct RootCheck {
  /// Whether the function bodies of core modules are validated.
  bool bodies = true;
  /// Whether a root passes unchecked that passes have begun to lower, so that
  /// `exportComponent` cannot write it: it is no component any more.
  bool allowsLowered = false;
};

/// Checks the rules of docs/Validation.md on `root`, which only a verifier has
/// seen, as `importComponent` does on a binary. Reports what is wrong, as
/// `exportComponent` does. Writes `root` into memory, which takes as long.
llvm::LogicalResult checkComponent(component::RootOp root,
                                   const RootCheck &check = {});

/// `--mlir-to-component`: the only root at the top of the file.
void registerComponentExport();

} // namespace meld

#endif // MELD_TARGET_WASM_COMPONENTEXPORT_H
