//===- NumericOpcodes.h - opcodes of grouped ops -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_NUMERICOPCODES_H
#define MELD_LIB_TARGET_WASM_NUMERICOPCODES_H

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Target/Wasm/Opcodes.h"

namespace meld::wasm {

/// The instruction of a numeric op, load or store.
core::Op opcodeOf(UnaryOp op);
core::Op opcodeOf(BinaryOp op);
core::Op opcodeOf(CompareOp op);
core::Op opcodeOf(TestOp op);
core::Op opcodeOf(ConvertOp op);
core::Op opcodeOf(VectorOp op);
core::Op opcodeOf(LoadOp op);
core::Op opcodeOf(StoreOp op);

/// The base-2 logarithm of an access's size in bytes.
unsigned alignmentOf(Width width, mlir::Type type);

/// The byte of a value type.
uint8_t encodingOf(mlir::Type type);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_NUMERICOPCODES_H
