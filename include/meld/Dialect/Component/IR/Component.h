//===- Component.h - the component dialect -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENT_H
#define MELD_DIALECT_COMPONENT_IR_COMPONENT_H

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "meld/Dialect/Component/IR/ComponentDialect.h.inc"
#include "meld/Dialect/Component/IR/ComponentEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "meld/Dialect/Component/IR/ComponentAttrs.h.inc"

#define GET_TYPEDEF_CLASSES
#include "meld/Dialect/Component/IR/ComponentTypes.h.inc"

namespace meld::component {

//===----------------------------------------------------------------------===//
// Sorts and types
//===----------------------------------------------------------------------===//

/// The sort type that `keyword` names ("core_func"), or null.
mlir::Type getSort(mlir::MLIRContext *context, llvm::StringRef keyword);
/// The keyword of a sort type; empty if `type` is none.
llvm::StringRef getSortKeyword(mlir::Type type);

/// The primitive value type that `keyword` names ("u8"), or null.
mlir::Type getPrimitive(mlir::MLIRContext *context, llvm::StringRef keyword);
/// The keyword of a primitive value type; empty if `type` is none.
llvm::StringRef getPrimitiveKeyword(mlir::Type type);

/// Resolves a type definition (a value of sort `type`) to its MLIR type:
/// a value type, or a FuncType. Fails, without a diagnostic, where the type
/// depends on an import, a resource or an instance that is not a bundle.
llvm::FailureOr<mlir::Type> resolveType(mlir::Value definition);

//===----------------------------------------------------------------------===//
// Built-ins
//===----------------------------------------------------------------------===//

/// A row of Canon.td. Lists are words separated by spaces.
struct BuiltinInfo {
  uint8_t Opcode;
  const char *SpecName; // "stream.drop-readable"
  const char *Mnemonic; // "stream.drop_readable": the op, behind `component.`
  const char *Keyword;  // "stream_drop_readable": in `component.canonical`
  const char *Family;
  const char *ImmediateWords;
  const char *OptionWords;
  const char *ParamWords;
  const char *ResultWords;
  const char *Blocks; // never, sync, always
  bool Built;         // Meld's runtime has it

  Builtin getBuiltin() const { return static_cast<Builtin>(Opcode); }
  /// Whether `word` is one of the immediates or of the options.
  bool hasImmediate(llvm::StringRef word) const;
  bool hasOption(llvm::StringRef word) const;
};

using llvm::StringRef;

#define GET_BuiltinTable_DECL
#include "meld/Dialect/Component/IR/Canon.inc"

/// The row of a built-in.
const BuiltinInfo &lookupBuiltin(Builtin builtin);

/// Whether a call of `builtin`, with or without the option `async`, may block
/// its thread.
bool blocks(Builtin builtin, bool isAsync);

/// What the core signature of a built-in depends on.
struct BuiltinSignature {
  /// task.return: the result type, null for none.
  mlir::Type result;
  /// context.get, context.set: the core type.
  mlir::Type context;
  /// i64 for a 64-bit memory.
  bool memory64 = false;
};

/// The core signature of `builtin` (CanonicalABI.md, each section's
/// "validation specifies").
mlir::FunctionType getCoreType(mlir::MLIRContext *context, Builtin builtin,
                               const BuiltinSignature &signature);

/// The same for an op with the interface CanonDefinition. Fails, without a
/// diagnostic, where it depends on a type that `resolveType` cannot resolve.
llvm::FailureOr<mlir::FunctionType> getCoreType(mlir::Operation *definition);

//===----------------------------------------------------------------------===//
// Target options
//===----------------------------------------------------------------------===//

/// A row of Target.td. Words are separated by spaces; the first is the default.
struct TargetOptionInfo {
  uint8_t Order;
  const char *Name;
  const char *WordList;
  const char *What;
};

/// The options, in order.
llvm::ArrayRef<TargetOptionInfo> getTargetOptions();

/// Gives the result of a definition a readable SSA name: its external name or
/// label where it has one, else the kind of thing that it is.
void nameResults(mlir::Operation *definition,
                 mlir::OpAsmSetValueNameFn setName);

} // namespace meld::component

#include "meld/Dialect/Component/IR/ComponentInterfaces.h.inc"

#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentScopeOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentValueOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentTypeOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentLiftOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentHandleOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentTaskOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentStreamOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentThreadOps.h.inc"
#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentFlatOps.h.inc"

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENT_H
