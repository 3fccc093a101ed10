//===- Opcodes.h - The table of instructions --------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Opcodes.def as C++: enumerators, rows, and the way from a code to its row.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_OPCODES_H
#define MELD_TARGET_WASM_OPCODES_H

#include "meld/Target/Wasm/ValueTypes.h"
#include "llvm/ADT/ArrayRef.h"
#include <array>

namespace meld::core {

/// One immediate of an instruction. The first eight are the index spaces that
/// a merge numbers anew, in the order of `wasm.space`.
enum class Immediate : uint8_t {
  Type,
  Function,
  Table,
  Memory,
  Global,
  Tag,
  Data,
  Elem,
  /// Empty, a value type, or the index of a type (s33).
  BlockType,
  /// Abstract, or the index of a type (s33).
  HeapType,
  /// Alignment, memory and offset of an access.
  Access,
  /// The rest has no index that a merge changes, except as value types.
  Local,
  Label,
  Field,
  Count,
  Lane,
  CastFlags,
  I32,
  I64,
  F32,
  F64,
  V128,
  Shuffle,
  /// A byte that is 0.
  Zero,
  /// Vectors: labels of br_table, value types of select, clauses of try_table
  /// and of resume.
  Labels,
  Types,
  Catches,
  Handlers,
  /// No further immediate.
  End,
};
inline constexpr unsigned numIndexSpaces = 8;

/// Which immediates an instruction has: one enumerator per MELD_SHAPE.
enum class Shape : uint8_t {
#define MELD_SHAPE(name, first, second, third, fourth) name,
#include "meld/Target/Wasm/Opcodes.def"
};

/// The immediates of a shape, in the order of the bytes, up to `End`.
const Immediate *immediatesOf(Shape shape);

/// The proposal that an instruction came with.
enum class Feature : uint8_t {
  MVP,
  SignExtension,
  SaturatingTruncation,
  BulkMemory,
  References,
  Simd,
  RelaxedSimd,
  Threads,
  TailCalls,
  Exceptions,
  LegacyExceptions,
  TypedReferences,
  GarbageCollection,
  WideArithmetic,
  StackSwitching,
};

/// One enumerator per MELD_OP, in its order.
enum class Op : uint16_t {
#define MELD_OP(name, code, text, shape, width, signature, feature) name,
#include "meld/Target/Wasm/Opcodes.def"
};

namespace detail {
inline constexpr uint32_t opCodes[] = {
#define MELD_OP(name, code, text, shape, width, signature, feature) code,
#include "meld/Target/Wasm/Opcodes.def"
};
} // namespace detail

/// The code of an instruction: the byte, or the prefix in bits 16 to 23 and the
/// number below it.
constexpr uint32_t codeOf(Op op) { return detail::opCodes[unsigned(op)]; }

/// A row of Opcodes.def.
struct OpRow {
  /// The type letter that a signature has for an address.
  static constexpr ValType::Number address = ValType::I8;

  Op op;
  Shape shape;
  /// Operand and result types stand in the row; `address` among them means the
  /// address type of the memory that the instruction names.
  bool fixed = false;
  uint8_t width = 0;
  /// 1 for what `end` closes, -1 for `end` and `delegate`.
  int8_t nesting = 0;
  uint8_t numOperands = 0, numResults = 0;
  ValType::Number types[6] = {};
  Feature feature;
  uint32_t code;
  const char *text;

  llvm::ArrayRef<ValType::Number> operands() const {
    return llvm::ArrayRef(types, numOperands);
  }
  llvm::ArrayRef<ValType::Number> results() const {
    return llvm::ArrayRef(types + numOperands, numResults);
  }
};

/// All rows in the order of the table.
llvm::ArrayRef<OpRow> allOps();

/// The row of an instruction.
const OpRow &rowOf(Op op);

/// The row of a one-byte opcode; null for prefixes and unknown bytes.
extern const std::array<const OpRow *, 256> oneByteOps;

/// The row of instruction `number` behind the byte `prefix`; null if there is
/// no such instruction or prefix.
const OpRow *findPrefixedOp(uint8_t prefix, uint32_t number);

/// True for the bytes that are followed by the number of the instruction.
constexpr bool isOpPrefix(uint8_t byte) { return byte >= 0xfb && byte <= 0xfe; }

/// The number behind the prefix, or the opcode itself.
constexpr uint32_t numberOf(uint32_t code) { return code & 0xffff; }
constexpr uint8_t prefixOf(uint32_t code) { return code >> 16; }

} // namespace meld::core

#endif // MELD_TARGET_WASM_OPCODES_H
