//===- FunctionEmitter.h - a structured function as stack code -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_FUNCTIONEMITTER_H
#define MELD_LIB_TARGET_WASM_FUNCTIONEMITTER_H

#include "ByteWriter.h"
#include "ModuleIndex.h"
#include "StackPlan.h"

namespace meld::wasm {

/// Emits one function: its local declarations and its code, without the size
/// in front. One walk in the order of the ops; small peepholes (local.tee,
/// br_if for an `if` around a branch, no trailing return) look only at what
/// was emitted last.
class FunctionEmitter {
public:
  FunctionEmitter(FuncOp function, ModuleIndex &index)
      : function(function), index(index), plan(function) {}

  /// Appends the function's entry of the code section to `code`.
  mlir::LogicalResult emit(ByteWriter &code);

private:
  mlir::LogicalResult emitBlock(mlir::Block &block);
  mlir::LogicalResult emitTree(mlir::Operation *op);
  mlir::LogicalResult emitOperands(mlir::Operation *op);
  mlir::LogicalResult emitOperand(mlir::Value value);
  mlir::LogicalResult emitOp(mlir::Operation *op);
  mlir::LogicalResult emitControl(mlir::Operation *op);
  mlir::LogicalResult emitMemory(mlir::Operation *op);
  mlir::LogicalResult emitTerminator(mlir::Operation *op);
  mlir::LogicalResult emitIf(IfOp op);
  mlir::LogicalResult emitTry(TryOp op);
  void emitConst(ConstOp op);
  void emitResults(mlir::Operation *op);

  void opcode(core::Op op);
  void blockType(mlir::TypeRange results);
  void getLocal(uint32_t slot);
  void setLocal(uint32_t slot);
  void branch(core::Op code, uint32_t depth);
  uint32_t depthOf(mlir::Value label) const;
  mlir::LogicalResult symbol(mlir::Operation *op, mlir::FlatSymbolRefAttr name);
  mlir::LogicalResult access(mlir::Operation *op, core::Op code,
                             unsigned alignment, mlir::FlatSymbolRefAttr memory,
                             uint64_t offset);

  enum class Last { Other, Get, Set };

  FuncOp function;
  ModuleIndex &index;
  StackPlan plan;
  ByteWriter out;
  llvm::SmallVector<mlir::Value> labels; // null where no branch goes
  Last last = Last::Other;               // what was emitted last ...
  uint32_t lastSlot = 0;                 // ... with which slot ...
  size_t lastOffset = 0;                 // ... and where
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_FUNCTIONEMITTER_H
