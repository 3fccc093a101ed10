//===- NumericOpcodes.h - opcodes of grouped ops -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_NUMERICOPCODES_H
#define MELD_LIB_TARGET_WASM_NUMERICOPCODES_H

#include "meld/Dialect/Wasm/IR/Wasm.h"

namespace meld::wasm {

/// The opcode of a numeric op, load or store. Opcodes above 0xff have the
/// prefix 0xfc and the low byte behind it.
uint16_t opcodeOf(UnaryOp op);
uint16_t opcodeOf(BinaryOp op);
uint16_t opcodeOf(CompareOp op);
uint16_t opcodeOf(TestOp op);
uint16_t opcodeOf(ConvertOp op);
uint16_t opcodeOf(LoadOp op);
uint16_t opcodeOf(StoreOp op);

/// The base-2 logarithm of an access's size in bytes.
unsigned alignmentOf(Width width, mlir::Type type);

/// The byte of a value type.
uint8_t encodingOf(mlir::Type type);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_NUMERICOPCODES_H
