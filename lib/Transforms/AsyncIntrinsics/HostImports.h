//===- HostImports.h - functions of the host --------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTIMPORTS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTIMPORTS_H

#include "Entry.h"

namespace meld::lowering {

/// The core imports by which the program calls functions of the host: `f`, or
/// `[call]f` where its type is asynchronous.
class HostImports {
public:
  HostImports(Program &program, Abi &abi, Entry &entry)
      : program(program), abi(abi), entry(entry) {}

  /// Calls a function of synchronous type.
  mlir::ValueRange callSync(Code &code, component::HostFuncOp function,
                            mlir::ValueRange arguments);
  /// Calls `[call]f`. The result lies at `pointer`, in the runtime's memory,
  /// when the answer is 1 or `__resolve (number)` was called.
  mlir::Value callAsync(Code &code, component::HostFuncOp function,
                        mlir::ValueRange arguments, mlir::Value pointer,
                        mlir::Value number);

private:
  mlir::FlatSymbolRefAttr import(component::HostFuncOp function);
  void addResolve();

  Program &program;
  Abi &abi;
  Entry &entry;
  llvm::DenseMap<mlir::StringAttr, mlir::FlatSymbolRefAttr> imports;
  bool hasResolve = false;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTIMPORTS_H
