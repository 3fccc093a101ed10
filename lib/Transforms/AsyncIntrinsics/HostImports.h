//===- HostImports.h - functions of the host --------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTIMPORTS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTIMPORTS_H

#include "EdgeMemory.h"

namespace meld::lowering {

/// The core imports by which the program calls functions of the host: `f`, or
/// `[call]f` where its type is asynchronous.
class HostImports {
public:
  HostImports(Program &program, Abi &abi, Entry &entry, EdgeMemory &memory)
      : program(program), abi(abi), entry(entry), memory(memory) {}

  /// Calls a function of synchronous type, whose values the caller's options
  /// can pass.
  mlir::ValueRange callSync(Code &code, component::HostFuncOp function,
                            const EdgeOptions &options,
                            mlir::ValueRange arguments);
  /// Calls `[call]f`. The result lies at `pointer`, in the runtime's memory,
  /// when the answer is 1 or `__resolve (number)` was called.
  mlir::Value callAsync(Code &code, component::HostFuncOp function,
                        mlir::ValueRange arguments, mlir::Value pointer,
                        mlir::Value number);

private:
  mlir::FlatSymbolRefAttr import(component::HostFuncOp function,
                                 const EdgeOptions &options);
  void addResolve();

  Program &program;
  Abi &abi;
  Entry &entry;
  EdgeMemory &memory;
  llvm::DenseMap<mlir::Attribute, mlir::FlatSymbolRefAttr> imports;
  llvm::DenseMap<mlir::StringAttr, unsigned> counts;
  bool hasResolve = false;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_HOSTIMPORTS_H
