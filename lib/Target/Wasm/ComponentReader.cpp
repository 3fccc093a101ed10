//===- ComponentReader.cpp - Sections and definitions -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentReader.h"
#include "meld/Support/Names.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::binary;
using llvm::ArrayRef;
using llvm::StringRef;
using llvm::Twine;

static constexpr uint8_t componentPreamble[] = {0x00, 0x61, 0x73, 0x6d,
                                                0x0d, 0x00, 0x01, 0x00};

StringRef binary::stringifySort(Sort sort) {
  static constexpr llvm::StringLiteral words[numSorts] = {
      "core func", "core table",  "core memory",   "core global", "core tag",
      "core type", "core module", "core instance", "func",        "value",
      "type",      "component",   "instance"};
  return words[static_cast<unsigned>(sort)];
}

bool binary::isComponent(ArrayRef<uint8_t> bytes) {
  return bytes.take_front(sizeof componentPreamble) ==
         ArrayRef<uint8_t>(componentPreamble);
}

std::optional<ReadError> binary::readComponent(ArrayRef<uint8_t> bytes,
                                               ComponentView &view,
                                               uint64_t base) {
  ByteReader in(bytes, base);
  view.root = ComponentReader(in, view).component(nullptr);
  return in.error();
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

std::unique_ptr<Scope> ComponentReader::component(const Scope *parent) {
  auto result = std::make_unique<Scope>();
  result->parent = parent;
  scope = result.get();
  if (nesting > limits::nesting)
    in.fail(Rule::input_limit, in.offset(),
            "components and types nest deeper than " + Twine(limits::nesting));
  preamble();
  while (!in.atEnd()) {
    uint64_t at = in.offset();
    uint8_t id = in.byte("section id");
    if (id > 12) {
      in.fail(Rule::section_id, at,
              "section id is 0 to 12, found " + Twine(unsigned(id)));
      break;
    }
    uint32_t size = in.u32("section size");
    ByteReader body = in.sub(size, "section");
    // The definitions read from `in`: let it be the section for a while.
    std::swap(in, body);
    section(id);
    std::swap(in, body);
    in.adopt(body);
  }
  return result;
}

void ComponentReader::preamble() {
  uint64_t at = in.offset();
  ArrayRef<uint8_t> found = in.bytes(sizeof componentPreamble, "preamble");
  if (!in.failed() && !isComponent(found))
    in.fail(Rule::component_preamble, at,
            "the preamble of a component is 0061736d0d000100, found " +
                llvm::toHex(found, /*LowerCase=*/true));
}

void ComponentReader::section(uint8_t id) {
  using Item = void (ComponentReader::*)();
  static constexpr Item items[] = {nullptr,
                                   nullptr,
                                   &ComponentReader::coreInstance,
                                   &ComponentReader::coreType,
                                   nullptr,
                                   &ComponentReader::instance,
                                   &ComponentReader::alias,
                                   &ComponentReader::typeDefinition,
                                   &ComponentReader::canon,
                                   nullptr,
                                   &ComponentReader::importDefinition,
                                   &ComponentReader::exportDefinition,
                                   nullptr};
  switch (id) {
  case 0:
    return customSection();
  case 1:
    return coreModule();
  case 4:
    return nestedComponent();
  case 9:
    return skipValues("a `start` definition");
  case 12:
    return skipValues("`value` definitions");
  default:
    for (uint32_t n = in.count("vector of definitions"); n && !in.failed(); --n)
      (this->*items[id])();
  }
}

/// Only `component-name` matters, and invalid contents of it are no error.
void ComponentReader::customSection() {
  bool names = in.name("name of a custom section") == "component-name";
  ByteReader data = in.sub(in.remaining());
  while (names && !data.atEnd()) {
    uint8_t id = data.byte();
    ByteReader part = data.sub(data.u32());
    if (id == 0)
      scope->name = part.name();
    else if (id == 1)
      sortNames(part);
  }
}

void ComponentReader::sortNames(ByteReader part) {
  std::swap(in, part);
  Sort named = sort();
  for (uint32_t n = in.count(); n; --n) {
    uint32_t index = in.u32();
    StringRef name = in.name();
    if (!in.failed())
      scope->names[unsigned(named)].push_back({index, name});
  }
  std::swap(in, part);
}

void ComponentReader::skipValues(const char *what) {
  unsupported(in.offset(), Twine(what) + " cannot be imported yet");
  in.bytes(in.remaining());
}

void ComponentReader::coreModule() {
  Definition def{DefinitionKind::CoreModule, in.offset(), Sort::CoreModule};
  def.bytes = in.bytes(in.remaining());
  add(std::move(def), {Sort::CoreModule});
}

void ComponentReader::nestedComponent() {
  Definition def{DefinitionKind::Component, in.offset(), Sort::Component};
  def.scope = ComponentReader(in, view, nesting + 1).component(scope);
  Entity entity{Sort::Component};
  entity.component = def.scope.get();
  add(std::move(def), entity);
}

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
    for (const Argument &argument : def.arguments)
      if (argument.sort != Sort::CoreInstance)
        in.fail(Rule::argument_sort, argument.offset,
                "argument " + quoted(argument.name) +
                    " of a core module is a core instance, found a " +
                    stringifySort(argument.sort));
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
            this->entity(Sort::Component, def.index).component) {
      checkArguments(def, *callee);
      entity.exports = &callee->exports;
    }
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

/// The arguments of an instantiation or the members of a bundle: names, each
/// once, with a sort and an index.
void ComponentReader::arguments(Definition &def, bool core) {
  llvm::SmallDenseSet<StringRef> seen;
  bool plainName = core || def.kind == DefinitionKind::Instantiate;
  for (uint32_t n = in.count("vector of arguments"); n && !in.failed(); --n) {
    Argument argument{{}, Sort::Value, 0, in.offset()};
    if (plainName) {
      argument.name = in.name();
    } else {
      Definition named{DefinitionKind::Export, argument.offset, Sort::Value};
      externName(named);
      argument.name = named.name;
    }
    argument.sort = core ? coreSort() : sort();
    argument.index = index(argument.sort);
    if (!in.failed() && !seen.insert(argument.name).second)
      in.fail(Rule::duplicate_name, argument.offset,
              "the name " + quoted(argument.name) + " stands twice");
    def.arguments.push_back(argument);
  }
}

/// Each import of `callee` has an argument of its sort.
void ComponentReader::checkArguments(const Definition &def,
                                     const Scope &callee) {
  llvm::SmallDenseMap<StringRef, const Argument *> given;
  for (const Argument &argument : def.arguments)
    given[argument.name] = &argument;
  for (const auto &[name, wanted] : callee.imports) {
    const Argument *argument = given.lookup(name);
    if (!argument)
      return in.fail(Rule::missing_argument, def.offset,
                     "the component imports " + quoted(name) +
                         ", for which there is no argument");
    if (argument->sort != wanted.sort)
      return in.fail(Rule::argument_sort, argument->offset,
                     "argument " + quoted(name) + " is a " +
                         stringifySort(wanted.sort) + ", found a " +
                         stringifySort(argument->sort));
  }
}

//===----------------------------------------------------------------------===//
// Aliases
//===----------------------------------------------------------------------===//

static bool mayAliasOuter(Sort sort, bool fromComponent) {
  if (sort == Sort::Type || sort == Sort::CoreType)
    return true;
  return fromComponent && (sort == Sort::CoreModule || sort == Sort::Component);
}

void ComponentReader::alias() {
  Definition def{DefinitionKind::Alias, in.offset(), Sort::Value};
  def.sort = sort();
  uint64_t at = in.offset();
  uint8_t target = in.byte("target of an alias");
  Entity result{def.sort};
  if (target == 2) {
    def.kind = DefinitionKind::OuterAlias;
    def.depth = in.u32("scope count");
    const Scope *outer = scope;
    for (uint32_t i = 0; outer && i < def.depth; ++i)
      outer = outer->parent;
    uint64_t indexAt = in.offset();
    def.index = in.u32("index");
    if (in.failed())
      return;
    if (!outer || !mayAliasOuter(def.sort, scope->isComponent))
      return in.fail(Rule::outer_alias, at,
                     outer ? Twine("an outer alias of a ") +
                                 stringifySort(def.sort) + " is not allowed"
                           : "an outer alias counts " + Twine(def.depth) +
                                 " scopes up, but there are fewer");
    checkIndex(*outer, def.sort, def.index, indexAt);
    if (in.failed())
      return;
    result = outer->space(def.sort)[def.index];
    return add(std::move(def), result);
  }
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
  const Exports *exports = entity(from, def.index).exports;
  if (exports && !in.failed()) {
    auto it = exports->find(def.name);
    if (it == exports->end())
      return in.fail(Rule::missing_export, def.offset,
                     "the instance has no export " + quoted(def.name));
    if (it->second.sort != def.sort)
      return in.fail(Rule::missing_export, def.offset,
                     "export " + quoted(def.name) + " is a " +
                         stringifySort(it->second.sort) + ", wanted a " +
                         stringifySort(def.sort));
    result = it->second;
  }
  add(std::move(def), result);
}

//===----------------------------------------------------------------------===//
// Imports and exports
//===----------------------------------------------------------------------===//

void ComponentReader::externName(Definition &def) {
  uint64_t at = in.offset();
  uint8_t form = in.byte("name of an import or export");
  if (form > 2)
    return in.fail(Rule::unknown_code, at,
                   "the name of an import or export starts with 0, 1 or 2, "
                   "found " +
                       Twine(unsigned(form)));
  def.name = in.name("name of an import or export");
  if (form == 2)
    for (uint32_t n = in.count("vector of attributes"); n && !in.failed(); --n)
      attribute(def);
}

void ComponentReader::attribute(Definition &def) {
  uint64_t at = in.offset();
  uint8_t kind = in.byte("attribute");
  StringRef *member[] = {&def.implements, &def.versionSuffix, &def.externalId};
  if (kind > 2)
    return in.fail(Rule::unknown_code, at,
                   "an attribute is 0, 1 or 2, found " + Twine(unsigned(kind)));
  if (member[kind]->data())
    return in.fail(Rule::duplicate_name, at,
                   "an attribute stands twice on " + quoted(def.name));
  *member[kind] = in.name("attribute");
}

void ComponentReader::importDefinition() {
  Definition def{DefinitionKind::Import, in.offset(), Sort::Value};
  declareImport(def);
}

void ComponentReader::exportDefinition() {
  Definition def{DefinitionKind::Export, in.offset(), Sort::Value};
  externName(def);
  uint64_t at = in.offset();
  def.sort = sort();
  def.index = index(def.sort);
  if (def.sort < Sort::Func && def.sort != Sort::CoreModule)
    in.fail(Rule::extern_sort, at,
            Twine("a component exports no ") + stringifySort(def.sort));
  if (in.failed())
    return;
  Entity exported = entity(def.sort, def.index);
  uint64_t ascribedAt = in.offset();
  if (flag("ascribed type")) {
    def.externType = externType();
    if (in.failed())
      return;
    if (def.externType->sort != def.sort)
      return in.fail(Rule::extern_sort, ascribedAt,
                     "export " + quoted(def.name) + " is a " +
                         stringifySort(def.sort) + ", its type is that of a " +
                         stringifySort(def.externType->sort));
    exported = externEntity(*def.externType);
  }
  declareExport(def, exported);
}

//===----------------------------------------------------------------------===//
// Sorts and index spaces
//===----------------------------------------------------------------------===//

Sort ComponentReader::coreSort() {
  uint64_t at = in.offset();
  return coreSortAt(at, in.byte("core sort"));
}

Sort ComponentReader::coreSortAt(uint64_t at, uint8_t code) {
  if (code <= 4)
    return static_cast<Sort>(code);
  if (code >= 0x10 && code <= 0x12)
    return static_cast<Sort>(unsigned(Sort::CoreType) + code - 0x10);
  in.fail(Rule::unknown_code, at,
          "no core sort has the code 0x" + llvm::utohexstr(code, true));
  return Sort::CoreFunc;
}

Sort ComponentReader::sort() {
  uint64_t at = in.offset();
  uint8_t code = in.byte("sort");
  if (code == 0)
    return coreSort();
  if (code <= 5)
    return static_cast<Sort>(unsigned(Sort::Func) + code - 1);
  in.fail(Rule::unknown_code, at,
          "no sort has the code 0x" + llvm::utohexstr(code, true));
  return Sort::Value;
}

uint32_t ComponentReader::index(Sort sort) {
  uint64_t at = in.offset();
  uint32_t index = in.u32("index");
  checkIndex(*scope, sort, index, at);
  return in.failed() ? 0 : index;
}

void ComponentReader::checkIndex(const Scope &where, Sort sort, uint32_t index,
                                 uint64_t at) {
  // What makes values is passed over, so their number is not known.
  if (sort == Sort::Value || in.failed())
    return;
  size_t size = where.space(sort).size();
  if (index >= size)
    in.fail(Rule::index_bounds, at,
            stringifySort(sort) + Twine(" index ") + Twine(index) +
                " is out of bounds, " + Twine(size) + " are defined here");
}

Entity ComponentReader::entity(Sort sort, uint32_t index) const {
  if (in.failed() || sort == Sort::Value)
    return {sort};
  return scope->space(sort)[index];
}

void ComponentReader::add(Definition &&def, Entity entity) {
  if (in.failed())
    return;
  scope->spaces[unsigned(def.sort)].push_back(entity);
  scope->definitions.push_back(std::move(def));
}

void ComponentReader::unsupported(uint64_t at, const Twine &what) {
  if (!in.failed() && view.unsupported.size() < limits::listedUnsupported)
    view.unsupported.push_back({Rule::unsupported_feature, at, what.str()});
}
