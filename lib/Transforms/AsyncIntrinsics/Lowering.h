//===- Lowering.h - from intrinsics to core code ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_LOWERING_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_LOWERING_H

#include "EdgeElements.h"
#include "HostExports.h"

namespace meld::lowering {

/// The lowering of one flattened root, whose references have been checked.
class Lowering {
public:
  explicit Lowering(component::RootOp root);

  Program program;
  Abi abi;
  Entry entry;
  EdgeMemory memory;
  EdgeResources resources;
  HostImports imports;
  HostExports exports;
  llvm::SmallVector<EdgeElements> edgeElements;

  /// Lowers all that can be lowered; the rest stays as it is. Fails where no
  /// engine would take the result.
  mlir::LogicalResult run();

private:
  void lowerAll(llvm::function_ref<bool(mlir::Operation *)> wanted);
  void lowerFunctions();
  void lowerSymbols();
  void eraseUnused();
  void exportMemories();
  void finish();
};

/// Resolves the task of `call` with the core values of its result, which its
/// return thunk takes over.
void returnResult(Code &code, mlir::Value call, mlir::ValueRange result);

/// Version 2026-08 traps where a task of synchronous type is about to do what
/// may block, unless another one of its instance can go on; 2026-10 traps only
/// where it has to block. Of `instance` is the code.
void checkMayBlock(Code &code, mlir::FlatSymbolRefAttr instance);

/// Lowers `op` to one call of the runtime, with its operands.
bool lowerToCall(Lowering &lowering, mlir::Operation *op,
                 llvm::StringRef function);
/// The same with its instance, its operands, and `constants`.
bool lowerToCall(Lowering &lowering, mlir::Operation *op,
                 llvm::StringRef function, mlir::FlatSymbolRefAttr instance,
                 llvm::ArrayRef<uint32_t> constants = {});

// One overload per operation: replaces it by operations of `wasm`. False: it
// stays, and nothing was made.

bool lower(Lowering &, async_intrinsic::CheckMayLeaveOp);
bool lower(Lowering &, async_intrinsic::TrapOp);
bool lower(Lowering &, async_intrinsic::CheckPointerOp);

bool lower(Lowering &, async_intrinsic::ResourceNewOp);
bool lower(Lowering &, async_intrinsic::ResourceRepOp);
bool lower(Lowering &, async_intrinsic::ResourceDropOp);
bool lower(Lowering &, async_intrinsic::ScopeBeginOp);
bool lower(Lowering &, async_intrinsic::ScopeEnterOp);
bool lower(Lowering &, async_intrinsic::ScopeCheckOp);
bool lower(Lowering &, async_intrinsic::ScopeEndOp);

bool lower(Lowering &, async_intrinsic::StreamNewOp);
bool lower(Lowering &, async_intrinsic::StreamReadOp);
bool lower(Lowering &, async_intrinsic::StreamWriteOp);
bool lower(Lowering &, async_intrinsic::StreamCancelReadOp);
bool lower(Lowering &, async_intrinsic::StreamCancelWriteOp);
bool lower(Lowering &, async_intrinsic::StreamDropReadableOp);
bool lower(Lowering &, async_intrinsic::StreamDropWritableOp);
bool lower(Lowering &, async_intrinsic::FutureNewOp);
bool lower(Lowering &, async_intrinsic::FutureReadOp);
bool lower(Lowering &, async_intrinsic::FutureWriteOp);
bool lower(Lowering &, async_intrinsic::FutureCancelReadOp);
bool lower(Lowering &, async_intrinsic::FutureCancelWriteOp);
bool lower(Lowering &, async_intrinsic::FutureDropReadableOp);
bool lower(Lowering &, async_intrinsic::FutureDropWritableOp);
bool lower(Lowering &, async_intrinsic::CopyOp);

bool lower(Lowering &, async_intrinsic::WaitableSetNewOp);
bool lower(Lowering &, async_intrinsic::WaitableSetPollOp);
bool lower(Lowering &, async_intrinsic::WaitableSetWaitOp);
bool lower(Lowering &, async_intrinsic::WaitableSetDropOp);
bool lower(Lowering &, async_intrinsic::WaitableJoinOp);
bool lower(Lowering &, async_intrinsic::SubtaskDropOp);
bool lower(Lowering &, async_intrinsic::SubtaskCancelOp);
bool lower(Lowering &, async_intrinsic::BackpressureIncOp);
bool lower(Lowering &, async_intrinsic::BackpressureDecOp);

bool lower(Lowering &, async_intrinsic::ContextGetOp);
bool lower(Lowering &, async_intrinsic::ContextSetOp);
bool lower(Lowering &, async_intrinsic::TaskReturnOp);
bool lower(Lowering &, async_intrinsic::TaskCancelOp);
bool lower(Lowering &, async_intrinsic::TaskExitOp);
bool lower(Lowering &, async_intrinsic::TaskYieldOp);
bool lower(Lowering &, async_intrinsic::TaskWaitOp);

bool lower(Lowering &, async_intrinsic::ThreadYieldOp);
bool lower(Lowering &, async_intrinsic::ThreadIndexOp);
bool lower(Lowering &, async_intrinsic::ThreadNewOp);
bool lower(Lowering &, async_intrinsic::ThreadResumeLaterOp);
bool lower(Lowering &, async_intrinsic::ThreadSuspendOp);
bool lower(Lowering &, async_intrinsic::ThreadSwitchOp);

bool lower(Lowering &, async_intrinsic::ErrorContextNewOp);
bool lower(Lowering &, async_intrinsic::ErrorContextDebugMessageOp);
bool lower(Lowering &, async_intrinsic::ErrorContextDropOp);

bool lower(Lowering &, async_intrinsic::CallOp);
bool lower(Lowering &, async_intrinsic::CallSyncOp);
bool lower(Lowering &, async_intrinsic::CallSetResultOp);
bool lower(Lowering &, async_intrinsic::CallDirectOp);
bool lower(Lowering &, async_intrinsic::CallEntryOp);
bool lower(Lowering &, async_intrinsic::CallReallocOp);
bool lower(Lowering &, async_intrinsic::CallPostReturnOp);
bool lower(Lowering &, async_intrinsic::CallArgumentsOp);
bool lower(Lowering &, async_intrinsic::CallResultPointerOp);
bool lower(Lowering &, async_intrinsic::EnterOp);
bool lower(Lowering &, async_intrinsic::TransferOp);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_LOWERING_H
