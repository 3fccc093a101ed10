//===- Frame.h - what a call keeps of its caller ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_FRAME_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_FRAME_H

#include "Code.h"

namespace meld::lowering {

/// The state of the caller's thread, which a call of a function of synchronous
/// type keeps in locals: the current task, both `context` slots, and the
/// thread's record. The callee starts without a task or record and with fresh
/// slots.
class Frame {
public:
  /// Emits the code that keeps the state, and clears it. Leaves out the task in
  /// a program that has none (*no-tasks*), and the slots where `callee` does
  /// not use them (*no-context*): whom it calls keeps them where that one does.
  /// The record of the thread is there only where `callee` has built-ins of
  /// threads
  /// (*no-threads*). A null caller is the host, which has no state to keep
  /// unless it was called itself (`nested`).
  Frame(Code &code, mlir::FlatSymbolRefAttr caller,
        mlir::FlatSymbolRefAttr callee, bool nested = false);

  /// The same for a realloc of `instance` in the middle of a call, or a
  /// post-return function that the host calls. It is no task, and cannot ask
  /// for one: so under *no-context* there is nothing to keep.
  Frame(Code &code, mlir::FlatSymbolRefAttr instance);

  /// Emits the code that puts it back.
  void restore(Code &code);

private:
  struct Field {
    uint32_t address;
    mlir::Value value;
  };
  using Fields = llvm::SmallVector<std::pair<mlir::Type, size_t>>;
  void addContext(Code &code, Fields &fields);
  void clear(Code &code, const Fields &fields, bool keep);

  llvm::SmallVector<Field> kept;
  bool ofThreads = false;
};

/// Emits the code that keeps the `context` slots of the thread that runs, which
/// is one of `instance`, until `resumeThread` of its post-return function,
/// which the host calls next. Nothing under *no-context*.
void suspendThread(Code &code, mlir::FlatSymbolRefAttr instance);
void resumeThread(Code &code, mlir::FlatSymbolRefAttr instance);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_FRAME_H
