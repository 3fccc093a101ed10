//===- TypeGroup.h - The structure of recursion groups ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two types are equal when their recursion groups have the same structure and
// they stand at the same place in them (Core: Types, Recursive Types). The
// structure of a group is a sequence of words, in which references into the
// group are positions and the others count what the group refers to outside.
// Whoever makes types canonical (in a module, across modules, as MLIR types)
// looks groups up by it.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_TYPEGROUP_H
#define MELD_TARGET_WASM_TYPEGROUP_H

#include "meld/Target/Wasm/ModuleView.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

namespace meld::core {

/// Calls `visit` with each type index in `type`.
template <typename Visit> void eachTypeIndex(const SubType &type, Visit visit) {
  auto value = [&](ValType type) {
    if (type.isRef() && type.heap().isConcrete())
      visit(type.heap().index());
  };
  for (ValType each : type.params)
    value(each);
  for (ValType each : type.results)
    value(each);
  for (FieldType field : type.fields)
    value(field.storage);
  if (type.kind == SubType::Cont)
    visit(type.function);
  if (type.super)
    visit(*type.super);
}

/// `type` with another number for each type index; other types are as they
/// are.
ValType renumber(ValType type, llvm::function_ref<uint32_t(uint32_t)> number);
/// The same for a definition, whose lists are then in `storage`.
SubType renumber(const SubType &type,
                 llvm::function_ref<uint32_t(uint32_t)> number,
                 llvm::BumpPtrAllocator &storage);

/// A recursion group apart from a module. A type index in it is a position in
/// the group where it is below the size n; n + i names entry i of `outer`.
struct TypeGroup {
  llvm::SmallVector<uint32_t, 16> words;
  /// What the group refers to outside of itself, in the order in which it is
  /// first named, each once: by canonical number.
  llvm::SmallVector<uint32_t, 4> outer;
};

/// The structure of the group that starts with index `first`. `canonical` gives
/// equal numbers for equal types that stand outside of it.
TypeGroup structureOf(llvm::ArrayRef<SubType> group, uint32_t first,
                      llvm::function_ref<uint32_t(uint32_t)> canonical);

/// Gives equal groups one number.
class GroupNumbers {
public:
  /// The number of an equal group that was asked for before, else `next`.
  uint32_t number(const TypeGroup &group, uint32_t next);

private:
  llvm::StringMap<uint32_t> numbers; // by words and outer types
};

/// Definition `position` of a group, read from its words; lists are in
/// `storage`. `words[0]` is the size of the group.
SubType definitionOf(llvm::ArrayRef<uint32_t> words, uint32_t position,
                     llvm::BumpPtrAllocator &storage);

} // namespace meld::core

#endif // MELD_TARGET_WASM_TYPEGROUP_H
