//===- HostExports.h - what the host can call -------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTEXPORTS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTEXPORTS_H

#include "HostImports.h"

namespace meld::lowering {

/// The core exports by which the host calls the program.
class HostExports {
public:
  HostExports(Program &program, Abi &abi, Entry &entry, EdgeMemory &memory,
              EdgeResources &resources, HostImports &imports, bool hasEnds)
      : program(program), abi(abi), entry(entry), memory(memory),
        resources(resources), imports(imports), hasEnds(hasEnds) {}

  /// Makes the core export for `op`: `f` in the Canonical ABI's core signature,
  /// or `[start]f` where the type is asynchronous. False, and nothing is made,
  /// where the edge cannot pass its values.
  bool add(component::ExportFuncOp op);
  /// Makes the body of `__callback`.
  void add(async_intrinsic::TrampolineOp op);

  /// Whether streams or futures cross the edge.
  bool passEnds() const { return hasEnds; }

private:
  bool addSync(component::ExportFuncOp op, const Callee &callee);
  bool addAsync(component::ExportFuncOp op, const Callee &callee);
  /// The core values of the results, as the host finds them.
  llvm::SmallVector<mlir::Value> callLift(Code &code, const Callee &callee,
                                          const Side &guest,
                                          mlir::ValueRange arguments);
  llvm::SmallVector<mlir::Value> callDirect(Code &code, const Callee &callee,
                                            const Side &host,
                                            mlir::ValueRange arguments,
                                            mlir::Value scope);
  llvm::SmallVector<mlir::Value> callStaged(Code &code, const Callee &callee,
                                            const adapters::Route &there,
                                            mlir::ValueRange arguments,
                                            mlir::Value scope);
  /// Calls the core function; `moveResults` takes what it returns to the host.
  /// Post-return runs behind that on the callee's thread, with the results as
  /// the callee returned them, unless the host has to read them first.
  using MoveResults =
      llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ValueRange)>;
  llvm::SmallVector<mlir::Value> callEntry(Code &code, const Callee &callee,
                                           const Side &host,
                                           mlir::ValueRange arguments,
                                           mlir::Value scope,
                                           MoveResults moveResults);
  std::string addPostReturn(component::ExportFuncOp op, const Callee &callee,
                            const Side &host);
  /// Exports what `body` emits as the post-return of `op`, whose core function
  /// has `results`; its name.
  std::string
  exportPostReturn(component::ExportFuncOp op, mlir::TypeRange results,
                   llvm::function_ref<void(Code &, mlir::ValueRange)> body);

  // HostTasks.cpp: functions of asynchronous type.
  llvm::SmallVector<mlir::Value> moveArguments(Code &code,
                                               const adapters::Route &there,
                                               component::FuncType type,
                                               mlir::Value call,
                                               mlir::ValueRange arguments);
  llvm::SmallVector<mlir::Type> getReturned(const Callee &callee) const;
  struct Thunks {
    mlir::FlatSymbolRefAttr start, returns;
  };
  mlir::Value makeCall(Code &code, component::ExportFuncOp op,
                       component::FuncType type, Thunks thunks,
                       mlir::ValueRange arguments);
  mlir::Value startTask(Code &code, mlir::Value before, mlir::Value call);
  mlir::FlatSymbolRefAttr addStartThunk(component::ExportFuncOp op,
                                        const Callee &callee);
  mlir::FlatSymbolRefAttr addReturnThunk(component::ExportFuncOp op,
                                         const Callee &callee);

  // HostBlocking.cpp: the same, where a call stays inside until it has
  // resolved.
  void addBlocking(component::ExportFuncOp op, const Callee &callee,
                   Thunks thunks);
  std::string addBlockingPostReturn(component::ExportFuncOp op,
                                    component::FuncType type);
  /// Keeps where the result of the call lies, and what it is staged in.
  void keepAnswer(Code &code, mlir::Value pointer, mlir::Value staged);

  Program &program;
  Abi &abi;
  Entry &entry;
  EdgeMemory &memory;
  EdgeResources &resources;
  HostImports &imports;
  /// Streams or futures cross the edge.
  bool hasEnds;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTEXPORTS_H
