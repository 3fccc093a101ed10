//===- Records.h - the static records of a program --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What all lowerings have to agree on before the first of them runs: which
// instances, task types, stream types and memories a program has, and at which
// address of the runtime's memory the record of each one lies.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_RECORDS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_RECORDS_H

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Component/IR/Component.h"
#include "llvm/ADT/MapVector.h"

namespace meld::lowering {

/// The type of what a stream or future carries; null for none.
mlir::Type getElement(mlir::Type type);

/// Where a buffer of elements that are lifted and lowered lies: what two
/// buffers share that are copied alike.
struct Place {
  mlir::FlatSymbolRefAttr instance, memory;
  /// Where elements are lowered; null where they are lifted.
  mlir::FlatSymbolRefAttr realloc;
  mlir::StringAttr encoding;
};

/// Whether elements are lifted and lowered, because they are not the same bytes
/// on both sides.
bool isLifted(mlir::Type type);

/// A read or write of a stream or future.
struct GuestCopy {
  mlir::Type type;
  bool writing = false;
  /// Where its buffer lies, with a memory if there is an element type.
  Place place;
};

/// The copy that `op` is; nothing for another operation, or one that does not
/// say all of its buffer.
std::optional<GuestCopy> getGuestCopy(mlir::Operation *op);

/// Both sides of a copy.
Place writerOf(async_intrinsic::CopyOp copy);
Place readerOf(async_intrinsic::CopyOp copy);

/// Numbers and addresses of records (include/meld/Runtime/Layout.def). Numbers
/// follow the order of the root; nothing is written here.
class Records {
public:
  Records(component::RootOp root, const mlir::SymbolTable &symbols);

  /// The address of the record of a component instance; null is the host.
  uint32_t instance(mlir::FlatSymbolRefAttr instance) const;
  /// The address of the record of what a call may name: a task type, or a lift
  /// or import that is called asynchronously.
  uint32_t taskType(mlir::StringAttr callee) const;
  /// The number of a resource type.
  uint32_t resource(mlir::FlatSymbolRefAttr resource) const;
  /// The address of the record of a stream or future type.
  uint32_t streamType(mlir::Type type) const;
  /// `type number << 16 | kind`: the header of an idle end of a stream or
  /// future.
  uint32_t endHeader(mlir::Type type, bool writable) const;
  /// The number of a memory that buffers lie in or that `task.return` names.
  uint32_t memory(mlir::FlatSymbolRefAttr memory) const;
  /// The number of where a buffer lies, among those of its element type: that
  /// of its memory, if elements are copied as bytes.
  uint32_t buffer(mlir::Type type, const Place &place) const;
  /// Memories of buffers, with their numbers.
  llvm::SmallVector<std::pair<mlir::FlatSymbolRefAttr, uint32_t>>
  bufferMemories() const;
  /// The number of a result type of tasks; null is none, and 0.
  uint32_t resultType(mlir::Type type) const;
  /// What a task type and its `task.return` have to agree on.
  uint32_t options(llvm::StringRef encoding,
                   mlir::FlatSymbolRefAttr memory) const;

  /// Rows and columns of the table of copies: places that buffers lie in.
  uint32_t copyRows() const { return rows; }
  /// Operations with a record of a task type, in the order of their records.
  llvm::ArrayRef<mlir::Operation *> taskTypes() const { return tasks; }
  llvm::SmallVector<mlir::Type> streamTypes() const;
  /// How many types of resources there are.
  size_t resourceTypes() const { return resources.size(); }

  /// Where the records of task types begin, those of stream types behind them.
  uint32_t firstTaskType() const;
  /// Room for one core value, for results that the host reads.
  uint32_t stage() const;
  /// The first free address behind all of this, a multiple of 16.
  uint32_t end() const;

private:
  void addTaskType(mlir::Operation *op);
  void addPlace(mlir::Type type, const Place &place);
  void addStreams(mlir::Operation *op);
  void addIntrinsic(mlir::Operation *op, const mlir::SymbolTable &symbols);

  llvm::DenseMap<mlir::StringAttr, uint32_t> instances;
  llvm::SmallVector<mlir::Operation *> tasks;
  llvm::DenseMap<mlir::StringAttr, uint32_t> taskNumbers;
  llvm::MapVector<mlir::Type, uint32_t> streams;
  llvm::DenseMap<mlir::StringAttr, uint32_t> memories, resources;
  llvm::DenseMap<mlir::Type, uint32_t> results;
  /// Places of elements that are lifted, by element type.
  llvm::DenseMap<mlir::Type, llvm::DenseMap<mlir::Attribute, uint32_t>> places;
  llvm::SmallVector<mlir::StringAttr> buffers;
  uint32_t rows = 0;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_RECORDS_H
