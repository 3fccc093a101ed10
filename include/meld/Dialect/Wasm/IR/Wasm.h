//===- Wasm.h - the dialect of core modules -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

/// \file
/// Core WebAssembly modules: what comes from a guest stays bytes, what Meld
/// generates is structured SSA code. The rationale is docs/dialects/Wasm.md.

#ifndef MELD_DIALECT_WASM_IR_WASM_H
#define MELD_DIALECT_WASM_IR_WASM_H

#include "meld/Target/Wasm/TypeGroup.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/Support/MemoryBuffer.h"

#include "meld/Dialect/Wasm/IR/WasmDialect.h.inc"

#include "meld/Dialect/Wasm/IR/WasmEnums.h.inc"

namespace meld::wasm {

/// A handle to the bytes of a module in the dialect's resources.
using BlobHandle = mlir::DialectResourceBlobHandle<WasmDialect>;

/// A value type inside an entity type: a builtin type, or `funcref` and its
/// like without `!wasm.`.
mlir::FailureOr<mlir::Type> parseValueType(mlir::AsmParser &parser);
void printValueType(mlir::AsmPrinter &printer, mlir::Type type);

/// Whether `type` can be the type of a core value.
bool isValueType(mlir::Type type);

/// Whether `type` can be the type of a core entity: a function, memory, table,
/// global or tag.
bool isEntityType(mlir::Type type);

/// Whether `type` is one of functions: a builtin function type, or one that a
/// module defines.
bool isFunctionType(mlir::Type type);

/// Parameters and results of a type of functions; null for any other type.
mlir::FunctionType signatureOf(mlir::Type type);

/// The type of a core value, where it names no type that a module defines.
mlir::Type valueTypeOf(mlir::MLIRContext *context, core::ValType type);

/// The definitions of a recursion group, `sub struct(mut i32), final array(ref
/// 0)`, with the numbers that they name as they stand there. What is parsed has
/// its lists in `storage`.
mlir::ParseResult parseDefinitions(mlir::AsmParser &parser,
                                   mlir::AsmParser::Delimiter delimiter,
                                   llvm::BumpPtrAllocator &storage,
                                   llvm::SmallVectorImpl<core::SubType> &group);
void printDefinitions(mlir::AsmPrinter &printer,
                      llvm::ArrayRef<core::SubType> group);

/// Whether a value of type `sub` is one of type `super` (core spec,
/// "matching"); the same for types that a module defines.
bool matchesValue(mlir::Type sub, mlir::Type super);

/// Whether an entity of type `given` can be given for an import of type
/// `wanted` (core spec, "matching"): limits may be wider, functions and
/// immutable globals may have a subtype, all else is equal.
bool matchesImport(mlir::Type given, mlir::Type wanted);

/// `type` for a message: what a module defines is cut short, since its text can
/// be exponentially longer than its definition.
std::string describeType(mlir::Type type);

} // namespace meld::wasm

#define GET_ATTRDEF_CLASSES
#include "meld/Dialect/Wasm/IR/WasmAttrs.h.inc"

#define GET_TYPEDEF_CLASSES
#include "meld/Dialect/Wasm/IR/WasmTypes.h.inc"

#include "meld/Dialect/Wasm/IR/WasmInterfaces.h.inc"

namespace meld::wasm {

/// The entity type of what `symbol` names for `user`, in the nearest symbol
/// table. Null for an op of another dialect that does not tell. Fails, with an
/// error at `user`, if there is no such symbol or it is no core entity.
mlir::FailureOr<mlir::Type>
lookupEntityType(mlir::Operation *user, mlir::FlatSymbolRefAttr symbol,
                 mlir::SymbolTableCollection &tables);

/// The same, for a use that wants an entity of class T ("memory"). The result
/// is null where the type is not known.
template <typename T>
mlir::FailureOr<T>
lookupEntity(mlir::Operation *user, mlir::FlatSymbolRefAttr symbol,
             mlir::SymbolTableCollection &tables, llvm::StringRef what) {
  mlir::FailureOr<mlir::Type> type = lookupEntityType(user, symbol, tables);
  if (failed(type))
    return mlir::failure();
  if constexpr (std::is_same_v<T, mlir::FunctionType>)
    if (mlir::FunctionType signature = signatureOf(*type))
      return signature;
  if (*type && !mlir::isa<T>(*type))
    return user->emitOpError()
           << "wants a " << what << ", but \"" << symbol.getValue()
           << "\" has type " << describeType(*type);
  return mlir::cast_or_null<T>(*type);
}

} // namespace meld::wasm

#define GET_OP_CLASSES
#include "meld/Dialect/Wasm/IR/WasmModuleOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Wasm/IR/WasmControlOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Wasm/IR/WasmValueOps.h.inc"

#endif // MELD_DIALECT_WASM_IR_WASM_H
