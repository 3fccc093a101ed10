//===- Instruction.h - One decoded instruction ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_INSTRUCTION_H
#define MELD_TARGET_WASM_INSTRUCTION_H

#include "meld/Target/Wasm/Opcodes.h"
#include "llvm/ADT/SmallVector.h"

namespace meld::core {

/// The type of a block: none, one result, or a function type.
struct BlockType {
  enum Kind : uint8_t { Empty, Value, Index } kind = Empty;
  ValType value;
  uint32_t index = 0;
};

/// A clause of try_table.
struct CatchClause {
  /// 0 catch, 1 catch_ref, 2 catch_all, 3 catch_all_ref.
  uint8_t kind;
  uint32_t tag, label;
  uint64_t at;

  bool hasTag() const { return kind < 2; }
  bool hasRef() const { return kind & 1; }
};

/// A clause of resume: `(on $tag $label)`, or `(on $tag switch)`.
struct HandlerClause {
  bool isSwitch;
  uint32_t tag, label;
  uint64_t at;
};

/// One decoded instruction. Only the members of its shape are set.
struct Instruction {
  const OpRow *row = nullptr;
  /// The offset of the opcode.
  uint64_t at = 0;
  /// Index, label, lane, count or flags, by the position of the immediate. Of
  /// an access the memory.
  uint32_t index[4];
  /// The literal of i32.const (sign-extended), i64.const, f32.const (bits),
  /// f64.const (bits); the offset of an access.
  uint64_t literal = 0;
  /// The alignment of an access, as a power of two.
  uint32_t alignment = 0;
  BlockType block;
  /// The first and second heap type.
  HeapType heap[2] = {HeapType::Unknown, HeapType::Unknown};
  /// v128.const and i8x16.shuffle.
  llvm::ArrayRef<uint8_t> bytes;
  /// br_table: its labels, the default one last.
  llvm::SmallVector<uint32_t, 8> labels;
  llvm::SmallVector<ValType, 1> types;
  llvm::SmallVector<CatchClause, 4> catches;
  llvm::SmallVector<HandlerClause, 4> handlers;

  Op op() const { return row->op; }
};

} // namespace meld::core

#endif // MELD_TARGET_WASM_INSTRUCTION_H
