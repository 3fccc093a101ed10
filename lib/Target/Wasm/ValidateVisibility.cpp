//===- ValidateVisibility.cpp - Types that need a name ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Resources, records, variants, enums and flags that an import or export uses
// have a name among the imports, or for an export among imports and exports
// (Explainer.md, External Visibility of Types). A type has such a name when its
// path starts there. Instance types are checked where they are used for an
// import or export.
//
//===----------------------------------------------------------------------===//

#include "Validator.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"

using namespace meld;
using namespace meld::validation;
using llvm::StringRef;
using llvm::Twine;

void Validator::checkVisible(const Entity &entity, Direction direction,
                             StringRef name, uint64_t at) {
  bool isInstanceType = !level->interface->isComponent;
  if (isInstanceType || isVisible(entity, direction))
    return;
  StringRef word = direction == Direction::Import ? "import" : "export";
  error(Rule::visible_type, at,
        "the " + binary::stringifySort(entity.sort) + " " + quoted(name) +
            " is not valid as an " + word +
            ": it uses a resource, record, variant, enum or flags that has no "
            "name there; " +
            word + " that type first, and use what this defines");
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

bool Validator::isNamedHere(const Type *type, Direction direction) const {
  if (!type->owner)
    return false;
  const Instance *root = type->owner->root;
  return root == level->interface->imports ||
         (direction == Direction::Export && root == level->interface->exports);
}

/// An instance that is exported names the types of its own, also where they
/// are used by the path that they had before.
bool Validator::isNamedByInstance(const Type *type) {
  if (level->exportedTypes.contains(type))
    return true;
  if (level->exportedInstances.empty())
    return false;
  for (const Instance *i = type->owner; i && instances.spend(); i = i->parent)
    if (level->exportedInstances.contains(i))
      return true;
  return false;
}

void Validator::noteExport(const Instance *instance) {
  if (!level->exportedInstances.insert(instance).second)
    return;
  for (const auto &[name, member] : instance->members) {
    if (member.sort == Sort::Type && member.type)
      level->exportedTypes.insert(member.type);
    if (member.instance)
      noteExport(member.instance);
  }
}

/// A handle may name its resource by any path, if an exported instance exports
/// the resource: handed from instance to instance, one has many. An alias has
/// the resources of what it stands for.
void Validator::noteResources(Instance *instance) {
  while (instance->isAlias)
    instance = instance->source;
  if (!level->notedInstances.insert(instance).second)
    return;
  instances.forEachName(instance, [&](StringRef name) {
    const Entity *member =
        instances.spend() ? instances.project(instance, name) : nullptr;
    if (!member)
      return;
    if (member->type && member->type->kind == TypeKind::Resource)
      level->exportedResources.insert(member->type->resource);
    if (member->instance)
      noteResources(member->instance);
  });
}

bool Validator::arePartsNamed(const Type *type, Direction direction) {
  return llvm::all_of(type->parts, [&](const Type *part) {
    return !part || isNamed(part, direction);
  });
}

bool Validator::isNamed(const Type *type, Direction direction) {
  switch (type->kind) {
  case TypeKind::Primitive:
    return true;
  case TypeKind::Record:
  case TypeKind::Variant:
  case TypeKind::Enum:
  case TypeKind::Flags:
    return isNamedHere(type, direction) ||
           (direction == Direction::Export && isNamedByInstance(type));
  case TypeKind::Own:
  case TypeKind::Borrow:
    return isNamedHere(type->parts.front(), direction) ||
           (direction == Direction::Export &&
            level->exportedResources.contains(type->resource));
  default:
    break;
  }
  // Only what has a name is remembered: what has none may get one.
  llvm::DenseSet<const Type *> &named = level->named[unsigned(direction)];
  if (named.contains(type))
    return true;
  if (!arePartsNamed(type, direction))
    return false;
  named.insert(type);
  return true;
}

//===----------------------------------------------------------------------===//
// Entities
//===----------------------------------------------------------------------===//

bool Validator::isVisible(const Entity &entity, Direction direction) {
  if (entity.instance)
    return isVisible(entity.instance, direction);
  if (!entity.type)
    return true;
  const Type *type = entity.type;
  if (type->kind == TypeKind::Resource)
    // Imports do not depend on what the component makes.
    return direction == Direction::Export ||
           type->resource->generatedIn != level->interface;
  if (type->kind == TypeKind::Instance)
    return isVisible(instances.open(type, type->owner, type->name), direction);
  if (type->kind == TypeKind::Component)
    return isVisible(*type->interface, type->environment, direction);
  return arePartsNamed(type, direction);
}

bool Validator::isVisible(Instance *instance, Direction direction) {
  const Interface *closed =
      instance->interface && instance->interface->isClosed() ? instance->interface : nullptr;
  if (closed) {
    auto it = visible.find(closed);
    if (it != visible.end())
      return it->second;
  }
  // What a bundle holds twice is looked at once.
  const Instance *source = instance;
  while (source->isAlias)
    source = source->source;
  std::pair<const Instance *, const Environment *> use(
      source, instance->isAlias ? instance->environment->outer : nullptr);
  if (instance->isAlias && level->visibleAliases.contains(use))
    return true;
  bool result = true;
  instances.forEachName(instance, [&](StringRef name) {
    if (!result || !instances.spend())
      return;
    if (const Entity *entity = instances.project(instance, name))
      result = isVisible(*entity, direction);
  });
  if (closed)
    visible[closed] = result;
  if (instance->isAlias && result)
    level->visibleAliases.insert(use);
  return result;
}

/// A component type names what it imports and exports by itself. Only a
/// resource that it is equal to can come from outside, and an import may not
/// depend on one that the component makes.
bool Validator::isVisible(const Interface &interface, Environment *environment,
                          Direction direction) {
  if (direction == Direction::Export || interface.isConcrete ||
      !interface.hasFreeResource())
    return true;
  for (const Instance *list : {interface.imports, interface.exports})
    for (const auto &[name, entity] : list->members) {
      if (!entity.type || !entity.type->resource || !instances.spend())
        continue;
      const Type *type = instances.readContent(entity.type, environment);
      if (type && type->resource->generatedIn == level->interface)
        return false;
    }
  return true;
}
