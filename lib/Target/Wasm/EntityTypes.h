//===- EntityTypes.h - Core types as bytes ----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_ENTITYTYPES_H
#define MELD_LIB_TARGET_WASM_ENTITYTYPES_H

#include "ByteWriter.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace meld::wasm {

/// The codes of `externtype`, which are those of the index spaces too.
enum class Extern : uint8_t { Func, Table, Memory, Global, Tag };

/// What kind of entity a type is of.
Extern externOf(mlir::Type entity);

/// Writes a function type: 0x60, parameters, results.
void writeFunctionType(mlir::FunctionType type, ByteWriter &out);

/// Writes the type of an entity, without its code. `typeIndex` gives the
/// number of a function type, which functions and tags are written by.
void writeEntityType(
    mlir::Type entity, ByteWriter &out,
    llvm::function_ref<uint32_t(mlir::FunctionType)> typeIndex);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_ENTITYTYPES_H
