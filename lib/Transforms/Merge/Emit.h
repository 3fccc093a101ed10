//===- Emit.h - a linked program as one module ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_EMIT_H
#define MELD_LIB_TRANSFORMS_MERGE_EMIT_H

#include "Live.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"

namespace meld::merge {

/// Writes a linked program as one `wasm.module` before the root, with the
/// root's name. The root's definitions move into it. They come first in each
/// index space, then what the instances define and the module needs, in order.
class Emitter {
public:
  Emitter(Program &program, const Order &order, const llvm::BitVector &live);

  /// Empties the root of what the module needs; the caller erases it.
  wasm::ModuleOp emit();

private:
  void nameEntities();
  std::string nameOf(const Instance &instance, Space space, uint32_t index);
  mlir::FlatSymbolRefAttr symbolOf(EntityId id) const;

  bool hasBytes(const Instance &instance) const;
  bool sharesFunctions(const Instance &instance) const;
  void moveModules();
  /// Moves the root's ops of the given classes.
  template <typename... Ops> void move();
  void define(Space space);
  void definition(const Instance &instance, EntityId id, uint32_t index);
  void global(const Instance &instance, EntityId id, uint32_t index);
  mlir::IntegerAttr folded(const Instance &instance,
                           core::Expression expression, mlir::Type type);
  void segment(const Instance &instance, EntityId id, uint32_t index);
  void emitSpace(const Instance &instance);
  // Start.cpp
  void emitStart();
  void emitStep(mlir::OpBuilder &code, EntityId id);
  void copySegment(mlir::OpBuilder &code, EntityId id);
  mlir::Value offsetOf(mlir::OpBuilder &code, const Instance &instance,
                       core::Expression expression, mlir::Type address);
  mlir::StringAttr unique(std::string name);
  void prepareRenaming();

  Program &program;
  const Order &order;
  const llvm::BitVector &live;
  mlir::OpBuilder builder;
  wasm::ModuleOp result;
  llvm::StringMap<unsigned> taken;
  std::vector<mlir::StringAttr> names; // by entity
  mlir::AttrTypeReplacer renaming;
};

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_EMIT_H
