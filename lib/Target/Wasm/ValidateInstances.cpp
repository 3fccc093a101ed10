//===- ValidateInstances.cpp - Instantiation and bundles --------*- C++ -*-===//
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
using binary::Argument;
using binary::Definition;
using llvm::StringRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Core instances
//===----------------------------------------------------------------------===//

Entity Validator::coreInstantiate(const Definition &def) {
  llvm::DenseMap<StringRef, const Argument *> given;
  for (const Argument &argument : def.arguments)
    if (!given.try_emplace(argument.name, &argument).second)
      error(Rule::duplicate_name, argument.offset,
            "the argument " + quoted(argument.name) + " stands twice");
  Entity entity;
  const core::ModuleType *module = use(Sort::CoreModule, def.index).module;
  if (!module)
    return entity;
  entity.coreExports = &module->exports;
  llvm::DenseMap<StringRef, bool> missing;
  for (const core::ModuleType::Import &import : module->imports) {
    const Argument *argument = given.lookup(import.module);
    if (!argument) {
      if (missing.try_emplace(import.module).second)
        error(Rule::missing_argument, def.offset,
              "the core module imports from " + quoted(import.module) +
                  ", for which there is no argument");
      continue;
    }
    const CoreExports *exports =
        use(Sort::CoreInstance, argument->index).coreExports;
    if (!exports)
      continue;
    auto it = exports->find(import.name);
    if (it == exports->end()) {
      error(Rule::missing_argument, argument->offset,
            "the core module imports " + quoted(import.name) + " from " +
                quoted(import.module) + ", which the argument does not export");
      continue;
    }
    std::string why;
    if (!coreTypes.matches(it->second, import.type, why))
      error(Rule::argument_type, argument->offset,
            "import " + quoted(import.module) + " " + quoted(import.name) +
                " of the core module: " + why);
  }
  return entity;
}

Entity Validator::coreBundle(const Definition &def) {
  Entity entity;
  CoreExports &exports = coreInstances.emplace_back();
  entity.coreExports = &exports;
  bool isUnknown = false;
  for (const Argument &argument : def.arguments) {
    if (argument.sort > Sort::CoreTag) {
      error(Rule::extern_sort, argument.offset,
            Twine("a core instance exports no ") +
                binary::stringifySort(argument.sort));
      continue;
    }
    const core::ExternType *type = use(argument.sort, argument.index).core;
    isUnknown |= !type;
    if (!exports.insert({argument.name, type ? *type : core::ExternType()})
             .second)
      error(Rule::duplicate_name, argument.offset,
            "the export " + quoted(argument.name) + " stands twice");
  }
  if (isUnknown)
    entity.coreExports = nullptr;
  return entity;
}

//===----------------------------------------------------------------------===//
// Component instances
//===----------------------------------------------------------------------===//

Entity Validator::instantiate(const Definition &def) {
  Instance *arguments = instances.make();
  arguments->isTransparent = true;
  llvm::DenseMap<StringRef, uint64_t> offsets;
  for (const Argument &argument : def.arguments) {
    Entity entity = use(argument.sort, argument.index);
    if (!arguments->members.insert({argument.name, entity}).second)
      error(Rule::duplicate_name, argument.offset,
            "the argument " + quoted(argument.name) + " stands twice");
    offsets.try_emplace(argument.name, argument.offset);
  }
  Entity result;
  const Type *component = use(Sort::Component, def.index).type;
  if (!component)
    return result;
  Instance *instance =
      instances.instantiate(component, arguments, level->interface);
  result.instance = instance;
  const Instance *imports = component->interface->imports;
  for (const auto &[name, wanted] : imports->members) {
    auto given = arguments->members.find(name);
    if (given == arguments->members.end()) {
      error(Rule::missing_argument, def.offset,
            "the component imports " + quoted(name) +
                ", for which there is no argument");
      continue;
    }
    std::string why = subtyping.mismatch(given->second, wanted, imports, name,
                                         instance->environment);
    if (why.empty())
      continue;
    bool isSort = given->second.sort != wanted.sort;
    error(isSort ? Rule::argument_sort : Rule::argument_type, offsets[name],
          "argument " + quoted(name) + ": " + why);
    // What else depends on it is not known.
    given->second = Entity{wanted.sort};
  }
  return result;
}

Entity Validator::bundle(const Definition &def) {
  Entity result;
  result.instance = instances.make();
  Members &members = result.instance->members;
  std::map<std::string, StringRef> names;
  for (const Argument &argument : def.arguments) {
    Entity entity = use(argument.sort, argument.index);
    std::optional<ExternName> name =
        checkName(argument.name, argument.attributes, argument.sort,
                  Direction::Export, argument.offset);
    if (!checkUnique(names, argument.name, "export", argument.offset))
      continue;
    if (argument.sort < Sort::Func && argument.sort != Sort::CoreModule) {
      error(Rule::extern_sort, argument.offset,
            Twine("an instance exports no ") +
                binary::stringifySort(argument.sort));
      continue;
    }
    members.insert({argument.name, entity});
    result.instance->depth =
        std::max(result.instance->depth, depthOf(entity) + 1);
    if (name)
      checkAnnotation(*name, argument.name, entity, result.instance,
                      argument.offset);
  }
  return isTooDeep(result.instance->depth, limits::nesting, def.offset)
             ? Entity()
             : result;
}
