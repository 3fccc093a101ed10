//===- Handles.h - handles between instances --------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HANDLES_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HANDLES_H

#include "Code.h"

namespace meld::lowering {

/// Takes the readable end of a stream or future, `own` or `borrow` that
/// `handle` is out of the table of `from` and puts it into that of `to`; null
/// is the host. The result is the index there, or what the handle stands for
/// where `to` defines the resource of a borrow. What the host defines is a
/// number of the host's on its side. A borrow counts in the scope of the call
/// whose arguments are being moved. Null, and nothing is made, for other types.
mlir::Value moveHandle(Code &code, mlir::Type type, mlir::Value handle,
                       mlir::FlatSymbolRefAttr from,
                       mlir::FlatSymbolRefAttr to);

/// Whether all handles in values of the function can be given to the host:
/// those of resources, and in a program that stays a core module streams and
/// futures.
bool canGiveHandles(component::TargetAttr target, component::FuncType type);
/// Whether handles in values of the function are core values of their own, at
/// places that do not depend on the values.
bool hasPlainHandles(component::FuncType type);

/// The core values `flat`, the handles in values of `types` moved; `flat` may
/// go on behind these.
llvm::SmallVector<mlir::Value>
moveHandles(Code &code, llvm::ArrayRef<mlir::Type> types, mlir::ValueRange flat,
            mlir::FlatSymbolRefAttr from, mlir::FlatSymbolRefAttr to);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HANDLES_H
