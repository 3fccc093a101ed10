//===- SelfCalls.h - an instance that calls itself --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_SELFCALLS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_SELFCALLS_H

#include "Lowering.h"

namespace meld::lowering {

/// Replaces a call whose caller is the instance of `callee`, a lift of
/// synchronous type. All values of one direction are lifted
/// into the staging area, handles as what they stand for, before the first is
/// lowered: realloc may write over what is lifted, results may overlap, and
/// indices of handles are given again in the order in which they were freed.
bool lowerSelfCall(Lowering &lowering, async_intrinsic::CallDirectOp op,
                   const Callee &callee);

/// Whether `op` moves values between two sides of one instance that
/// `--lower-values` has left (docs/Adapters.md, *two-instances*).
bool isSelfTransfer(const Program &program, mlir::Operation *op);

/// Replaces such a transfer, half of a call of a task: as above.
bool lowerSelfTransfer(Lowering &lowering, async_intrinsic::TransferOp op,
                       const Callee &callee);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_SELFCALLS_H
