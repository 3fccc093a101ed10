//===- HostImports.h - functions of the host --------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTIMPORTS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTIMPORTS_H

#include "EdgeMemory.h"
#include "EdgeResources.h"

namespace meld::lowering {

/// The core imports by which the program calls functions of the host: `f`, or
/// `[call]f` where its type is asynchronous.
class HostImports {
public:
  HostImports(Program &program, Abi &abi, Entry &entry, EdgeMemory &memory,
              EdgeResources &resources)
      : program(program), abi(abi), entry(entry), memory(memory),
        resources(resources) {}

  /// Calls a function of synchronous type, whose handles are those of
  /// resources. `guest` says what the lower of the caller says; `arguments` and
  /// the results are the core values of that lower.
  llvm::SmallVector<mlir::Value> callSync(Code &code,
                                          component::HostFuncOp function,
                                          const Side &guest,
                                          mlir::ValueRange arguments);
  /// The same where the host is the caller, too: its values stay where they
  /// are, in the staging area. The results are those of a lift.
  llvm::SmallVector<mlir::Value> passOn(Code &code,
                                        component::HostFuncOp function,
                                        mlir::ValueRange arguments);
  /// Calls `[call]f`. The result lies at `pointer`, in the runtime's memory,
  /// when the answer is 1 or `__resolve (number)` was called.
  mlir::Value callAsync(Code &code, component::HostFuncOp function,
                        mlir::ValueRange arguments, mlir::Value pointer,
                        mlir::Value number);

private:
  mlir::FlatSymbolRefAttr import(component::HostFuncOp function,
                                 const Side &side);
  llvm::SmallVector<mlir::Value> callDirect(Code &code,
                                            component::HostFuncOp function,
                                            const Side &guest,
                                            mlir::ValueRange arguments);
  llvm::SmallVector<mlir::Value> callStaged(Code &code,
                                            component::HostFuncOp function,
                                            const Side &guest, const Side &host,
                                            mlir::ValueRange arguments);
  mlir::Value callBlocking(Code &code, component::HostFuncOp function,
                           mlir::ValueRange arguments, mlir::Value pointer);
  void addResolve();

  Program &program;
  Abi &abi;
  Entry &entry;
  EdgeMemory &memory;
  EdgeResources &resources;
  llvm::DenseMap<mlir::Attribute, mlir::FlatSymbolRefAttr> imports;
  llvm::DenseMap<mlir::StringAttr, unsigned> counts;
  bool hasResolve = false;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTIMPORTS_H
