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

/// Only `component-name` matters.
void ComponentReader::customSection() {
  Definition def{DefinitionKind::Custom, in.offset(), Sort::Value};
  def.name = in.name("name of a custom section");
  uint64_t at = in.offset();
  def.bytes = in.bytes(in.remaining());
  if (def.name == "component-name" && !in.failed())
    return names(ByteReader(def.bytes, at));
  def.count = 0;
  add(std::move(def), {Sort::Value});
}

/// Invalid contents of a custom section are no error. What stands before them
/// counts, and the first of two names.
void ComponentReader::names(ByteReader data) {
  while (!data.atEnd()) {
    uint8_t id = data.byte("id of a subsection");
    ByteReader part =
        data.sub(data.u32("size of a subsection"), "subsection of names");
    if (id == 0) {
      StringRef name = part.name("name of a component");
      if (scope->name.empty())
        scope->name = name;
    } else if (id == 1) {
      sortNames(part);
    } else {
      continue; // of a later version of the text
    }
    data.adopt(part, "subsection of names");
  }
  if (!data.failed() || view.warnings.size() == limits::listedErrors)
    return;
  view.warnings.push_back(
      {Rule::name_section, data.error()->offset,
       "names of definitions are lost, because the custom section "
       "\"component-name\" is malformed here: " +
           data.error()->message});
}

void ComponentReader::sortNames(ByteReader &part) {
  std::swap(in, part);
  Sort named = sort();
  for (uint32_t n = in.count("vector of names"); n && !in.failed(); --n) {
    uint32_t index = in.u32("index");
    StringRef name = in.name("name of a definition");
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
  std::vector<ReadError> errors;
  if (auto error = core::readModule(def.bytes, module, def.offset))
    errors.push_back(*error);
  else
    errors = core::findErrors(module, modules);
  if (errors.empty())
    if (auto error = core::readModuleType(module, view.coreTypes, type))
      errors.push_back(*error);
  if (errors.empty()) {
    def.module = &module;
    entity.module = &type;
  }
  // The section ends where it says, whatever is in it.
  for (const ReadError &error : errors)
    list(error);
  add(std::move(def), entity);
}

void ComponentReader::nestedComponent() {
  Definition def{DefinitionKind::Component, in.offset(), Sort::Component};
  ByteReader body(in.bytes(in.remaining()), def.offset);
  def.scope =
      ComponentReader(body, view, modules, nesting + 1).component(scope);
  Entity entity{Sort::Component};
  entity.component = def.scope.get();
  // The section ends where it says, whatever is in it. What is in it is unknown
  // after an error.
  if (body.failed()) {
    list(*body.error());
    entity.component = nullptr;
    view.broken.push_back(std::move(def.scope));
  }
  add(std::move(def), entity);
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
  if (!in.failed())
    list({rule, at, what.str()});
}

void ComponentReader::list(const ReadError &error) {
  if (view.invalid.size() < limits::listedErrors)
    return view.invalid.push_back(error);
  // What is malformed is always among those that are listed.
  auto isMalformed = [](const ReadError &each) {
    return getRuleRow(each.rule).level == RuleLevel::Malformed;
  };
  if (!isMalformed(error))
    return;
  auto other =
      std::find_if_not(view.invalid.rbegin(), view.invalid.rend(), isMalformed);
  if (other != view.invalid.rend())
    *other = error;
}

void ComponentReader::report(const ReadError &error) {
  if (getRuleRow(error.rule).level == RuleLevel::Invalid)
    return invalid(error.rule, error.offset, error.message);
  in.fail(error.rule, error.offset, error.message);
}
