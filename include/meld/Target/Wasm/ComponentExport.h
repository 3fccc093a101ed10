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

/// `--mlir-to-component`: the only root at the top of the file.
void registerComponentExport();

} // namespace meld

#endif // MELD_TARGET_WASM_COMPONENTEXPORT_H
