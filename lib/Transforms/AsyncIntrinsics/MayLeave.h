//===- MayLeave.h - where an instance may not leave -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_MAYLEAVE_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_MAYLEAVE_H

#include "Code.h"

namespace meld::lowering {

/// Says whether `instance` may leave, the spec's `may_leave`.
void setMayLeave(Code &code, mlir::FlatSymbolRefAttr instance, bool value);

/// Runs `call` with the spec's `may_leave` of `instance` off: it calls a
/// realloc or post-return function of that instance.
void withoutLeaving(Code &code, mlir::FlatSymbolRefAttr instance,
                    llvm::function_ref<void()> call);

/// Traps if `instance` may not leave. Nothing where it always may: no operation
/// says that it may not, and no lift of it names a post-return function.
void checkMayLeave(Code &code, mlir::FlatSymbolRefAttr instance);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_MAYLEAVE_H
