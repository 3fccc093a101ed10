//===- ValidateExterns.cpp - Imports, exports, their names ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Validator.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::validation;
using binary::Definition;
using llvm::StringRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::optional<ExternName>
Validator::checkName(StringRef text, const binary::NameAttributes &attributes,
                     Sort sort, Direction direction, uint64_t at) {
  std::string why;
  std::optional<ExternName> name = parseExternName(text, why);
  if (name && direction == Direction::Export && isForImports(name->kind)) {
    why = "it says where an import comes from, which an export does not";
    name.reset();
  }
  if (!name)
    error(Rule::extern_name, at,
          "the name " + quoted(text) + " is not valid: " + why);
  else
    checkAttributes(*name, text, attributes, sort, at);
  return name;
}

void Validator::checkAttributes(const ExternName &name, StringRef text,
                                const binary::NameAttributes &attributes,
                                Sort sort, uint64_t at) {
  if (attributes.implements.data()) {
    std::string why;
    std::optional<ExternName> interface =
        parseExternName(attributes.implements, why);
    if (sort != Sort::Instance)
      error(Rule::implements_place, at,
            "only instances have the attribute `implements`, " + quoted(text) +
                " is " + withArticle(binary::stringifySort(sort)));
    else if (name.kind >= NameKind::Interface)
      error(Rule::implements_place, at,
            "only a plain name has the attribute `implements`, " +
                quoted(text) +
                (name.kind == NameKind::Interface ? " names an interface"
                                                  : " names a source"));
    if (!interface || interface->kind != NameKind::Interface)
      error(Rule::implements_place, at,
            "`implements` wants the name of an interface, found " +
                quoted(attributes.implements));
  }
  if (!attributes.versionSuffix.data())
    return;
  if (name.kind != NameKind::Interface || !isCanonicalVersion(name.version))
    error(Rule::version_suffix, at,
          "`versionsuffix` wants a version like @1, @0.2 or @0.0.3 in the "
          "name " +
              quoted(text));
  else if (!isSemver((name.version + attributes.versionSuffix).str()))
    error(Rule::version_suffix, at,
          "the version of " + quoted(text) + " and its `versionsuffix` " +
              quoted(attributes.versionSuffix) + " are together no version");
}

bool Validator::checkUnique(std::map<std::string, StringRef> &names,
                            StringRef name, const char *what, uint64_t at) {
  auto [it, isNew] = names.try_emplace(canonicalName(name), name);
  if (!isNew)
    error(Rule::duplicate_name, at,
          Twine(what) + " name " + quoted(name) + " conflicts with the name " +
              quoted(it->second));
  return isNew;
}

//===----------------------------------------------------------------------===//
// Functions of resources
//===----------------------------------------------------------------------===//

/// The handle that a constructor returns: `(own $R)`, or the ok of a result.
static const Type *constructed(const Type *function) {
  const Type *result = function->result();
  if (result && result->kind == TypeKind::Result)
    result = result->parts.front();
  return result && result->kind == TypeKind::Own ? result : nullptr;
}

/// The handle that a method takes first; null, with the reason, without one.
static const Type *receiver(const Type *function, std::string &why) {
  why = "the first parameter of a method is \"self\", a `borrow`";
  if (function->parameters().empty() || function->labels.front() != "self")
    return nullptr;
  const Type *self = function->parameters().front();
  return self->kind == TypeKind::Borrow ? self : nullptr;
}

void Validator::checkAnnotation(const ExternName &name, StringRef text,
                                const Entity &entity, Instance *list,
                                uint64_t at) {
  if (name.kind == NameKind::Label || name.kind >= NameKind::Interface)
    return;
  auto refuse = [&](const Twine &why) {
    error(Rule::annotated_name, at, quoted(text) + ": " + why);
  };
  if (entity.sort != Sort::Func)
    return refuse(Twine("only a func has such a name, this is ") +
                  withArticle(binary::stringifySort(entity.sort)));
  if (!entity.type)
    return;
  std::string why;
  const Type *handle = nullptr;
  if (name.kind == NameKind::Constructor) {
    handle = constructed(entity.type);
    why = "a constructor returns `(own $R)` or `(result (own $R))`";
  } else if (name.kind == NameKind::Method) {
    handle = receiver(entity.type, why);
  }
  if (!handle && name.kind != NameKind::Static)
    return refuse(why);

  auto it = list->members.find(name.resource);
  const Entity *known = it == list->members.end() ? nullptr : &it->second;
  if (!known || known->sort != Sort::Type ||
      (known->type && known->type->kind != TypeKind::Resource))
    return refuse("no resource " + quoted(name.resource) +
                  " is named before it in the same list");
  if (!handle || !known->type)
    return;
  const Type *resource = handle->parts.front();
  if (resource->owner == list && resource->name != name.resource)
    return refuse("the function is of the resource " + quoted(resource->name));
  bool isSame = list->isTransparent
                    ? resource->owner == list
                    : resource == known->type && resource->owner;
  if (!isSame)
    refuse("the function is of a resource that has no name in the same list");
}

//===----------------------------------------------------------------------===//
// Imports and exports
//===----------------------------------------------------------------------===//

static TypeKind kindOf(Sort sort) {
  return sort == Sort::Func        ? TypeKind::Func
         : sort == Sort::Component ? TypeKind::Component
                                   : TypeKind::Instance;
}

Entity Validator::declare(const binary::ExternType &extern_, Instance *owner,
                          StringRef name) {
  Entity entity{extern_.sort};
  switch (extern_.sort) {
  case Sort::CoreModule: {
    Entity type = use(Sort::CoreType, extern_.index);
    entity.module = type.module;
    if (type.isKnown() && !type.module)
      error(Rule::type_kind, extern_.offset,
            "wanted a module type, core type " + Twine(extern_.index) +
                " is none");
    return entity;
  }
  case Sort::Type:
    if (extern_.fresh) {
      Resource *resource = types.makeResource();
      resource->owner = owner;
      resource->name = name;
      entity.type = types.make(resource);
    } else {
      entity.type = use(Sort::Type, extern_.index).type;
    }
    if (entity.type)
      entity.type = types.named(entity.type, owner, name);
    return entity;
  case Sort::Value: {
    bool isUnknown = false;
    if (extern_.value)
      entity.type = part(extern_.value, isUnknown);
    else if (extern_.index < level->space(Sort::Value).size())
      entity.type = level->space(Sort::Value)[extern_.index].type;
    return entity;
  }
  default: {
    const Type *type =
        useType(extern_.index, kindOf(extern_.sort), extern_.offset);
    if (type && extern_.sort == Sort::Instance)
      entity.instance = instances.open(type, owner, name);
    else
      entity.type = type;
    return entity;
  }
  }
}

Entity Validator::importDefinition(const Definition &def) {
  Instance *imports = level->interface->imports;
  Entity entity = declare(*def.externType, imports, def.name);
  std::optional<ExternName> name = checkName(def, Direction::Import);
  checkVisible(entity, Direction::Import, def.name, def.offset);
  if (name)
    checkAnnotation(*name, def.name, entity, imports, def.offset);
  if (checkUnique(level->importNames, def.name, "import", def.offset))
    imports->members.insert({def.name, entity});
  return entity;
}

/// The rules for what is exported, by a component or as a type says.
void Validator::checkExported(const Entity &entity, StringRef name,
                              uint64_t at) {
  checkVisible(entity, Direction::Export, name, at);
  if (entity.sort == Sort::Value && entity.type && entity.type->hasBorrow)
    error(Rule::borrow_position, at,
          "an exported value contains no `borrow`: it outlives every call");
}

Entity Validator::exportDeclaration(const Definition &def) {
  Instance *exports = level->interface->exports;
  Entity entity = declare(*def.externType, exports, def.name);
  std::optional<ExternName> name = checkName(def, Direction::Export);
  if (entity.instance)
    noteResources(entity.instance);
  checkExported(entity, def.name, def.offset);
  if (name)
    checkAnnotation(*name, def.name, entity, exports, def.offset);
  if (checkUnique(level->exportNames, def.name, "export", def.offset))
    exports->members.insert({def.name, entity});
  return entity;
}

Entity Validator::exportDefinition(const Definition &def) {
  Instance *exports = level->interface->exports;
  Entity entity = use(def.sort, def.index);
  std::optional<ExternName> name = checkName(def, Direction::Export);
  if (def.sort < Sort::Func && def.sort != Sort::CoreModule) {
    error(Rule::extern_sort, def.offset,
          Twine("a component exports no ") + binary::stringifySort(def.sort));
    return {};
  }
  entity =
      def.externType ? ascribe(def, entity) : exportEntity(entity, def.name);
  if (entity.instance)
    noteResources(entity.instance);
  checkExported(entity, def.name, def.offset);
  if (name)
    checkAnnotation(*name, def.name, entity, exports, def.offset);
  if (checkUnique(level->exportNames, def.name, "export", def.offset))
    exports->members.insert({def.name, entity});
  if (entity.instance && entity.instance->source)
    noteExport(entity.instance->source);
  return entity;
}

/// `entity` as the export `name` of the component.
Entity Validator::exportEntity(const Entity &entity, StringRef name) {
  Instance *exports = level->interface->exports;
  Entity result = entity;
  if (entity.sort == Sort::Type && entity.type)
    result.type = types.named(entity.type, exports, name);
  if (entity.sort == Sort::Instance && entity.instance)
    result.instance = instances.alias(entity.instance, exports, name);
  return result;
}

/// The export `def` of `found` with the type that is written behind it.
Entity Validator::ascribe(const Definition &def, const Entity &found) {
  Instance *exports = level->interface->exports;
  const binary::ExternType &extern_ = *def.externType;
  if (extern_.sort != def.sort) {
    error(Rule::extern_sort, extern_.offset,
          "export " + quoted(def.name) + " is " +
              withArticle(binary::stringifySort(def.sort)) +
              ", its type is that of " +
              withArticle(binary::stringifySort(extern_.sort)));
    return {def.sort};
  }
  Entity wanted = declare(extern_, exports, def.name);
  if (!found.isKnown() || !wanted.isKnown())
    return wanted;
  Environment *environment = nullptr;
  if (wanted.instance && found.instance) {
    environment = instances.makeEnvironment(nullptr);
    instances.replace(*environment, wanted.instance, found.instance);
  }
  std::string why =
      subtyping.mismatch(found, wanted, exports, def.name, environment);
  if (!why.empty())
    error(Rule::ascribed_type, extern_.offset,
          "export " + quoted(def.name) +
              " does not have the type that is written behind it: " + why);
  return wanted;
}
