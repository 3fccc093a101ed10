//===- CoreTypes.h - Core types of a binary as MLIR types -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CORETYPES_H
#define MELD_LIB_TARGET_WASM_CORETYPES_H

#include "meld/Target/Wasm/CanonicalTypes.h"
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
  /// Enters all types of a table, in which type indices are `TypeId`s, and
  /// which has checked them.
  void enter(const core::TypeTable &table);
  /// The same for one group whose type indices count from `outer`, the types
  /// that it may name, and go on with itself.
  void enter(llvm::ArrayRef<core::SubType> group,
             llvm::ArrayRef<mlir::Type> outer);
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
  /// The type of what is imported or exported, by the types of a table.
  mlir::Type entity(const core::ExternType &type) const;

private:
  /// Enters the group of the types from index `start` on; `ids` has numbers of
  /// all types, which are equal where they are.
  void enterGroup(llvm::ArrayRef<core::SubType> group, uint32_t start,
                  llvm::ArrayRef<core::TypeId> ids);

  mlir::MLIRContext *context;
  llvm::SmallVector<mlir::Type, 0> types;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_CORETYPES_H
