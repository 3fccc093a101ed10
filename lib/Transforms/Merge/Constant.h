//===- Constant.h - constant expressions, evaluated -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_CONSTANT_H
#define MELD_LIB_TRANSFORMS_MERGE_CONSTANT_H

#include "Program.h"

namespace meld::merge {

/// Fills `program.constants`, in time that is linear in the initializers.
void findConstants(Program &program);

/// The value of a constant expression of `instance` that yields an i32 (then
/// without sign in the low half) or i64. It may read globals, where these are
/// immutable and their own initializers have a value. Nothing for any other
/// expression, and for globals that the host gives.
std::optional<uint64_t> evaluate(const Program &program,
                                 const Instance &instance,
                                 core::Expression expression);

/// Whether the expression is a single constant.
bool isLiteral(const Instance &instance, core::Expression expression);

/// Whether one of the constant expressions that stand one behind the other in
/// `expressions` may trap: by the length of an array that it makes.
bool mayTrap(const Instance &instance, core::Expression expressions);

/// Whether `size` bytes or elements at `offset` are surely inside the memory or
/// table `place`, which may have grown.
bool isInBounds(const Program &program, EntityId place,
                std::optional<uint64_t> offset, uint64_t size);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_CONSTANT_H
