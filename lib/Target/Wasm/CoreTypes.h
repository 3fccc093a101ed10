//===- CoreTypes.h - Core types of a binary as MLIR types -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CORETYPES_H
#define MELD_LIB_TARGET_WASM_CORETYPES_H

#include "meld/Support/ByteReader.h"
#include "mlir/IR/BuiltinTypes.h"

namespace meld::wasm {

/// Reads core types; errors stay in the ByteReader, and the types are null
/// then. Reference types other than funcref, externref and exnref, and types
/// of the GC proposal, are the rule `unsupported-feature`.
class CoreTypeReader {
public:
  CoreTypeReader(ByteReader &in, mlir::MLIRContext *context)
      : in(in), context(context) {}

  mlir::Type valueType();
  /// What follows 0x60: parameters and results.
  mlir::FunctionType functionType();
  /// `externtype`; functions and tags name one of `types`. A null entry of
  /// `types` makes the result null, without an error.
  mlir::Type externType(llvm::ArrayRef<mlir::FunctionType> types);

  mlir::Type tableType();
  mlir::Type memoryType();
  mlir::Type globalType();
  mlir::Type tagType(llvm::ArrayRef<mlir::FunctionType> types);
  mlir::FunctionType indexedType(llvm::ArrayRef<mlir::FunctionType> types);

private:
  struct Limits {
    uint64_t min = 0;
    std::optional<uint64_t> max;
    bool shared = false, index64 = false;
  };
  Limits limits();

  ByteReader &in;
  mlir::MLIRContext *context;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_CORETYPES_H
