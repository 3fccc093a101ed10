//===- References.h - what the symbols of intrinsics name -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_REFERENCES_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_REFERENCES_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld::lowering {

/// Checks that each operation of `async_intrinsic` in a flattened root names
/// its instance, that all its symbols name what they should, and that its types
/// are of the right kind: the dialect cannot, because before
/// `--component-flatten` symbols stand for imports.
mlir::LogicalResult checkReferences(component::RootOp root);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_REFERENCES_H
