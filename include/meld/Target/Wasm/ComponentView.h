//===- ComponentView.h - A component binary, decoded ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The definitions of a component in the order of the binary, with all indices
// resolved: each names a definition that stands before it, or an error says
// that it does not. Names and core modules are views of the input. No MLIR in
// it: the validator checks it (ComponentValidation.h), the importer makes ops
// from it, `meld inspect` prints it.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_COMPONENTVIEW_H
#define MELD_TARGET_WASM_COMPONENTVIEW_H

#include "meld/Support/ByteReader.h"
#include "meld/Target/Wasm/CanonicalTypes.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace meld::binary {

/// The index spaces of a component (Binary.md, `sort` and `core:sort`).
enum class Sort : uint8_t {
  CoreFunc,
  CoreTable,
  CoreMemory,
  CoreGlobal,
  CoreTag,
  CoreType,
  CoreModule,
  CoreInstance,
  Func,
  Value,
  Type,
  Component,
  Instance,
};
inline constexpr unsigned numSorts = 13;

/// The sort in the words of the text format: "core func", "instance".
llvm::StringRef stringifySort(Sort sort);

struct TypeDef;
struct Scope;

/// A value type: a primitive by its opcode (0x7f is bool), or a definition.
struct ValType {
  /// The primitive's opcode; 0 for a type index.
  uint8_t primitive = 0;
  uint32_t index = 0;
  /// What the index stands for; null where an alias leaves it unknown.
  const TypeDef *type = nullptr;
  uint64_t offset = 0;
};

/// A field, case or parameter; cases and labels may lack the type.
struct LabelledType {
  llvm::StringRef label;
  std::optional<ValType> type;
  uint64_t offset = 0;
};

enum class TypeKind : uint8_t {
  Primitive,
  Record,
  Variant,
  List,
  FixedList,
  Tuple,
  Flags,
  Enum,
  Option,
  Result,
  Own,
  Borrow,
  Stream,
  Future,
  Map,
  Func,
  Resource,
  Component,
  Instance,
};

/// The kind in the words of the text format: "record", "func".
llvm::StringRef stringifyTypeKind(TypeKind kind);

/// A type definition. Which members are set depends on the kind:
/// `fields`: record, variant, tuple (no labels), flags and enum (no types),
/// func (parameters); `first`: primitive, list, option, ok of a result, element
/// of a stream or future, key of a map, result of a func; `second`: error of a
/// result, value of a map; `length`: fixed list.
struct TypeDef {
  TypeKind kind;
  uint64_t offset = 0;
  llvm::SmallVector<LabelledType, 0> fields;
  std::optional<ValType> first, second;
  uint32_t length = 0;
  bool async = false;
  /// Own and borrow: the index of the resource type, and what it stands for.
  uint32_t resource = 0;
  const TypeDef *resourceType = nullptr;
  /// Resource: representation (core value type) and destructor.
  uint8_t representation = 0;
  /// With `async`, of the older form that has a callback, too.
  std::optional<uint32_t> destructor, callback;
  /// Component and instance types: their declarations.
  std::unique_ptr<Scope> scope;
  /// The name under which it was first imported or exported, for printing.
  llvm::StringRef name;
};

/// What an extern (import or export) is declared to be.
struct ExternType {
  Sort sort;
  /// The type's index; not for `(type (sub resource))`.
  uint32_t index = 0;
  /// For sort Type: `(sub resource)` rather than `(eq index)`.
  bool fresh = false;
  /// For sort Value: its type, unless it is equal to the value `index`.
  std::optional<ValType> value = std::nullopt;
  uint64_t offset = 0;
};

/// The attributes of a name, each with null data where it is absent.
struct NameAttributes {
  llvm::StringRef implements, versionSuffix, externalId;
};

/// What is known of one index: of a type its definition, of a function, value,
/// instance or component its type. Null where only instantiation tells.
struct Entity {
  Sort sort;
  const TypeDef *type = nullptr;
  const Scope *component = nullptr;
  /// Of a core type or core module, which may be unknown after an error.
  core::TypeId coreType = core::noType;
  const core::ModuleType *module = nullptr;
  /// The exports of an instance that are known by name; null: unknown.
  const llvm::MapVector<llvm::StringRef, Entity> *exports = nullptr;
};
using Exports = llvm::MapVector<llvm::StringRef, Entity>;

/// A named argument of an instantiation, or a member of a bundle.
struct Argument {
  llvm::StringRef name;
  Sort sort;
  uint32_t index;
  uint64_t offset;
  NameAttributes attributes;
};

enum class StringEncoding : uint8_t { Utf8, Utf16, Latin1Utf16 };

/// The canonical options of a lift, lower or built-in.
struct CanonOptions {
  bool async = false;
  std::optional<StringEncoding> encoding;
  std::optional<uint32_t> memory, realloc, postReturn, callback;
  /// Where the list starts.
  uint64_t offset = 0;
};

/// A canonical definition. `opcode` says which; 0 is `lift`, 1 is `lower`, see
/// Canon.td.
struct Canon {
  uint8_t opcode;
  /// The function of a lift (core) or lower (component).
  uint32_t func = 0;
  /// The type index of a lift, a resource, stream or future built-in.
  uint32_t type = 0;
  CanonOptions options;
  /// The flag `async` of subtask.cancel and the like.
  bool async = false;
  bool cancellable = false;
  bool shared = false;
  /// task.return: the result.
  std::optional<ValType> result;
  /// context.get and context.set: core value type and slot.
  uint8_t coreType = 0;
  uint32_t slot = 0;
  /// thread.*: core function type and table.
  uint32_t coreFuncType = 0;
  uint32_t table = 0;
};

enum class DefinitionKind : uint8_t {
  CoreModule,
  CoreInstantiate,
  CoreBundle,
  CoreType,
  Component,
  Instantiate,
  Bundle,
  Alias,
  CoreAlias,
  OuterAlias,
  Type,
  Canon,
  Import,
  Export,
  Value,
  Start,
  Custom,
};

/// One definition, or one declaration of a component or instance type.
struct Definition {
  DefinitionKind kind;
  /// Where it starts in the file.
  uint64_t offset;
  /// The index space that it adds to (an import or export too).
  Sort sort;
  /// What is instantiated, aliased, called or exported; of an outer alias the
  /// target.
  uint32_t index = 0;
  /// Outer alias: how many scopes up.
  uint32_t depth = 0;
  /// Of an alias, import, export or custom section.
  llvm::StringRef name = {};
  NameAttributes attributes = {};
  llvm::SmallVector<Argument, 0> arguments = {};
  /// The bytes of a core module, a core type, a value or a custom section.
  llvm::ArrayRef<uint8_t> bytes = {};
  /// How many entries it adds to the index space: a recursion group of core
  /// types its members, `start` its results, a custom section none.
  uint32_t count = 1;
  /// A core module, read; null if it is not valid.
  const core::ModuleView *module = nullptr;
  /// Of a nested component; null if it could not be read.
  std::unique_ptr<Scope> scope = nullptr;
  const TypeDef *type = nullptr;
  std::unique_ptr<Canon> canon = nullptr;
  /// The type of a value definition.
  std::optional<ValType> valueType = std::nullopt;
  /// Import: always. Export: the ascribed type, if any.
  std::optional<ExternType> externType = std::nullopt;
};

/// A component, component type or instance type: its definitions in order, and
/// its index spaces as they are at the end.
struct Scope {
  const Scope *parent = nullptr;
  bool isComponent = true;
  std::vector<Definition> definitions;
  std::array<std::vector<Entity>, numSorts> spaces;
  /// The numbers of the core type space; `noType` for module types.
  llvm::SmallVector<core::TypeId, 0> coreTypes;
  /// The definitions that they have here; made with the first one.
  std::unique_ptr<core::ModuleView> coreDefinitions;
  Exports imports, exports;
  /// From the custom section `component-name`.
  llvm::StringRef name;
  std::array<llvm::SmallVector<std::pair<uint32_t, llvm::StringRef>, 0>,
             numSorts>
      names;

  llvm::ArrayRef<Entity> space(Sort sort) const {
    return spaces[static_cast<unsigned>(sort)];
  }
};

/// A whole file. `invalid` lists indices that name nothing, core modules that
/// are not valid, and modules and components inside that are malformed.
struct ComponentView {
  /// Set before reading: whether the type code 0x3e is a resource with an
  /// asynchronous destructor, as it was before 2026-08, and not malformed.
  bool asyncDestructors = false;
  std::unique_ptr<Scope> root;
  /// Nested components that could not be read to their ends.
  std::vector<std::unique_ptr<Scope>> broken;
  std::deque<TypeDef> types;
  /// The types of values that have a primitive type, by its opcode.
  llvm::DenseMap<uint8_t, const TypeDef *> primitives;
  std::deque<Exports> exports;
  core::TypeTable coreTypes;
  std::deque<core::ModuleType> moduleTypes;
  std::deque<core::ModuleView> modules;
  std::vector<ReadError> invalid;
  /// What is wrong with custom sections, which makes no file invalid.
  std::vector<ReadError> warnings;
  /// The input.
  llvm::ArrayRef<uint8_t> bytes;
};

/// Decodes `bytes`, to which the view refers, and validates the core modules in
/// it as `modules` says. On malformed input, or beyond a limit, returns the
/// first error, unless it is inside a nested module or component: then reading
/// goes on behind that.
std::optional<ReadError>
readComponent(llvm::ArrayRef<uint8_t> bytes, ComponentView &view,
              const core::ValidateOptions &modules = {/*bodies=*/false});

/// True when `bytes` start with the preamble of a component.
bool isComponent(llvm::ArrayRef<uint8_t> bytes);

} // namespace meld::binary

#endif // MELD_TARGET_WASM_COMPONENTVIEW_H
