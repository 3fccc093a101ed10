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
/// rule `not-writable`, or `utf8-encoding` for a name; then writes nothing.
llvm::LogicalResult exportComponent(component::RootOp root,
                                    llvm::raw_ostream &os);

/// The same for a root that `--component-link` made, whose inputs may not fit
/// each other: checks the rules of docs/Validation.md on what was written.
/// Reports a broken one at the import that is given what it does not accept;
/// then writes nothing.
llvm::LogicalResult exportLinked(component::RootOp root, llvm::raw_ostream &os);

/// `--mlir-to-component`: the only root at the top of the file.
void registerComponentExport();

} // namespace meld

#endif // MELD_TARGET_WASM_COMPONENTEXPORT_H
