//===- FastCopy.h - a copy whose other end waits ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_FASTCOPY_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_FASTCOPY_H

#include "Code.h"

namespace meld::lowering {

/// A copy with its operands.
struct CopySite : GuestCopy {
  /// Waits where nothing can move yet.
  bool sync = false;
  mlir::Value handle, pointer, length;
};

/// Whether a fast way is worth its code: it does not wait, elements are
/// numbers, copies are not counted, and few memories can be at the other end.
bool canCopyFast(Program &program, const CopySite &site);

/// Copies here, without a call of the runtime, where the handle is an idle end
/// of the right kind and type, the buffer is right, and the other end waits
/// with room; in all other cases calls `slow` with handle, pointer and length,
/// which finds out and traps where it has to. Gives the result of the built-in.
mlir::Value copyFast(Code &code, const CopySite &site,
                     mlir::FlatSymbolRefAttr slow);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_FASTCOPY_H
