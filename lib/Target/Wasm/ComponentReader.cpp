//===- ComponentReader.cpp - Sections and definitions -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentReader.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
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

std::optional<ReadError>
binary::readComponent(ArrayRef<uint8_t> bytes, ComponentView &view,
                      const core::ValidateOptions &modules) {
  ByteReader in(bytes);
  in.limitSize();
  view.bytes = bytes;
  view.root = ComponentReader(in, view, modules).component(nullptr);
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
  if (in.failed() || isComponent(found))
    return;
  std::string message = "the preamble of a component is 0061736d0d000100, "
                        "found " +
                        llvm::toHex(found, /*LowerCase=*/true);
  if (llvm::toStringRef(found) == StringRef("\0asm\1\0\0\0", 8))
    message += ": this is a core module; `wasm-tools component new` makes a "
               "component of one";
  in.fail(Rule::component_preamble, at, message);
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
                                   &ComponentReader::valueDefinition};
  switch (id) {
  case 0:
    return customSection();
  case 1:
    return coreModule();
  case 4:
    return nestedComponent();
  case 9:
    return startDefinition();
  default:
    for (uint32_t n = in.count("vector of definitions"); n && !in.failed(); --n)
      (this->*items[id])();
  }
}

/// Only `component-name` matters, and invalid contents of it are no error.
void ComponentReader::customSection() {
  Definition def{DefinitionKind::Custom, in.offset(), Sort::Value};
  def.name = in.name("name of a custom section");
  def.bytes = in.bytes(in.remaining());
  if (def.name == "component-name")
    return names(def.bytes);
  def.count = 0;
  add(std::move(def), {Sort::Value});
}

void ComponentReader::names(ArrayRef<uint8_t> bytes) {
  ByteReader data(bytes);
  while (!data.atEnd()) {
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

/// The value is passed over: its type says what the bytes mean, which the
/// validator knows.
void ComponentReader::valueDefinition() {
  Definition def{DefinitionKind::Value, in.offset(), Sort::Value};
  def.valueType = valType();
  def.bytes = in.bytes(in.u32("size of a value"), "value");
  Entity value = valueEntity(def.valueType);
  add(std::move(def), value);
}

void ComponentReader::startDefinition() {
  Definition def{DefinitionKind::Start, in.offset(), Sort::Value};
  def.index = index(Sort::Func);
  for (uint32_t n = in.count("vector of arguments"); n && !in.failed(); --n) {
    uint64_t at = in.offset();
    def.arguments.push_back({{}, Sort::Value, index(Sort::Value), at, {}});
  }
  uint64_t at = in.offset();
  def.count = in.u32("number of results");
  if (def.count > 1)
    in.fail(Rule::start_results, at,
            "`start` has as many results as its function, which is at most 1, "
            "found " +
                Twine(def.count));
  const TypeDef *function = entity(Sort::Func, def.index).type;
  add(std::move(def), valueEntity(function ? function->first : std::nullopt));
}

void ComponentReader::coreModule() {
  Definition def{DefinitionKind::CoreModule, in.offset(), Sort::CoreModule};
  def.bytes = in.bytes(in.remaining());
  Entity entity{Sort::CoreModule};
  core::ModuleView &module = view.modules.emplace_back();
  core::ModuleType &type = view.moduleTypes.emplace_back();
  std::optional<ReadError> error =
      core::readModule(def.bytes, module, def.offset);
  if (!error)
    error = core::validateModule(module, modules);
  if (!error)
    error = core::readModuleType(module, view.coreTypes, type);
  if (error) {
    report(*error);
  } else {
    def.module = &module;
    entity.module = &type;
  }
  add(std::move(def), entity);
}

void ComponentReader::nestedComponent() {
  Definition def{DefinitionKind::Component, in.offset(), Sort::Component};
  def.scope = ComponentReader(in, view, modules, nesting + 1).component(scope);
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
  return index;
}

void ComponentReader::checkIndex(const Scope &where, Sort sort, uint32_t index,
                                 uint64_t at) {
  if (in.failed())
    return;
  size_t size = where.space(sort).size();
  if (index >= size)
    invalid(Rule::index_bounds, at,
            stringifySort(sort) + Twine(" index ") + Twine(index) +
                " is out of bounds, " + Twine(size) + " are defined here");
}

Entity ComponentReader::entity(Sort sort, uint32_t index) const {
  llvm::ArrayRef<Entity> space = scope->space(sort);
  return index < space.size() ? space[index] : Entity{sort};
}

void ComponentReader::add(Definition &&def, Entity entity) {
  if (in.failed())
    return;
  auto &space = scope->spaces[unsigned(def.sort)];
  space.insert(space.end(), def.count, entity);
  if (def.sort == Sort::CoreType)
    scope->coreTypes.push_back(entity.coreType);
  scope->definitions.push_back(std::move(def));
}

void ComponentReader::invalid(Rule rule, uint64_t at, const Twine &what) {
  if (!in.failed() && view.invalid.size() < limits::listedErrors)
    view.invalid.push_back({rule, at, what.str()});
}

void ComponentReader::report(const ReadError &error) {
  if (getRuleRow(error.rule).level == RuleLevel::Invalid)
    return invalid(error.rule, error.offset, error.message);
  in.fail(error.rule, error.offset, error.message);
}
