//===- ValidationTypes.h - Types as validation compares them ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A type has two sides. What it *is* is its shape, a number that structurally
// equal types share, so that equality costs one comparison however deep a type
// is. What it is *called* is its path: the instance (or the imports or exports
// of a component) and the name by which it was obtained. Visibility asks for
// the path, equality for the shape (Explainer.md, Type Checking and External
// Visibility of Types).
//
// Null stands for a type that is not known because of an error that has been
// reported; whatever depends on it is not checked.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_VALIDATIONTYPES_H
#define MELD_LIB_TARGET_WASM_VALIDATIONTYPES_H

#include "meld/Target/Wasm/ComponentView.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Allocator.h"

namespace meld::validation {

using binary::Sort;
using binary::TypeDef;
using binary::TypeKind;

struct Environment;
struct Instance;
struct Interface;

/// The primitive that is in memory.
inline constexpr uint8_t stringCode = 0x73;

/// A resource type. Each is equal to itself only.
struct Resource {
  uint32_t id;
  /// Of an abstract resource: the import or export that introduces it.
  const Instance *owner = nullptr;
  llvm::StringRef name;
  /// Of one that a component defines, or gets by an instantiation: the
  /// component. Each instance of it has another one.
  const Interface *generatedIn = nullptr;
  /// The definition, if it is a `resource` of `generatedIn`.
  const TypeDef *definition = nullptr;
};

/// A type, under one name.
struct Type {
  TypeKind kind = TypeKind::Primitive;
  /// A primitive's opcode.
  uint8_t primitive = 0;
  bool async = false;
  /// Transitively: a `borrow`; a `list` or `string` outside of a stream or
  /// future.
  bool hasBorrow = false, hasPointer = false;
  /// Core values that it flattens to; 17 stands for more than 16.
  uint8_t flatCount = 0;
  uint8_t alignment = 1;
  /// Bytes in a memory with 64-bit addresses; saturated.
  uint64_t size = 0;
  uint32_t length = 0;
  uint32_t shape = 0;
  /// How many types are inside each other: of a value type value types, of a
  /// component or instance type such types and instances.
  uint32_t depth = 1;
  /// The labels of a record, variant, flags, enum or func.
  llvm::ArrayRef<llvm::StringRef> labels;
  /// In order: fields, cases (null without a type), elements, ok and error,
  /// parameters and the result, the resource of a handle.
  llvm::ArrayRef<const Type *> parts;
  /// Of a resource or a handle to it.
  const Resource *resource = nullptr;
  /// Of a component or instance type: what it declares, and where what it
  /// mentions is to be found.
  const Interface *interface = nullptr;
  Environment *environment = nullptr;
  /// The path; null for a type that has no name.
  const Instance *owner = nullptr;
  llvm::StringRef name;
  /// The serial numbers of the oldest and newest instance that it mentions by
  /// path or resource, and the oldest one by resource.
  uint32_t oldest = ~0u, newest = 0, oldestResource = ~0u;

  bool isValue() const { return kind < TypeKind::Func; }
  /// The result of a func; null without one.
  const Type *result() const { return parts.back(); }
  llvm::ArrayRef<const Type *> parameters() const { return parts.drop_back(); }
};

/// Makes types and keeps them.
class TypeStore {
public:
  TypeStore();

  const Type *primitive(uint8_t opcode) const;
  /// A value or function type like `like` (kind, labels, length, async), of
  /// `parts`, none of which is unknown.
  const Type *make(const Type &like, llvm::ArrayRef<const Type *> parts);
  /// The same of a definition.
  const Type *make(const TypeDef &def, llvm::ArrayRef<const Type *> parts);
  /// A resource type under no name.
  const Type *make(const Resource *resource);
  /// An instance or component type.
  const Type *make(const Interface &interface, Environment *environment);
  /// `type` under a name.
  const Type *named(const Type *type, const Instance *owner,
                    llvm::StringRef name);

  Resource *makeResource();

private:
  Type *copy(const Type &type);
  uint32_t shapeOf(const Type &type);
  uint32_t number(llvm::StringRef key);

  llvm::BumpPtrAllocator allocator;
  llvm::DenseMap<llvm::StringRef, uint32_t> numbers;
  llvm::DenseMap<uint8_t, const Type *> primitives;
  uint32_t resources = 0;
};

/// True when the two are the same type. Both are known, and neither is an
/// instance or component type.
inline bool isEqual(const Type *a, const Type *b) {
  return a->shape == b->shape;
}

/// Sets size, alignment (CanonicalABI.md, Element Size) and number of core
/// values of a type by its parts.
void layOut(Type &type);

/// How `found` differs from `wanted`, for types that are not equal: the path
/// to the first difference and both sides of it.
std::string explainDifference(const Type *found, const Type *wanted);

/// The flattened core types of `type` (CanonicalABI.md, Flattening), which are
/// at most 16, appended to `flat`.
void flatten(const Type *type, core::ValType pointer,
             llvm::SmallVectorImpl<core::ValType> &flat);

/// "`list`", "`u32`": for messages.
std::string describe(const Type *type);

} // namespace meld::validation

#endif // MELD_LIB_TARGET_WASM_VALIDATIONTYPES_H
