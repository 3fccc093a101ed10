//===- ValidationSubtyping.cpp - What may stand for what --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValidationSubtyping.h"
#include "meld/Support/Names.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::validation;
using llvm::StringRef;

static std::string wantedFound(const llvm::Twine &wanted,
                               const llvm::Twine &found) {
  return ("wanted " + wanted + ", found " + found).str();
}

//===----------------------------------------------------------------------===//
// Entities
//===----------------------------------------------------------------------===//

std::string Subtyping::mismatch(const Entity &found, const Entity &wanted,
                                const Instance *declarer, StringRef name,
                                Environment *environment) {
  if (found.sort != wanted.sort)
    return wantedFound(withArticle(binary::stringifySort(wanted.sort)),
                       withArticle(binary::stringifySort(found.sort)));
  if (!found.isKnown() || !wanted.isKnown())
    return "";
  switch (wanted.sort) {
  case Sort::CoreModule:
    return mismatch(*found.module, *wanted.module);
  case Sort::Instance:
    return mismatch(found.instance, wanted.instance, environment);
  case Sort::Component: {
    const Type *type = instances.read(wanted.type, environment);
    return type ? componentMismatch(found.type, type) : "";
  }
  case Sort::Type:
    if (InstanceStore::isBorn(wanted, declarer, name))
      return found.type->kind == TypeKind::Resource
                 ? ""
                 : wantedFound("a `resource`", describe(found.type));
    // What the import is at its path is `found` itself.
    if (const Type *type = instances.readContent(wanted.type, environment))
      return difference(found.type, type);
    return "";
  default: {
    const Type *type = instances.read(wanted.type, environment);
    return type ? difference(found.type, type) : "";
  }
  }
}

std::string Subtyping::difference(const Type *found, const Type *wanted) {
  if (found->kind != wanted->kind || !wanted->interface)
    return isEqual(found, wanted) ? "" : explainDifference(found, wanted);
  if (wanted->kind == TypeKind::Component) {
    std::string why = componentMismatch(found, wanted);
    return why.empty() ? componentMismatch(wanted, found) : why;
  }
  // Each must have what the other has, under the same resources.
  Instance *a = instances.open(found, nullptr, {});
  Instance *b = instances.open(wanted, nullptr, {});
  Environment *toA = instances.makeEnvironment(nullptr);
  instances.replace(*toA, b, a);
  std::string why = mismatch(a, b, toA);
  if (!why.empty())
    return why;
  Environment *toB = instances.makeEnvironment(nullptr);
  instances.replace(*toB, a, b);
  return mismatch(b, a, toB);
}

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

static std::string importName(const core::ModuleType::Import &import) {
  return quoted(import.module) + " " + quoted(import.name);
}

std::string Subtyping::mismatch(const core::ModuleType &found,
                                const core::ModuleType &wanted) {
  llvm::DenseMap<std::pair<StringRef, StringRef>, const core::ExternType *>
      given;
  for (const core::ModuleType::Import &import : wanted.imports)
    given[{import.module, import.name}] = &import.type;
  std::string why;
  for (const core::ModuleType::Import &import : found.imports) {
    const core::ExternType *type = given.lookup({import.module, import.name});
    if (!type)
      return "the module imports " + importName(import) +
             ", which its type does not";
    if (!coreTypes.matches(*type, import.type, why))
      return "import " + importName(import) + ": " + why;
  }
  for (const auto &[name, type] : wanted.exports) {
    auto it = found.exports.find(name);
    if (it == found.exports.end())
      return "the module has no export " + quoted(name);
    if (!coreTypes.matches(it->second, type, why))
      return "export " + quoted(name) + ": " + why;
  }
  return "";
}

//===----------------------------------------------------------------------===//
// Instances
//===----------------------------------------------------------------------===//

/// Types nest as deep as the reader lets them; types of arguments may nest
/// deeper by what they are read under.
static constexpr uint32_t maxDepth = 200;

bool Subtyping::isEnterable(std::string &why) {
  if (!instances.spend())
    return false;
  if (depth < maxDepth)
    return true;
  why = "the types nest too deep to be compared";
  return false;
}

/// True when `instance` is just what its type says, and no more is known.
static const Interface *closedInterface(const Instance *instance) {
  const Interface *interface = instance->interface;
  return interface && !interface->isComponent && interface->isClosed() ? interface : nullptr;
}

std::string Subtyping::mismatch(Instance *found, Instance *wanted,
                                Environment *environment) {
  if (found == wanted)
    return "";
  const Interface *a = closedInterface(found), *b = closedInterface(wanted);
  if (!a || !b)
    return instanceMismatchNew(found, wanted, environment);
  if (a == b)
    return "";
  auto it = answers.find({a, b});
  if (it != answers.end())
    return it->second;
  std::string why = instanceMismatchNew(found, wanted, environment);
  return answers[{a, b}] = why;
}

std::string Subtyping::instanceMismatchNew(Instance *found, Instance *wanted,
                                           Environment *environment) {
  std::string why;
  if (!isEnterable(why))
    return why;
  ++depth;
  llvm::scope_exit leave([&] { --depth; });
  instances.forEachName(wanted, [&](StringRef name) {
    if (!why.empty() || !instances.spend())
      return;
    const Entity *entity = instances.project(wanted, name);
    const Entity *given = instances.project(found, name);
    if (!entity)
      return;
    if (!given) {
      why = "the instance has no export " + quoted(name);
      return;
    }
    std::string inner = mismatch(*given, *entity, wanted, name, environment);
    if (!inner.empty())
      why = "export " + quoted(name) + ": " + inner;
  });
  return why;
}

//===----------------------------------------------------------------------===//
// Components
//===----------------------------------------------------------------------===//

std::string Subtyping::componentMismatch(const Type *found,
                                         const Type *wanted) {
  const Interface *a = found->interface, *b = wanted->interface;
  bool isClosed = a->isClosed() && b->isClosed();
  if (a == b && (isClosed || found->environment == wanted->environment))
    return "";
  if (!isClosed)
    return componentMismatchNew(found, wanted);
  auto it = answers.find({a, b});
  if (it != answers.end())
    return it->second;
  std::string why = componentMismatchNew(found, wanted);
  return answers[{a, b}] = why;
}

/// Instantiates `found` with the imports of `wanted`; the instance must have
/// the exports of `wanted`.
std::string Subtyping::componentMismatchNew(const Type *found,
                                            const Type *wanted) {
  std::string why;
  if (!isEnterable(why))
    return why;
  ++depth;
  llvm::scope_exit leave([&] { --depth; });
  const Interface *a = found->interface, *b = wanted->interface;

  // The imports of `wanted` as they are here.
  Instance *arguments = instances.make();
  arguments->source = b->imports;
  arguments->environment = instances.makeEnvironment(wanted->environment);
  instances.replace(*arguments->environment, b->imports, arguments);
  Instance *instance = instances.instantiate(found, arguments, nullptr);

  for (const auto &[name, declared] : a->imports->members) {
    const Entity *given = instances.project(arguments, name);
    if (!given)
      return instances.spend() ? "the component imports " + quoted(name) +
                                     ", which its type does not"
                               : "";
    why = mismatch(*given, declared, a->imports, name, instance->environment);
    if (!why.empty())
      return "import " + quoted(name) + ": " + why;
  }

  Environment *environment = instances.makeEnvironment(wanted->environment);
  instances.replace(*environment, b->imports, arguments);
  instances.replace(*environment, b->exports, instance);
  for (const auto &[name, declared] : b->exports->members) {
    const Entity *given = instances.project(instance, name);
    if (!given)
      return instances.spend() ? "the component has no export " + quoted(name)
                               : "";
    why = mismatch(*given, declared, b->exports, name, environment);
    if (!why.empty())
      return "export " + quoted(name) + ": " + why;
  }
  return "";
}
