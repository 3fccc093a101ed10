//===- BodyCopier.h - Guest bytes with new indices --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_BODYCOPIER_H
#define MELD_LIB_TARGET_WASM_BODYCOPIER_H

#include "ByteWriter.h"
#include "ModuleIndex.h"
#include "meld/Target/Wasm/ModuleView.h"
#include "meld/Target/Wasm/OffsetMap.h"
#include "llvm/ADT/MapVector.h"

namespace meld::wasm {

/// Copies `body N of @space`: bytes of a nested module in which every index is
/// replaced by what the space says. One pass; all but indices is copied as it
/// is (CodeCopy.h).
class BodyCopier {
public:
  /// A nested module as one space sees it.
  struct Source {
    core::ModuleView view;
    SpaceOp space;
    bool isNumbered = false;
    llvm::SmallVector<uint32_t> numbers[8]; // by IndexKind
  };

  explicit BodyCopier(ModuleIndex &index) : index(index) {}

  /// What a copy of a function needs.
  struct Body {
    llvm::ArrayRef<uint8_t> bytes;
    const core::ModuleView *view;
    const llvm::SmallVector<uint32_t> *numbers;
  };
  /// Finds defined function N. Fails with an error at the op.
  mlir::FailureOr<Body> body(BytesOp op);
  /// Appends it: locals and code, without the size. Appends what `ref.func`
  /// names to `references`, and to `pieces`, if they are there, where the copy
  /// goes on. Touches nothing else, so threads may share copies.
  static std::optional<ReadError>
  copy(const Body &body, ByteWriter &out,
       llvm::SmallVectorImpl<uint32_t> &references,
       std::vector<core::OffsetMap::Piece> *pieces);
  /// Reports what a copy met: at its byte, if the op has a place.
  static mlir::LogicalResult report(mlir::Operation *op,
                                    const std::optional<ReadError> &error);
  void addReferences(llvm::ArrayRef<uint32_t> functions) {
    referenced.append(functions.begin(), functions.end());
  }

  /// The module that `space` is of; null, and an error at `user`, if it cannot
  /// be read.
  const core::ModuleView *view(mlir::Operation *user,
                               mlir::FlatSymbolRefAttr space) {
    Source *source = read(user, space);
    return source ? &source->view : nullptr;
  }
  /// What was added: functions that code takes references to. They have to
  /// stand outside of functions too (Core: Validation, Modules).
  llvm::ArrayRef<uint32_t> references() const { return referenced; }
  /// The functions that the initializers and elements copied so far name.
  llvm::ArrayRef<uint32_t> declarations() const { return declared; }

  /// Appends the initializer of defined global N.
  mlir::LogicalResult copyGlobal(GlobalOp op, ByteWriter &out);
  /// Appends the initial value of defined table N.
  mlir::LogicalResult copyTable(TableOp op, ByteWriter &out);
  /// Appends data segment N, for the memory with number `memory` if the op is
  /// active.
  mlir::LogicalResult copyData(DataOp op, uint32_t memory, ByteWriter &out);
  /// Appends element segment N, for the table with number `table` if the op is
  /// active.
  mlir::LogicalResult copyElem(ElemOp op, uint32_t table, ByteWriter &out);

  /// The sources that were read, by the symbol of the space.
  using Sources = llvm::MapVector<mlir::StringAttr, std::unique_ptr<Source>>;
  const Sources &sources() const { return opened; }

private:
  /// The source that `space` names, read when it is first needed. Its types
  /// have no numbers yet: the order of the types is that of the copies.
  Source *read(mlir::Operation *user, mlir::FlatSymbolRefAttr space);
  /// The same, to copy from.
  Source *open(mlir::Operation *user, mlir::FlatSymbolRefAttr space);
  mlir::LogicalResult number(Source &source);
  /// Appends a constant expression of the source.
  mlir::LogicalResult copyExpression(mlir::Operation *op, Source &source,
                                     core::Expression expression,
                                     ByteWriter &out);
  /// The same for one that stands before the globals.
  mlir::LogicalResult copyEarly(TableOp op, Source &source,
                                core::Expression expression, ByteWriter &out);
  /// The first of `globals` of the source that the module defines, or null.
  GlobalOp definedGlobal(const Source &source,
                         llvm::ArrayRef<uint32_t> globals) const;
  mlir::LogicalResult copyOffset(mlir::Operation *op, Source &source,
                                 std::optional<int64_t> given, bool wide,
                                 core::Expression expression, ByteWriter &out);

  ModuleIndex &index;
  Sources opened;
  /// A constant expression of a source.
  struct Early {
    Source *source;
    core::Expression expression;
  };
  /// What the globals are equal to that initial values of tables read.
  llvm::DenseMap<mlir::Operation *, Early> initializers;
  llvm::SmallVector<uint32_t> referenced, declared;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_BODYCOPIER_H
