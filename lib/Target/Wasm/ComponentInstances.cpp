//===- ComponentInstances.cpp - Instances and aliases -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentReader.h"
#include "meld/Support/Rules.h"

using namespace meld;
using namespace meld::binary;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Instances
//===----------------------------------------------------------------------===//

Exports *ComponentReader::bundle(Definition &def, bool core) {
  arguments(def, core);
  Exports &exports = view.exports.emplace_back();
  for (const Argument &argument : def.arguments)
    exports[argument.name] = entity(argument.sort, argument.index);
  return &exports;
}

void ComponentReader::coreInstance() {
  Definition def{DefinitionKind::CoreInstantiate, in.offset(),
                 Sort::CoreInstance};
  Entity entity{Sort::CoreInstance};
  uint8_t form = in.byte("core instance expression");
  if (form == 0) {
    def.index = index(Sort::CoreModule);
    arguments(def, /*core=*/true);
  } else if (form == 1) {
    def.kind = DefinitionKind::CoreBundle;
    entity.exports = bundle(def, /*core=*/true);
  } else {
    in.fail(Rule::unknown_code, def.offset,
            "a core instance expression starts with 0 or 1, found " +
                Twine(unsigned(form)));
  }
  add(std::move(def), entity);
}

void ComponentReader::instance() {
  Definition def{DefinitionKind::Instantiate, in.offset(), Sort::Instance};
  Entity entity{Sort::Instance};
  uint8_t form = in.byte("instance expression");
  if (form == 0) {
    def.index = index(Sort::Component);
    arguments(def, /*core=*/false);
    if (const Scope *callee =
            this->entity(Sort::Component, def.index).component)
      entity.exports = &callee->exports;
  } else if (form == 1) {
    def.kind = DefinitionKind::Bundle;
    entity.exports = bundle(def, /*core=*/false);
  } else {
    in.fail(Rule::unknown_code, def.offset,
            "an instance expression starts with 0 or 1, found " +
                Twine(unsigned(form)));
  }
  add(std::move(def), entity);
}

/// The arguments of an instantiation or the members of a bundle.
void ComponentReader::arguments(Definition &def, bool core) {
  bool isCoreInstantiate = def.kind == DefinitionKind::CoreInstantiate;
  bool plainName = core || def.kind == DefinitionKind::Instantiate;
  for (uint32_t n = in.count("vector of arguments"); n && !in.failed(); --n) {
    Argument argument{{}, Sort::Value, 0, in.offset(), {}};
    argument.name = plainName ? in.name() : externName(argument.attributes);
    uint64_t sortAt = in.offset();
    argument.sort = core ? coreSort() : sort();
    if (isCoreInstantiate && argument.sort != Sort::CoreInstance)
      in.fail(
          Rule::unknown_code, sortAt,
          "an argument of a core module is a core instance, 0x12, found a " +
              stringifySort(argument.sort));
    argument.index = index(argument.sort);
    def.arguments.push_back(argument);
  }
}

//===----------------------------------------------------------------------===//
// Aliases
//===----------------------------------------------------------------------===//

static bool isOuterAliasSort(Sort sort) {
  return sort == Sort::Type || sort == Sort::CoreType ||
         sort == Sort::CoreModule || sort == Sort::Component;
}

void ComponentReader::alias() {
  Definition def{DefinitionKind::Alias, in.offset(), Sort::Value};
  def.sort = sort();
  uint64_t at = in.offset();
  uint8_t target = in.byte("target of an alias");
  if (target == 2)
    return outerAlias(def);
  if (target > 2)
    return in.fail(Rule::unknown_code, at,
                   "the target of an alias is 0, 1 or 2, found " +
                       Twine(unsigned(target)));
  bool core = target == 1;
  if (core)
    def.kind = DefinitionKind::CoreAlias;
  Sort from = core ? Sort::CoreInstance : Sort::Instance;
  def.index = index(from);
  def.name = in.name("name of an export");
  Entity result{def.sort};
  if (const Exports *exports = entity(from, def.index).exports)
    if (auto it = exports->find(def.name);
        it != exports->end() && it->second.sort == def.sort)
      result = it->second;
  add(std::move(def), result);
}

void ComponentReader::outerAlias(Definition &def) {
  def.kind = DefinitionKind::OuterAlias;
  if (!in.failed() && !isOuterAliasSort(def.sort))
    in.fail(Rule::unknown_code, def.offset,
            Twine("no outer alias is a ") + stringifySort(def.sort) +
                ": it is a type, core type, core module or component");
  uint64_t at = in.offset();
  def.depth = in.u32("scope count");
  const Scope *outer = scope;
  for (uint32_t i = 0; outer && i < def.depth; ++i)
    outer = outer->parent;
  uint64_t indexAt = in.offset();
  def.index = in.u32("index");
  Entity result{def.sort};
  if (!outer) {
    invalid(Rule::outer_alias, at,
            "an outer alias counts " + Twine(def.depth) +
                " scopes up, but there are fewer");
  } else {
    checkIndex(*outer, def.sort, def.index, indexAt);
    if (def.index < outer->space(def.sort).size())
      result = outer->space(def.sort)[def.index];
  }
  add(std::move(def), result);
}
