//===- CallSite.h - one call of a task, as its caller sees it ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_CALLSITE_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_CALLSITE_H

#include "HostImports.h"

namespace meld::lowering {

/// A `call` or `call_sync`: what both have.
struct CallSite {
  mlir::Operation *op;
  component::FuncType type;
  mlir::FlatSymbolRefAttr caller, callee, start, returns;
  /// Core arguments, without the result pointer, which is null if there is
  /// none.
  mlir::ValueRange arguments;
  mlir::Value resultPointer;

  explicit CallSite(async_intrinsic::CallOp op);
  explicit CallSite(async_intrinsic::CallSyncOp op);
};

/// Makes the record of a call, with its result pointer. A null slot stands for
/// a thunk that nobody reaches.
mlir::Value newCall(Code &code, const CallSite &site, mlir::Value start,
                    mlir::Value returns);

// Calls of functions of the host. Their record is one of a call of the host
// instance, so that `__resolve` finds it.

/// What the lower of a call says of its memory.
Side getSide(const EdgeMemory &memory, const Program &program,
             const CallSite &site);

/// The body of an async lower: gives the state of the subtask.
mlir::Value callHost(HostImports &imports, EdgeMemory &memory, Code &code,
                     const CallSite &site, component::HostFuncOp function);
/// The body of a sync lower of a function of asynchronous type: gives the
/// result, or null if there is none. Traps unless the host has it at once.
mlir::Value callHostAndWait(HostImports &imports, EdgeMemory &memory,
                            Code &code, const CallSite &site,
                            component::HostFuncOp function);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_CALLSITE_H
