//===- CanonicalTypes.h - Core types, each one once -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Core types across modules: equal recursion groups get the same numbers, in
// whatever module they stand, so type equality is equality of numbers (Core:
// Types, Recursive Types). Module types with imports and exports, and subtyping
// of what modules import and export.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_CANONICALTYPES_H
#define MELD_TARGET_WASM_CANONICALTYPES_H

#include "meld/Target/Wasm/DefinedTypes.h"
#include "llvm/ADT/MapVector.h"

namespace meld::core {

/// The number of a defined type in a `TypeTable`.
using TypeId = uint32_t;
inline constexpr TypeId noType = ~0u;

/// What is imported or exported. Concrete heap types are `TypeId`s.
struct ExternType {
  ExternKind kind = ExternKind::Function;
  /// Of a function or tag; `noType` where it is not known.
  TypeId type = noType;
  /// The element of a table, the value of a global.
  ValType value;
  bool mut = false;
  Limits limits;
  /// Where it is imported or exported.
  uint64_t at = 0;
};

/// What a module imports and exports.
struct ModuleType {
  struct Import {
    llvm::StringRef module, name;
    ExternType type;
  };
  llvm::SmallVector<Import, 0> imports;
  llvm::MapVector<llvm::StringRef, ExternType> exports;
};

/// Types across modules, numbered by `TypeId`.
class TypeTable : public DefinedTypes {
public:
  /// Enters the recursion group that starts at `first` in an index space of
  /// `definitions`, of which `ids` has the numbers of those before it; appends
  /// the numbers of the group. Returns the error of an index that names no
  /// type, of a supertype that does not fit, or of types that nest too deep:
  /// what walks them does so by recursion. Then `ids` has either the numbers of
  /// the whole group, each with its type, or none of them.
  std::optional<ReadError> add(llvm::ArrayRef<SubType> definitions,
                               uint32_t first,
                               llvm::SmallVectorImpl<TypeId> &ids);
  TypeId function(llvm::ArrayRef<ValType> params,
                  llvm::ArrayRef<ValType> results);

  llvm::ArrayRef<ValType> params(TypeId id) const { return types[id].params; }
  llvm::ArrayRef<ValType> results(TypeId id) const { return types[id].results; }
  bool isFunction(TypeId id) const { return types[id].kind == SubType::Func; }

  using DefinedTypes::matches;
  bool matches(TypeId found, TypeId wanted) const {
    return matches(HeapType::concrete(found), HeapType::concrete(wanted));
  }
  /// Whether `found` may stand for an import of type `wanted`. Else says in
  /// `why` what was wanted and found.
  bool matches(const ExternType &found, const ExternType &wanted,
               std::string &why) const;

  /// "(func (param i32) (result i64))", "(sub (func))" where it is not final,
  /// "(func) of a recursion group".
  std::string print(TypeId id) const;
  std::string print(const ExternType &type) const;

private:
  std::vector<uint32_t> depth;   // how many supertypes a type has
  std::vector<uint32_t> nesting; // how many groups it names, one by the other
  GroupNumbers groups;
};

/// Gives what a module, or a module type, declares its canonical types. The
/// first error stays.
class ExternTypes {
public:
  ExternTypes(const ModuleView &view, TypeTable &table)
      : view(view), table(table) {}

  /// Enters the types of the view that are not entered yet.
  void enterTypes();
  /// Stands for an alias: the view has a type more, of which this is the
  /// number.
  void enterAlias(TypeId id) { ids.push_back(id); }
  /// The type of what stands at `index`, which is used at `at`.
  ExternType entity(ExternKind kind, uint32_t index, uint64_t at);
  /// The canonical form of a type that is used at `at`.
  ValType value(ValType type, uint64_t at);
  /// The number of each type of the view.
  llvm::ArrayRef<TypeId> types() const { return ids; }
  const std::optional<ReadError> &error() const { return firstError; }

private:
  void fail(Rule rule, uint64_t at, const llvm::Twine &message);
  TypeId typeIndex(uint32_t index, uint64_t at);
  /// The same for the type of a function or tag.
  TypeId functionType(ExternKind kind, uint32_t index, uint64_t at);
  Limits limits(const Limits &limits, bool isMemory);

  const ModuleView &view;
  TypeTable &table;
  llvm::SmallVector<TypeId, 0> ids;
  std::optional<ReadError> firstError;
};

/// The imports and exports of a module. Returns the first error of an index, a
/// type or a limit that they name.
std::optional<ReadError> readModuleType(const ModuleView &view,
                                        TypeTable &table, ModuleType &result);

} // namespace meld::core

#endif // MELD_TARGET_WASM_CANONICALTYPES_H
