//===- CanonicalLayout.h - flattening, size and alignment -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_CANONICALLAYOUT_H
#define MELD_DIALECT_COMPONENT_IR_CANONICALLAYOUT_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld::component {

// The Canonical ABI's view of resolved types (CanonicalABI.md, "Alignment",
// "Element Size", "Flattening"). Types come from `resolveType` or from a
// flattened root. `memory64` says that pointers are i64.

inline constexpr unsigned maxFlatParams = 16;
inline constexpr unsigned maxFlatAsyncParams = 4;
inline constexpr unsigned maxFlatResults = 1;

/// Alignment in bytes of a value of `type` in memory.
uint32_t getAlignment(mlir::Type type, bool memory64 = false);

/// Size in bytes of a value of `type` in memory.
uint64_t getElementSize(mlir::Type type, bool memory64 = false);

/// Appends the core types of a value of `type` in registers.
void flattenType(mlir::Type type, llvm::SmallVectorImpl<mlir::Type> &flat,
                 bool memory64 = false);

/// Which side of a call a core function is.
enum class CallSide { lift, lower };

/// The options that a flattened function type depends on.
struct FlatOptions {
  bool isAsync = false;
  /// The lift has a callback (or the step function made from it).
  bool hasCallback = false;
  bool memory64 = false;
};

/// The core function type of `type` (CanonicalABI.md, `flatten_functype`).
mlir::FunctionType flattenFunctype(FuncType type, CallSide side,
                                   const FlatOptions &options = {});

/// The core parameters of `task.return` with this result, null for none: more
/// than 16 values go by pointer.
llvm::SmallVector<mlir::Type> flattenTaskReturn(mlir::MLIRContext *context,
                                                mlir::Type result,
                                                bool memory64 = false);

/// Whether values of `type` hold pointers: a `list` without fixed length, a
/// `string` or a `map` anywhere in it. Lowering those needs `memory`, and
/// calls `realloc` on the side that receives.
bool holdsPointers(mlir::Type type);

/// Whether values of `type` hold handles: `own`, `borrow`, `stream`, `future`
/// or `error_context` anywhere in it, so that copying bytes does not do.
bool holdsHandles(mlir::Type type);

/// Whether values of `type` are the same bytes on both sides, so that elements
/// are copied by one `memory.copy`. Types with invalid bit patterns (`bool`,
/// `char`, variants, flags) are not: the Canonical ABI checks or masks them.
/// Nor are fields with padding between them, which it leaves as it was.
bool isPlain(mlir::Type type);

} // namespace meld::component

#endif // MELD_DIALECT_COMPONENT_IR_CANONICALLAYOUT_H
