//===- ValidationInstances.cpp - Instances and substitution -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValidationInstances.h"

using namespace meld;
using namespace meld::validation;
using llvm::StringRef;

bool InstanceStore::spend() {
  if (budget == 0)
    return false;
  return --budget != 0;
}

uint32_t validation::depthOf(const Entity &entity) {
  if (entity.instance)
    return entity.instance->depth;
  return entity.type && entity.type->interface ? entity.type->depth : 0;
}

//===----------------------------------------------------------------------===//
// Making instances
//===----------------------------------------------------------------------===//

Instance *InstanceStore::make() {
  Instance &instance = instances.emplace_back();
  instance.serial = ++serials;
  return &instance;
}

Instance *InstanceStore::make(const Instance *parent, StringRef name) {
  Instance *instance = make();
  if (!parent)
    return instance;
  instance->parent = parent;
  instance->root = parent->root;
  instance->name = name;
  return instance;
}

Interface *InstanceStore::makeInterface() {
  Interface &interface = interfaces.emplace_back();
  interface.imports = make();
  interface.exports = make();
  interface.imports->isTransparent = interface.exports->isTransparent = true;
  return &interface;
}

Instance *InstanceStore::open(const Type *type, const Instance *parent,
                              StringRef name) {
  Instance *instance = make(parent, name);
  instance->interface = type->interface;
  instance->depth = type->depth;
  instance->environment = makeEnvironment(type->environment);
  replace(*instance->environment, type->interface->exports, instance);
  return instance;
}

Instance *InstanceStore::instantiate(const Type *component, Instance *arguments,
                                     const Interface *generatedIn) {
  Instance *instance = open(component, nullptr, {});
  instance->generatedIn = generatedIn;
  Environment &environment = *instance->environment;
  replace(environment, component->interface->imports, arguments);
  environment.component = component->interface;
  environment.generatedIn = generatedIn;
  return instance;
}

Instance *InstanceStore::alias(Instance *source, const Instance *parent,
                               StringRef name) {
  // An alias of an alias is one of what that stands for.
  while (source->isAlias && !source->environment->outer)
    source = source->source;
  Instance *instance = make(parent, name);
  instance->source = source;
  instance->depth = source->depth;
  instance->isAlias = true;
  instance->generatedIn = source->generatedIn;
  Environment *environment = makeEnvironment(nullptr);
  instance->environment = environment;
  environment->isAlias = true;
  replace(*environment, source, instance);
  // The types that a bundle holds get the names that it has for them.
  if (!source->isTransparent && !source->members.empty()) {
    environment->bundle = instance;
    environment->oldest = 0;
    for (const auto &[name, member] : source->members)
      if (member.sort == Sort::Type && member.type)
        environment->bundled.try_emplace(member.type, name);
  }
  return instance;
}

//===----------------------------------------------------------------------===//
// Environments
//===----------------------------------------------------------------------===//

Environment *InstanceStore::makeEnvironment(Environment *outer) {
  Environment &environment = environments.emplace_back();
  environment.outer = outer;
  if (outer) {
    environment.oldest = outer->oldest;
    environment.depth = outer->depth + 1;
  }
  return &environment;
}

void InstanceStore::replace(Environment &environment, const Instance *what,
                            Instance *by) {
  environment.replacements.push_back({what, by});
  environment.oldest = std::min(environment.oldest, what->serial);
}

/// Chains of environments are followed by recursion, so they are kept short.
static constexpr uint32_t maxDepth = 400;

Environment *InstanceStore::compose(Environment *first, Environment *then) {
  if (!first || !then)
    return first ? first : then;
  Environment &environment = environments.emplace_back();
  environment.first = first;
  environment.then = then;
  environment.oldest = std::min(first->oldest, then->oldest);
  environment.depth = first->depth + then->depth + 1;
  if (environment.depth > maxDepth)
    budget = 0;
  return &environment;
}

/// What stands for `what` where a start of its path is replaced; else null.
Instance *InstanceStore::replacementOf(const Instance *what,
                                       const Environment &environment) {
  llvm::SmallVector<StringRef> names;
  for (; what && spend(); what = what->parent) {
    for (auto [from, to] : environment.replacements) {
      if (from != what)
        continue;
      for (StringRef name : llvm::reverse(names)) {
        const Entity *entity = to ? project(to, name) : nullptr;
        to = entity ? entity->instance : nullptr;
      }
      return to;
    }
    names.push_back(what->name);
  }
  return nullptr;
}

/// True when `environment` replaces a start of the path of `type`. Then `found`
/// is what stands at the new path, or null.
bool InstanceStore::findByPath(const Type *type, Environment *environment,
                               const Type *&found) {
  for (Environment *e = environment; e; e = e->outer) {
    if (e->then) {
      found = read(type, e);
      return found != type;
    }
    if (auto it = e->bundled.find(type); it != e->bundled.end()) {
      const Entity *entity = project(e->bundle, it->second);
      found = entity ? entity->type : nullptr;
      return true;
    }
    if (Instance *owner =
            type->owner ? replacementOf(type->owner, *e) : nullptr) {
      const Entity *entity = project(owner, type->name);
      found = entity ? entity->type : nullptr;
      return true;
    }
  }
  return false;
}

const Resource *InstanceStore::freshResource(const Resource *resource,
                                             Environment &environment) {
  const Resource *&fresh = environment.fresh[resource];
  if (!fresh) {
    Resource *made = types.makeResource();
    made->generatedIn = environment.generatedIn;
    // Of a temporary instance: a path that nothing replaces.
    made->owner = environment.replacements.front().second;
    fresh = made;
  }
  return fresh;
}

const Resource *InstanceStore::readResource(const Resource *resource,
                                            Environment *environment) {
  for (Environment *e = environment; e && resource; e = e->outer) {
    if (e->then)
      return readResource(readResource(resource, e->first), e->then);
    if (e->isAlias)
      continue;
    if (resource->generatedIn) {
      if (resource->generatedIn == e->component)
        return freshResource(resource, *e);
      continue;
    }
    if (Instance *owner = replacementOf(resource->owner, *e)) {
      const Entity *entity = project(owner, resource->name);
      return entity && entity->type ? entity->type->resource : nullptr;
    }
  }
  return resource;
}

//===----------------------------------------------------------------------===//
// Reading types
//===----------------------------------------------------------------------===//

const Type *InstanceStore::read(const Type *type, Environment *environment) {
  if (!type || !environment || type->newest < environment->oldest)
    return type;
  if (environment->then)
    return read(read(type, environment->first), environment->then);
  auto it = environment->memo.find(type);
  if (it != environment->memo.end())
    return it->second;
  if (!spend())
    return nullptr;
  const Type *found = nullptr;
  if (!findByPath(type, environment, found))
    found = readContent(type, environment);
  return environment->memo[type] = found;
}

const Type *InstanceStore::readContent(const Type *type,
                                       Environment *environment) {
  if (type->kind == TypeKind::Resource) {
    const Resource *resource = readResource(type->resource, environment);
    return resource == type->resource ? type
           : resource                 ? types.make(resource)
                                      : nullptr;
  }
  if (type->interface)
    return type->interface->isClosed()
               ? type
               : types.make(*type->interface,
                            compose(type->environment, environment));
  llvm::SmallVector<const Type *> parts;
  for (const Type *part : type->parts) {
    parts.push_back(read(part, environment));
    if (part && !parts.back())
      return nullptr;
  }
  return llvm::ArrayRef(parts) == type->parts ? type : types.make(*type, parts);
}

//===----------------------------------------------------------------------===//
// Exports of instances
//===----------------------------------------------------------------------===//

void InstanceStore::forEachName(
    const Instance *instance, llvm::function_ref<void(StringRef)> visit) const {
  while (instance->source)
    instance = instance->source;
  const Members &members =
      instance->interface ? instance->interface->exports->members
                          : instance->members;
  for (const auto &[name, member] : members)
    visit(name);
}

const Entity *InstanceStore::project(Instance *instance, StringRef name) {
  if (instance->isTransparent) {
    auto it = instance->members.find(name);
    return it == instance->members.end() ? nullptr : &it->second;
  }
  auto opened = instance->opened.find(name);
  if (opened != instance->opened.end())
    return &opened->second;
  if (!spend())
    return nullptr;

  const Instance *declarer = instance->source;
  const Entity *declared;
  if (instance->source) {
    declared = project(instance->source, name);
  } else {
    const Members &members =
        instance->interface ? instance->interface->exports->members
                            : instance->members;
    declarer = instance->interface ? instance->interface->exports : nullptr;
    auto it = members.find(name);
    declared = it == members.end() ? nullptr : &it->second;
  }
  if (!declared)
    return nullptr;
  Entity entity = rename(*declared, declarer, instance, name);
  return &(instance->opened[name] = entity);
}

bool InstanceStore::isBorn(const Entity &declared, const Instance *owner,
                           StringRef name) {
  if (declared.sort != Sort::Type || !declared.type ||
      declared.type->kind != TypeKind::Resource)
    return false;
  const Resource *resource = declared.type->resource;
  return !resource->generatedIn && resource->owner == owner &&
         resource->name == name;
}

/// `declared`, which `declarer` has as `name`, as `instance` exports it.
Entity InstanceStore::rename(const Entity &declared, const Instance *declarer,
                             Instance *instance, StringRef name) {
  Entity result = declared;
  switch (declared.sort) {
  case Sort::Type:
    if (declared.type)
      result.type = renameType(
          declared.type, !instance->isAlias && isBorn(declared, declarer, name),
          instance, name);
    break;
  case Sort::Instance:
    if (declared.instance)
      result.instance =
          renameInstance(declared.instance, declarer, instance, name);
    break;
  default:
    result.type = read(declared.type, instance->environment);
  }
  return result;
}

const Type *InstanceStore::renameType(const Type *declared, bool isBorn,
                                      Instance *instance, StringRef name) {
  const Type *type;
  if (isBorn) {
    Resource *resource = types.makeResource();
    resource->owner = instance;
    resource->name = name;
    resource->generatedIn = instance->generatedIn;
    type = types.make(resource);
  } else {
    type = instance->environment ? readContent(declared, instance->environment)
                                 : declared;
  }
  return type ? types.named(type, instance, name) : nullptr;
}

Instance *InstanceStore::renameInstance(Instance *declared,
                                        const Instance *declarer,
                                        Instance *instance, StringRef name) {
  if (instance->isAlias || !instance->environment) {
    Instance *result = alias(declared, instance, name);
    result->environment->outer = instance->environment;
    if (instance->environment)
      result->environment->oldest =
          std::min(result->environment->oldest, instance->environment->oldest);
    return result;
  }
  Instance *result = make(instance, name);
  result->depth = declared->depth;
  result->generatedIn = instance->generatedIn;
  // What is declared here and mentions nothing else is the same everywhere.
  bool isHere = declared->parent == declarer && !declared->source;
  if (isHere && declared->interface && declared->interface->isClosed() &&
      !declared->interface->isComponent) {
    result->interface = declared->interface;
    result->environment = makeEnvironment(nullptr);
    replace(*result->environment, declared->interface->exports, result);
    return result;
  }
  result->source = declared;
  result->environment = makeEnvironment(instance->environment);
  replace(*result->environment, declared, result);
  return result;
}
