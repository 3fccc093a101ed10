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

/// What a value type is once it is despecialized (CanonicalABI.md,
/// "Despecialization"): a scalar, a list or string behind a pointer and a
/// length, fields one behind the other, or one of several cases.
struct Shape {
  enum Kind { scalar, pair, fields, cases } kind = scalar;
  /// scalar: the core type, and the size in bytes, which is the alignment.
  mlir::Type core = {};
  uint32_t size = 0;
  /// fields: their types. cases: the payloads, null for none.
  llvm::SmallVector<mlir::Type> types = {};
  /// fields: how often they follow each other, the length of a fixed list.
  uint32_t repeat = 1;
  /// pair: the type of an element; null for a string.
  mlir::Type element = {};
};

/// The shape of a resolved value type. A map is a list of tuples.
Shape getShape(mlir::Type type);

/// Bytes of the discriminant of `count` cases.
uint32_t getDiscriminantSize(size_t count);

/// Measures types for one kind of memory, each once: a type that is built of
/// equal parts costs as much as the distinct ones among them.
class Layout {
public:
  explicit Layout(bool memory64 = false) : memory64(memory64) {}

  uint32_t getAlignment(mlir::Type type) { return measure(type).alignment; }
  uint64_t getSize(mlir::Type type) { return measure(type).size; }

  /// The core types of a value in registers. Of more than 16 only the first 17
  /// are there: enough to know that they do not fit.
  llvm::ArrayRef<mlir::Type> getFlat(mlir::Type type) {
    return measure(type).flat;
  }

  /// Where the payload of cases begins, behind the discriminant.
  uint64_t getPayloadOffset(const Shape &cases);

  /// See the functions of these names below.
  bool isPlain(mlir::Type type) { return measure(type).plain; }
  bool holdsPointers(mlir::Type type) { return measure(type).pointers; }
  bool holdsStrings(mlir::Type type) { return measure(type).strings; }
  bool holdsHandles(mlir::Type type) { return measure(type).handles; }
  bool holdsBorrows(mlir::Type type) { return measure(type).borrows; }

  bool isMemory64() const { return memory64; }
  /// i32, or i64 for a 64-bit memory.
  mlir::Type getAddressType(mlir::MLIRContext *context) const;

private:
  struct Measure {
    uint32_t alignment = 1;
    uint64_t size = 0;
    llvm::SmallVector<mlir::Type> flat;
    bool plain = false, pointers = false, strings = false, handles = false,
         borrows = false;
  };
  const Measure &measure(mlir::Type type);
  void measureFields(const Shape &shape, Measure &measure);
  void measureCases(const Shape &shape, mlir::MLIRContext *context,
                    Measure &measure);

  bool memory64;
  llvm::DenseMap<mlir::Type, std::unique_ptr<Measure>> measures;
};

/// Alignment in bytes of a value of `type` in memory.
uint32_t getAlignment(mlir::Type type, bool memory64 = false);

/// Size in bytes of a value of `type` in memory.
uint64_t getElementSize(mlir::Type type, bool memory64 = false);

/// Appends the core types of a value of `type` in registers; see
/// `Layout::getFlat`.
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

/// Whether values of `type` hold a `string`, one anywhere in it, so that their
/// bytes depend on the string encoding. What goes through a stream or future in
/// it is none of its own.
bool holdsStrings(mlir::Type type);
/// Whether one of the parameters or the result does.
bool holdsStrings(FuncType type);

/// Whether values of `type` are handles: `own`, `borrow`, `stream`, `future` or
/// `error_context`.
bool isHandle(mlir::Type type);

/// Whether values of `type` hold handles, one anywhere in it, so that copying
/// bytes does not do.
bool holdsHandles(mlir::Type type);

/// Whether a call of a function of `type` lends something: a parameter holds a
/// `borrow` (docs/Adapters.md, *nothing-lent*).
bool lends(FuncType type);

/// Whether values of `type` are the same bytes on both sides, so that elements
/// are copied by one `memory.copy`. Types with invalid bit patterns (`bool`,
/// `char`, variants, flags) are not: the Canonical ABI checks or masks them.
/// Nor are fields with padding between them, which it leaves as it was.
bool isPlain(mlir::Type type);

} // namespace meld::component

#endif // MELD_DIALECT_COMPONENT_IR_CANONICALLAYOUT_H
