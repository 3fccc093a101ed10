//===- CoreTypes.h - Core types of a binary as MLIR types -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CORETYPES_H
#define MELD_LIB_TARGET_WASM_CORETYPES_H

#include "meld/Target/Wasm/CanonicalTypes.h"
#include "meld/Target/Wasm/TypeReader.h"
#include "mlir/IR/BuiltinTypes.h"

namespace meld::wasm {

/// Makes MLIR types of what the codec reads. A null type: it names a type that
/// was not entered.
class CoreTypeConverter {
public:
  explicit CoreTypeConverter(mlir::MLIRContext *context) : context(context) {}

  /// Enters the types that a module defines, which the others may name.
  /// Returns the error of one that names no type before it, or in its group, or
  /// of types that are nested too deeply.
  std::optional<ReadError> enter(const core::ModuleView &view);
  /// Those types: a `FunctionType` or `DefinedType` for each index.
  llvm::ArrayRef<mlir::Type> defined() const { return types; }

  mlir::Type value(core::ValType type) const;
  mlir::Type table(core::ValType element, const core::Limits &limits) const;
  mlir::Type memory(const core::Limits &limits) const;
  mlir::Type global(const core::GlobalDef &global) const;
  mlir::Type tag(mlir::Type function) const;
  mlir::FunctionType function(llvm::ArrayRef<core::ValType> params,
                              llvm::ArrayRef<core::ValType> results) const;
  /// The type of entity `index` of the module, which has that many.
  mlir::Type entity(const core::ModuleView &view, core::ExternKind kind,
                    uint32_t index) const;

private:
  std::optional<ReadError> checkNesting(const core::ModuleView &view,
                                        uint32_t start, uint32_t size);
  void enterGroup(const core::ModuleView &view, uint32_t start, uint32_t size,
                  llvm::ArrayRef<core::TypeId> ids);

  mlir::MLIRContext *context;
  llvm::SmallVector<mlir::Type, 0> types;
  llvm::SmallVector<uint32_t, 0> depth; // of types that name each other
};

/// Reads core types of a component as MLIR types; errors stay in the
/// ByteReader, and the types are null then. What the dialect has no type for is
/// the rule `unsupported-feature`.
class CoreTypeReader {
public:
  CoreTypeReader(ByteReader &in, mlir::MLIRContext *context)
      : in(in), types(in), convert(context) {}

  /// What follows 0x60: parameters and results.
  mlir::FunctionType functionType();
  /// `externtype`; functions and tags name one of `functions`. A null entry
  /// makes the result null, without an error.
  mlir::Type externType(llvm::ArrayRef<mlir::FunctionType> functions);

private:
  llvm::SmallVector<core::ValType> valueTypes(const char *what);
  mlir::FunctionType indexed(llvm::ArrayRef<mlir::FunctionType> functions,
                             uint64_t at, uint32_t index);
  core::Limits limits(bool isMemory);
  /// `type`, or the error at `at` that there is none.
  mlir::Type known(uint64_t at, mlir::Type type);

  ByteReader &in;
  core::TypeReader types;
  CoreTypeConverter convert;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_CORETYPES_H
