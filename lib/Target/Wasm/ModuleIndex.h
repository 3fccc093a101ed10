//===- ModuleIndex.h - the index spaces of a module that is written -*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_MODULEINDEX_H
#define MELD_LIB_TARGET_WASM_MODULEINDEX_H

#include "TypeNumbers.h"
#include "meld/Target/Wasm/ModuleView.h"
#include "llvm/ADT/MapVector.h"
#include <array>

namespace meld::wasm {

/// The numbers of a module's definitions: imports come first in each index
/// space, then what the module defines, as the ops stand.
class ModuleIndex {
public:
  /// Numbers everything in `module`; fails on an op that cannot be written.
  mlir::LogicalResult build(ModuleOp module);

  /// The number of what `symbol` names, in its own index space. The verifier
  /// has checked that it is there and of the right kind; an error at `user`
  /// if it stands for an op that has no number.
  mlir::FailureOr<uint32_t> find(mlir::Operation *user,
                                 mlir::FlatSymbolRefAttr symbol) const;

  /// The space or nested module that `symbol` names.
  mlir::Operation *findNested(mlir::FlatSymbolRefAttr symbol) const {
    return nested.lookup(symbol.getAttr());
  }

  MemoryType memoryType(uint32_t memory) const { return memoryTypes[memory]; }
  TableType tableType(uint32_t table) const { return tableTypes[table]; }
  /// How many of a kind are imported: the number of the first that the module
  /// defines.
  uint32_t imported(core::ExternKind kind) const {
    return importedCounts[unsigned(kind)];
  }

  /// The slot of a function in a table, by the table's active segments.
  mlir::FailureOr<uint32_t> findSlot(TableSlotOp op) const;

  /// The number of a type that the module defines, a `FunctionType` or
  /// `DefinedType`; a new one is added at the end, behind what it names.
  uint32_t typeIndex(mlir::Type type) { return typeNumbers.number(type); }
  /// The function types and recursion groups, in order.
  llvm::ArrayRef<TypeNumbers::Entry> types() const {
    return typeNumbers.entries();
  }

  // Definitions in the order of their sections.
  llvm::SmallVector<ImportOp> imports;
  llvm::SmallVector<mlir::Operation *> functions; // FuncOp, BytesOp
  llvm::SmallVector<TableOp> tables;
  llvm::SmallVector<MemoryOp> memories;
  llvm::SmallVector<TagOp> tags;
  llvm::SmallVector<GlobalOp> globals;
  llvm::SmallVector<ExportOp> exports;
  llvm::SmallVector<StartOp> starts;
  llvm::SmallVector<ElemOp> elems;
  llvm::SmallVector<DataOp> datas;
  llvm::SmallVector<CustomOp> customs;

private:
  mlir::LogicalResult collect(mlir::Operation &op);
  void number(mlir::Operation *op, mlir::Type entity);

  TypeNumbers typeNumbers;
  llvm::DenseMap<mlir::StringAttr, uint32_t> numbers; // by symbol
  llvm::DenseMap<mlir::StringAttr, mlir::Operation *> nested;
  llvm::SmallVector<MemoryType> memoryTypes;
  llvm::SmallVector<TableType> tableTypes;
  llvm::DenseMap<mlir::StringAttr, llvm::DenseMap<mlir::StringAttr, uint32_t>>
      slots; // by table, then function
  // By kind.
  std::array<uint32_t, core::numExternKinds> counts = {}, importedCounts = {};
};

/// The error of everything that cannot be written.
mlir::LogicalResult refuse(mlir::Operation *op, const llvm::Twine &why);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_MODULEINDEX_H
