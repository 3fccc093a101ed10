//===- Validator.cpp - Checks a decoded component ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Validator.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/ComponentValidation.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::validation;
using binary::Definition;
using binary::DefinitionKind;
using llvm::StringRef;
using llvm::Twine;

void binary::validateComponent(ComponentView &view,
                               std::vector<ReadError> &errors) {
  Validator(view, errors).run();
}

/// Steps of work that an input of `size` bytes pays for. Components of real
/// toolchains need less than one step for each byte.
static uint64_t budgetOf(uint64_t size) { return 100000 + 64 * size; }

Validator::Validator(binary::ComponentView &view,
                     std::vector<ReadError> &errors)
    : view(view), errors(errors), instances(types, budgetOf(view.bytes.size())),
      subtyping(instances, view.coreTypes), coreTypes(view.coreTypes) {}

void Validator::run() {
  interface(*view.root, /*isComponent=*/true);
  if (instances.isExhausted())
    errors.push_back({Rule::input_limit, 0,
                      "the types of this component would take more than " +
                          std::to_string(budgetOf(view.bytes.size())) +
                          " steps to compare"});
}

void Validator::error(Rule rule, uint64_t at, const Twine &message) {
  if (!instances.isExhausted() && errors.size() < limits::listedErrors)
    errors.push_back({rule, at, message.str()});
}

//===----------------------------------------------------------------------===//
// Index spaces
//===----------------------------------------------------------------------===//

Entity Validator::use(Sort sort, uint32_t index) const {
  if (sort == Sort::Value)
    ++level->valueUses[index];
  const std::vector<Entity> &space = level->space(sort);
  return index < space.size() ? space[index] : Entity{sort};
}

const Type *Validator::useType(uint32_t index, TypeKind kind, uint64_t at) {
  const Type *type = use(Sort::Type, index).type;
  if (!type || type->kind == kind)
    return type;
  error(Rule::type_kind, at,
        "wanted " + withArticle(binary::stringifyTypeKind(kind)) +
            " type, type " + Twine(index) + " is " +
            withArticle(binary::stringifyTypeKind(type->kind)) + " type");
  return nullptr;
}

Entity Validator::coreEntity(Sort sort, const core::ExternType &type) {
  Entity entity{sort};
  entity.core = &coreExterns.emplace_back(type);
  return entity;
}

Entity Validator::coreFunction(llvm::ArrayRef<core::ValType> params,
                               llvm::ArrayRef<core::ValType> results) {
  core::ExternType type;
  type.type = coreTypes.function(params, results);
  return coreEntity(Sort::CoreFunc, type);
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

/// Notes what an interface mentions from outside of it.
static void noteMention(Interface &interface, const Entity &entity) {
  auto note = [&](uint32_t oldest, uint32_t oldestResource) {
    interface.oldest = std::min(interface.oldest, oldest);
    interface.oldestResource =
        std::min(interface.oldestResource, oldestResource);
  };
  if (entity.type)
    note(entity.type->oldest, entity.type->oldestResource);
  if (const Instance *instance = entity.instance) {
    const Interface *of = instance->interface;
    if (!of)
      note(0, ~0u);
    else if (!of->isClosed())
      note(instance->environment->outer ? 0 : of->oldest, of->oldestResource);
  }
}

Interface *Validator::interface(const binary::Scope &scope, bool isComponent) {
  Level inner{scope, level, instances.makeInterface()};
  Interface *result = inner.interface;
  result->isComponent = isComponent;
  result->isConcrete = scope.isComponent;
  level = &inner;
  for (const Definition &def : scope.definitions)
    definition(def);
  if (scope.isComponent)
    checkValues();
  level = inner.parent;
  for (const Instance *list : {result->imports, result->exports})
    for (const auto &[name, entity] : list->members) {
      noteMention(*result, entity);
      result->depth = std::max(result->depth, depthOf(entity));
    }
  if (result->isConcrete)
    result->oldest = 0;
  return result;
}

void Validator::definition(const Definition &def) {
  using Check = Entity (Validator::*)(const Definition &);
  // In the order of DefinitionKind.
  static constexpr Check checks[] = {
      &Validator::coreModule,       &Validator::coreInstantiate,
      &Validator::coreBundle,       nullptr,
      &Validator::component,        &Validator::instantiate,
      &Validator::bundle,           &Validator::alias,
      &Validator::coreAlias,        &Validator::outerAlias,
      &Validator::typeDefinition,   &Validator::canon,
      &Validator::importDefinition, &Validator::exportDefinition};
  if (def.kind == DefinitionKind::CoreType)
    return coreType(def);
  if (def.kind >= DefinitionKind::Value)
    return valueOrStart(def);
  Check check = checks[unsigned(def.kind)];
  if (def.kind == DefinitionKind::Export && !level->scope.isComponent)
    check = &Validator::exportDeclaration;
  Entity entity = (this->*check)(def);
  entity.sort = def.sort;
  level->space(def.sort).push_back(entity);
  if (def.sort != Sort::Value)
    return;
  // The new value of an export is the one that it consumes.
  if (def.kind == DefinitionKind::Export)
    level->valueUses[level->valueOffsets.size()] = 1;
  level->valueOffsets.push_back(def.offset);
}

Entity Validator::component(const Definition &def) {
  Entity entity;
  if (!def.scope)
    return entity; // malformed
  entity.type =
      types.make(*interface(*def.scope, /*isComponent=*/true), nullptr);
  return isTooDeep(depthOf(entity), limits::nesting, def.offset) ? Entity()
                                                                 : entity;
}

/// Whatever walks types and instances does so by recursion.
bool Validator::isTooDeep(uint32_t depth, uint32_t limit, uint64_t at) {
  if (depth > limit)
    error(Rule::input_limit, at,
          "types or instances nest deeper than " + Twine(limit));
  return depth > limit;
}

//===----------------------------------------------------------------------===//
// Core modules and types
//===----------------------------------------------------------------------===//

/// Two-level import names have to be unique, as they are one name in a module
/// type.
void Validator::checkModuleImports(const core::ModuleType *module) {
  if (!module)
    return;
  llvm::DenseMap<std::pair<StringRef, StringRef>, bool> seen;
  for (const core::ModuleType::Import &import : module->imports)
    if (!seen.try_emplace({import.module, import.name}).second)
      error(Rule::duplicate_name, import.type.at,
            "two imports of the module have the names " +
                quoted(import.module) + " " + quoted(import.name));
}

/// What the reader found for the entry that `sort` gets next.
static const binary::Entity &entryOf(Level &level, Sort sort) {
  return level.scope.space(sort)[level.space(sort).size()];
}

Entity Validator::coreModule(const Definition &def) {
  Entity entity;
  entity.module = entryOf(*level, Sort::CoreModule).module;
  checkModuleImports(entity.module);
  return entity;
}

void Validator::coreType(const Definition &def) {
  for (uint32_t i = 0; i < def.count; ++i) {
    const binary::Entity &read = entryOf(*level, Sort::CoreType);
    Entity entity{Sort::CoreType};
    entity.module = read.module;
    entity.coreType = read.coreType;
    checkModuleImports(entity.module);
    level->space(Sort::CoreType).push_back(entity);
  }
}

//===----------------------------------------------------------------------===//
// Aliases
//===----------------------------------------------------------------------===//

Entity Validator::alias(const Definition &def) {
  Entity instance = use(Sort::Instance, def.index);
  if (!level->scope.isComponent && def.sort != Sort::Type &&
      def.sort != Sort::Instance)
    error(Rule::declared_alias, def.offset,
          "an alias in a type is of a type or an instance, found " +
              withArticle(binary::stringifySort(def.sort)));
  if (!instance.instance)
    return {};
  const Entity *entity = instances.project(instance.instance, def.name);
  if (!entity) {
    error(Rule::missing_export, def.offset,
          "instance " + Twine(def.index) + " has no export " +
              quoted(def.name));
    return {};
  }
  if (entity->sort == def.sort)
    return *entity;
  error(Rule::missing_export, def.offset,
        "export " + quoted(def.name) + " of instance " + Twine(def.index) +
            " is " + withArticle(binary::stringifySort(entity->sort)) +
            ", wanted " + withArticle(binary::stringifySort(def.sort)));
  return {};
}

static Sort sortOf(core::ExternKind kind) {
  return static_cast<Sort>(unsigned(Sort::CoreFunc) + unsigned(kind));
}

Entity Validator::coreAlias(const Definition &def) {
  const CoreExports *exports = use(Sort::CoreInstance, def.index).coreExports;
  if (!exports)
    return {};
  auto it = exports->find(def.name);
  if (it == exports->end()) {
    error(Rule::missing_export, def.offset,
          "core instance " + Twine(def.index) + " has no export " +
              quoted(def.name));
    return {};
  }
  if (sortOf(it->second.kind) == def.sort)
    return coreEntity(def.sort, it->second);
  error(Rule::missing_export, def.offset,
        "export " + quoted(def.name) + " of core instance " + Twine(def.index) +
            " is " +
            withArticle(binary::stringifySort(sortOf(it->second.kind))) +
            ", wanted " + withArticle(binary::stringifySort(def.sort)));
  return {};
}

/// True when a type mentions a resource that is not its own.
static bool mentionsResource(const Type *type) {
  return type->oldestResource != ~0u;
}

Entity Validator::outerAlias(const Definition &def) {
  if (!level->scope.isComponent && def.sort != Sort::Type &&
      def.sort != Sort::CoreType)
    error(Rule::declared_alias, def.offset,
          "an outer alias in a type is of a type or a core type, found " +
              withArticle(binary::stringifySort(def.sort)));
  Level *outer = level;
  bool crossesComponent = false;
  for (uint32_t i = 0; outer && i < def.depth; ++i, outer = outer->parent)
    crossesComponent |= outer->scope.isComponent;
  if (!outer || def.index >= outer->space(def.sort).size())
    return {};
  Entity entity = outer->space(def.sort)[def.index];
  if (def.sort == Sort::Type && crossesComponent && entity.type &&
      mentionsResource(entity.type)) {
    error(Rule::outer_resource, def.offset,
          "an outer alias from outside of the component refers to a resource "
          "type: import the type instead");
    return {};
  }
  return entity;
}
