//===- ValidationTypes.cpp - Types as validation compares them --*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValidationTypes.h"
#include "ValidationInstances.h"
#include "meld/Support/Names.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::validation;
using llvm::ArrayRef;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Primitives
//===----------------------------------------------------------------------===//

namespace {
struct Primitive {
  uint8_t opcode;
  const char *name;
  /// Bytes, which are the alignment too, but for a string.
  uint8_t size;
};
} // namespace

static constexpr Primitive allPrimitives[] = {
    {0x7f, "bool", 1},   {0x7e, "s8", 1},           {0x7d, "u8", 1},
    {0x7c, "s16", 2},    {0x7b, "u16", 2},          {0x7a, "s32", 4},
    {0x79, "u32", 4},    {0x78, "s64", 8},          {0x77, "u64", 8},
    {0x76, "f32", 4},    {0x75, "f64", 8},          {0x74, "char", 4},
    {0x73, "string", 8}, {0x64, "error-context", 4}};

TypeStore::TypeStore() {
  for (const Primitive &row : allPrimitives) {
    Type type;
    type.primitive = row.opcode;
    type.alignment = row.size;
    type.hasPointer = row.opcode == stringCode;
    type.size = type.hasPointer ? 16 : row.size;
    type.flatCount = type.hasPointer ? 2 : 1;
    type.shape = shapeOf(type);
    primitives[row.opcode] = copy(type);
  }
}

const Type *TypeStore::primitive(uint8_t opcode) const {
  return primitives.lookup(opcode);
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

uint32_t TypeStore::number(StringRef key) {
  auto found = numbers.find(key);
  if (found != numbers.end())
    return found->second;
  return numbers[key.copy(allocator)] = numbers.size() + 1;
}

/// The number of what the type is, without its path. Labels count by number,
/// so that a key is short.
uint32_t TypeStore::shapeOf(const Type &type) {
  llvm::SmallVector<uint32_t, 16> key = {
      uint32_t(type.kind) | uint32_t(type.async) << 8,
      type.kind == TypeKind::Primitive ? type.primitive : type.length,
      type.resource ? type.resource->id : 0, uint32_t(type.labels.size())};
  for (StringRef label : type.labels)
    key.push_back(number(label));
  if (type.kind != TypeKind::Own && type.kind != TypeKind::Borrow)
    for (const Type *part : type.parts)
      key.push_back(part ? part->shape : 0);
  // A prefix that no label has keeps labels and shapes apart.
  std::string bytes(1, '\0');
  bytes.append(reinterpret_cast<const char *>(key.data()),
               key.size() * sizeof(uint32_t));
  return number(bytes);
}

//===----------------------------------------------------------------------===//
// Making types
//===----------------------------------------------------------------------===//

Type *TypeStore::copy(const Type &type) {
  return new (allocator.Allocate<Type>()) Type(type);
}

static void mention(Type &type, const Type *part) {
  if (!part)
    return;
  type.oldest = std::min(type.oldest, part->oldest);
  type.newest = std::max(type.newest, part->newest);
  type.oldestResource = std::min(type.oldestResource, part->oldestResource);
}

const Type *TypeStore::make(const Type &like, ArrayRef<const Type *> parts) {
  Type type;
  type.kind = like.kind;
  type.async = like.async;
  type.labels = like.labels;
  type.length = like.length;
  type.parts = parts.copy(allocator);
  bool isAsyncValue =
      type.kind == TypeKind::Stream || type.kind == TypeKind::Future;
  type.hasBorrow = type.kind == TypeKind::Borrow;
  type.hasPointer = type.kind == TypeKind::List || type.kind == TypeKind::Map;
  for (const Type *part : parts) {
    mention(type, part);
    type.depth = std::max(type.depth, part ? part->depth + 1 : 0);
    type.hasBorrow |= part && part->hasBorrow;
    type.hasPointer |= part && part->hasPointer && !isAsyncValue;
  }
  if (type.kind == TypeKind::Own || type.kind == TypeKind::Borrow)
    type.resource = parts.front()->resource;
  layOut(type);
  type.shape = shapeOf(type);
  return copy(type);
}

const Type *TypeStore::make(const TypeDef &def, ArrayRef<const Type *> parts) {
  Type like;
  like.kind = def.kind;
  like.async = def.async;
  like.length = def.length;
  llvm::SmallVector<StringRef> labels;
  if (def.kind != TypeKind::Tuple)
    for (const binary::LabelledType &field : def.fields)
      labels.push_back(field.label);
  like.labels = ArrayRef(labels).copy(allocator);
  return make(like, parts);
}

Resource *TypeStore::makeResource() {
  Resource *resource = new (allocator.Allocate<Resource>()) Resource();
  resource->id = ++resources;
  return resource;
}

const Type *TypeStore::make(const Resource *resource) {
  Type type;
  type.kind = TypeKind::Resource;
  type.resource = resource;
  uint32_t serial = resource->generatedIn
                        ? resource->generatedIn->imports->serial
                        : resource->owner->root->serial;
  type.oldest = type.oldestResource = serial;
  type.newest = resource->generatedIn ? serial : resource->owner->serial;
  type.shape = shapeOf(type);
  return copy(type);
}

const Type *TypeStore::make(const Interface &interface,
                            Environment *environment) {
  Type type;
  type.kind = interface.isComponent ? TypeKind::Component : TypeKind::Instance;
  type.interface = &interface;
  type.environment = environment;
  type.depth = interface.depth + 1;
  if (!interface.isClosed()) {
    // What stands inside may mention anything.
    type.oldest = environment ? 0 : interface.oldest;
    type.newest = ~0u;
  }
  if (interface.hasFreeResource())
    type.oldestResource = interface.oldestResource;
  return copy(type);
}

const Type *TypeStore::named(const Type *type, const Instance *owner,
                             StringRef name) {
  Type *result = copy(*type);
  result->owner = owner;
  result->name = name;
  result->oldest = std::min(result->oldest, owner->root->serial);
  result->newest = std::max(result->newest, owner->serial);
  return result;
}

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

std::string validation::describe(const Type *type) {
  if (type->kind == TypeKind::Primitive)
    for (const Primitive &row : allPrimitives)
      if (row.opcode == type->primitive)
        return std::string("`") + row.name + "`";
  return ("`" + binary::stringifyTypeKind(type->kind) + "`").str();
}

/// What part `index` of `type` is called.
static std::string partName(const Type *type, size_t index) {
  switch (type->kind) {
  case TypeKind::Record:
    return "field " + quoted(type->labels[index]);
  case TypeKind::Variant:
    return "case " + quoted(type->labels[index]);
  case TypeKind::Func:
    return index < type->labels.size()
               ? "parameter " + quoted(type->labels[index])
               : "result";
  case TypeKind::Tuple:
    return "field " + std::to_string(index);
  case TypeKind::Result:
    return index == 0 ? "ok" : "error";
  case TypeKind::Map:
    return index == 0 ? "key" : "value";
  default:
    return "element";
  }
}

/// How the two differ without a look at their parts; empty if they do not.
static std::string explainHere(const Type *found, const Type *wanted) {
  auto sides = [](const llvm::Twine &wanted, const llvm::Twine &found) {
    return ("wanted " + wanted + ", found " + found).str();
  };
  if (found->kind != wanted->kind || found->primitive != wanted->primitive)
    return sides(describe(wanted), describe(found));
  if (found->async != wanted->async)
    return sides(wanted->async ? "an async func" : "a func that is not async",
                 found->async ? "an async one" : "one that is not");
  if (found->length != wanted->length)
    return sides(llvm::Twine(wanted->length) + " elements",
                 llvm::Twine(found->length));
  if (found->kind == TypeKind::Resource)
    return "the resource types are not the same";
  if (found->labels.size() != wanted->labels.size())
    return sides(llvm::Twine(wanted->labels.size()) + " labels",
                 llvm::Twine(found->labels.size()));
  for (auto [a, b] : llvm::zip(found->labels, wanted->labels))
    if (a != b)
      return sides("the label " + quoted(b), quoted(a));
  if (found->parts.size() != wanted->parts.size())
    return sides(llvm::Twine(wanted->parts.size()) + " types",
                 llvm::Twine(found->parts.size()));
  return "";
}

std::string validation::explainDifference(const Type *found,
                                          const Type *wanted) {
  std::string path;
  // Some part differs on every level; a deep path is cut.
  for (unsigned depth = 0;; ++depth) {
    std::string here = explainHere(found, wanted);
    if (!here.empty())
      return path + here;
    size_t i = 0;
    while (i < found->parts.size()) {
      const Type *a = found->parts[i], *b = wanted->parts[i];
      if ((a ? a->shape : 0) != (b ? b->shape : 0))
        break;
      ++i;
    }
    if (i == found->parts.size())
      return path + "the types are not the same";
    if (depth < 8)
      path += partName(found, i) + ": ";
    const Type *a = found->parts[i], *b = wanted->parts[i];
    if (!a || !b)
      return path + "wanted " + (b ? describe(b) : "no type") + ", found " +
             (a ? describe(a) : "none");
    found = a;
    wanted = b;
  }
}
