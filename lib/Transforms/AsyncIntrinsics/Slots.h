//===- Slots.h - the runtime's function table -------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_SLOTS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_SLOTS_H

#include "Records.h"

namespace meld::lowering {

/// What lies in the table by which the runtime reaches generated code: slot 0
/// is empty, then come thunks in the order in which they were added, then
/// square tables of copies, indexed by where the buffers of writer and reader
/// lie. Elements that are plain data are copied as bytes, so one square serves
/// all of them; each other element type has one of its own.
class Slots {
public:
  explicit Slots(uint32_t rows) : rows(rows) {}

  void add(mlir::FlatSymbolRefAttr function);
  void addCopy(mlir::Type type, uint32_t writer, uint32_t reader,
               mlir::FlatSymbolRefAttr function);

  /// The slot of a function, 0 for null. Final once all thunks are there.
  uint32_t of(mlir::FlatSymbolRefAttr function) const;
  /// The first slot of the square of a stream type, 0 if it has none.
  uint32_t copyBase(mlir::Type type) const;
  /// The copy that was added before for a type that copies alike, or null.
  mlir::FlatSymbolRefAttr copy(mlir::Type type, uint32_t writer,
                               uint32_t reader) const;

  /// All slots in order; null where there is nothing.
  llvm::SmallVector<mlir::FlatSymbolRefAttr> all() const;

private:
  /// The key of a square: the element type, or null for all plain ones.
  static mlir::Type squareOf(mlir::Type type);

  uint32_t rows;
  llvm::MapVector<mlir::StringAttr, uint32_t> functions;
  llvm::MapVector<mlir::Type, llvm::SmallVector<mlir::FlatSymbolRefAttr>>
      squares;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_SLOTS_H
