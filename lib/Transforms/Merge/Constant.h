//===- Constant.h - constant expressions, evaluated -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_CONSTANT_H
#define MELD_LIB_TRANSFORMS_MERGE_CONSTANT_H

#include "Program.h"
#include "meld/Target/Wasm/Instructions.h"

namespace meld::merge {

/// The operator of an instruction that constant expressions may have, and
/// whether it is one of i64.
std::optional<std::pair<wasm::BinaryKind, bool>> binaryOf(core::Op op);

/// Fills `program.constants` and `program.objects`, in time that is linear in
/// the initializers.
void findConstants(Program &program);

/// Runs a constant expression of integers on a stack of T; nothing for any
/// other expression, or where one of the functions has no value.
///   constant(wide, value)           an i32 or, if wide, an i64
///   global(entity)                  what `global.get` reads
///   binary(kind, wide, left, right) add, sub or mul
template <typename T, typename Constant, typename Global, typename Binary>
std::optional<T> interpret(const Instance &instance,
                           core::Expression expression, Constant constant,
                           Global global, Binary binary) {
  ByteReader in = instance.guest->view.reader(expression);
  core::NoSink sink;
  core::InstructionReader<core::NoSink> reader(in, sink);
  core::Instruction instruction;
  llvm::SmallVector<T> stack;
  while (reader.next(instruction)) {
    core::Op op = instruction.op();
    std::optional<T> value;
    if (op == core::Op::End)
      return stack.size() == 1 ? std::optional<T>(stack[0]) : std::nullopt;
    if (op == core::Op::I32Const || op == core::Op::I64Const) {
      value = constant(op == core::Op::I64Const, uint64_t(instruction.literal));
    } else if (op == core::Op::GlobalGet) {
      llvm::ArrayRef<EntityId> globals = instance.space(Space::Global);
      if (instruction.index[0] < globals.size())
        value = global(globals[instruction.index[0]]);
    } else if (auto operation = binaryOf(op); operation && stack.size() >= 2) {
      T right = stack.pop_back_val(), left = stack.pop_back_val();
      value = binary(operation->first, operation->second, left, right);
    }
    if (!value)
      return std::nullopt;
    stack.push_back(*value);
  }
  return std::nullopt;
}

/// The value of a constant expression of `instance` that yields an i32 (then
/// without sign in the low half) or i64. It may read globals, where these are
/// immutable and their own initializers have a value. Nothing for any other
/// expression, and for globals that the host gives.
std::optional<uint64_t> evaluate(const Program &program,
                                 const Instance &instance,
                                 core::Expression expression);

/// The type of such an expression; null for any other.
mlir::Type integerTypeOf(const Program &program, const Instance &instance,
                         core::Expression expression);

/// The type of addresses of a memory or table.
mlir::Type addressTypeOf(mlir::Type place);

/// Whether the expression is a single constant.
bool isLiteral(const Instance &instance, core::Expression expression);

/// The global that the expression reads, if that is all it does and the value
/// is one of `program.objects`.
std::optional<EntityId> objectOf(const Program &program,
                                 const Instance &instance,
                                 core::Expression expression);

/// Whether one of the constant expressions that stand one behind the other in
/// `expressions` may trap: by the length of an array that it makes.
bool mayTrap(const Instance &instance, core::Expression expressions);

/// Whether `size` bytes or elements at `offset` are surely inside the memory or
/// table `place`, which may have grown.
bool isInBounds(const Program &program, EntityId place,
                std::optional<uint64_t> offset, uint64_t size);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_CONSTANT_H
