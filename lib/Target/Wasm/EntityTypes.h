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

/// The number of a type that the module defines, by which others name it.
using TypeIndex = llvm::function_ref<uint32_t(mlir::Type)>;

/// Writes the type of a value.
void writeValueType(mlir::Type type, ByteWriter &out, TypeIndex typeIndex);

/// Writes a function type: 0x60, parameters, results.
void writeFunctionType(mlir::FunctionType type, ByteWriter &out,
                       TypeIndex typeIndex);

/// Writes a recursion group, whose first type has the number `first`.
void writeGroup(RecGroupAttr group, uint32_t first, ByteWriter &out,
                TypeIndex typeIndex);

/// Writes a recursion group whose type indices are those of the module.
void writeDefinitions(llvm::ArrayRef<core::SubType> group, ByteWriter &out);

/// Writes the type of an entity, without its code.
void writeEntityType(mlir::Type entity, ByteWriter &out, TypeIndex typeIndex);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_ENTITYTYPES_H
