//===- ComponentImporter.cpp - Makes ops of a decoded component -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentImporter.h"
#include "ComponentWords.h"
#include "ModuleInterface.h"
#include "meld/Support/Diagnostics.h"

using namespace meld;
using namespace meld::binary;
using namespace mlir;

ComponentImporter::ComponentImporter(component::RootOp root,
                                     std::shared_ptr<llvm::MemoryBuffer> buffer,
                                     StringAttr file,
                                     const ImportOptions &options)
    : root(root), buffer(std::move(buffer)), file(file), options(options),
      builder(OpBuilder::atBlockBegin(&root.getBody().front())), symbols(root),
      coreTypes(root.getContext()), loc(root.getLoc()) {}

LogicalResult ComponentImporter::run(const ComponentView &view) {
  coreTypes.enter(view.coreTypes);
  Level top(*view.root, nullptr);
  definitions(top);
  return failure(hasFailed);
}

ComponentImporter::Level::Level(const Scope &scope, Level *parent)
    : scope(scope), parent(parent) {
  for (unsigned sort = 0; sort != numSorts; ++sort)
    for (auto [index, name] : scope.names[sort])
      if (index < scope.spaces[sort].size())
        names[sort].try_emplace(index, name); // the first counts
}

//===----------------------------------------------------------------------===//
// Places and ops
//===----------------------------------------------------------------------===//

Location ComponentImporter::place(uint64_t offset) {
  return wasm::AtLoc::get(builder.getContext(), file, offset);
}

/// The definition's name in the name section, else its external name.
Location ComponentImporter::definitionLoc(const Definition &def) {
  if (def.count == 0)
    return place(def.offset);
  uint32_t index = level->values[unsigned(def.sort)].size();
  StringRef name = level->names[unsigned(def.sort)].lookup(index);
  if (name.empty())
    name = def.name;
  if (name.empty())
    return place(def.offset);
  return NameLoc::get(builder.getStringAttr(name), place(def.offset));
}

void ComponentImporter::report(const ReadError &error) {
  emitRule(place(error.offset), error.rule) << error.message;
  hasFailed = true;
}

Value ComponentImporter::create(StringRef name, Sort result, unsigned regions) {
  OperationState state(loc, ("component." + name).str());
  state.addOperands(operands);
  state.addAttributes(attributes);
  state.addTypes(sortType(builder.getContext(), result));
  for (unsigned i = 0; i < regions; ++i)
    state.addRegion()->emplaceBlock();
  operands.clear();
  attributes.clear();
  keywords.clear();
  return builder.create(state)->getResult(0);
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

void ComponentImporter::definitions(Level &inner) {
  Level *outer = std::exchange(level, &inner);
  for (const Definition &def : inner.scope.definitions) {
    loc = definitionLoc(def);
    if (Value made = definition(def))
      llvm::append_range(inner.values[unsigned(def.sort)],
                         made.getDefiningOp()->getResults());
  }
  level = outer;
}

/// Fills the region of a component, component type or instance type.
void ComponentImporter::body(Value scopeOp, const Scope &scope) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(
      &scopeOp.getDefiningOp()->getRegion(0).front());
  Level inner(scope, level);
  definitions(inner);
}

Value ComponentImporter::definition(const Definition &def) {
  switch (def.kind) {
  case DefinitionKind::CoreModule:
    return coreModule(def);
  case DefinitionKind::CoreInstantiate:
    return arguments(def, "core_instantiate", Sort::CoreInstance,
                     value(Sort::CoreModule, def.index));
  case DefinitionKind::CoreBundle:
    return arguments(def, "core_bundle", Sort::CoreInstance, {});
  case DefinitionKind::Instantiate:
    return arguments(def, "instantiate", Sort::Instance,
                     value(Sort::Component, def.index));
  case DefinitionKind::Bundle:
    return arguments(def, "bundle", Sort::Instance, {});
  case DefinitionKind::CoreType:
    return coreType(def);
  case DefinitionKind::Type:
    return type(*def.type);
  case DefinitionKind::Component: {
    if (!def.scope->name.empty())
      attribute("label", builder.getStringAttr(def.scope->name));
    Value made = create("component", Sort::Component, /*regions=*/1);
    body(made, *def.scope);
    return made;
  }
  case DefinitionKind::Alias:
    operands.push_back(value(Sort::Instance, def.index));
    attribute("name", builder.getStringAttr(def.name));
    return create("alias", def.sort);
  case DefinitionKind::CoreAlias:
    operands.push_back(value(Sort::CoreInstance, def.index));
    attribute("name", builder.getStringAttr(def.name));
    return create("core_alias", def.sort);
  case DefinitionKind::OuterAlias:
    return outerAlias(def);
  case DefinitionKind::Canon:
    return canon(def);
  case DefinitionKind::Import:
    return importDefinition(def, "import");
  case DefinitionKind::Export:
    return level->scope.isComponent ? exportDefinition(def)
                                    : importDefinition(def, "export_decl");
  case DefinitionKind::Value:
    single(def.valueType, "prim");
    attribute("bytes", builder.getStringAttr(asText(def.bytes)));
    return create("value", Sort::Value);
  case DefinitionKind::Start:
    return start(def);
  case DefinitionKind::Custom:
    customSection(def);
    return {};
  }
  llvm_unreachable("unknown definition");
}

//===----------------------------------------------------------------------===//
// Core modules
//===----------------------------------------------------------------------===//

Value ComponentImporter::coreModule(const Definition &def) {
  StringRef name = "module";
  if (auto named = dyn_cast<NameLoc>(loc))
    name = named.getName();
  OpBuilder rootBuilder(builder.getContext());
  auto module = wasm::ModuleOp::create(rootBuilder, loc, name);
  module.setSymVisibility("private");
  // `insert` makes the name unique in the root. The bytes are named after both,
  // so that a text of several roots has one name for each.
  Block &body = root.getBody().front();
  symbols.insert(module, lastModule ? std::next(lastModule->getIterator())
                                    : body.begin());
  lastModule = module;
  StringRef symbol = module.getSymName();
  module.setBytesAttr(wasm::ModuleBytesAttr::get(
      builder.getContext(), (root.getSymName() + "." + symbol).str(), buffer,
      def.bytes));
  if (auto error = wasm::declareInterface(module, *def.module, file))
    report(*error);
  attribute("module", FlatSymbolRefAttr::get(builder.getContext(), symbol));
  return create("core_module", Sort::CoreModule);
}

//===----------------------------------------------------------------------===//
// Values and custom sections
//===----------------------------------------------------------------------===//

Value ComponentImporter::start(const Definition &def) {
  for (const Argument &argument : def.arguments)
    operands.push_back(value(Sort::Value, argument.index));
  SmallVector<Type> results(def.count,
                            sortType(builder.getContext(), Sort::Value));
  auto made = component::StartOp::create(
      builder, loc, results, value(Sort::Func, def.index), operands);
  operands.clear();
  return results.empty() ? Value() : made.getResult(0);
}

void ComponentImporter::customSection(const Definition &def) {
  if (!options.keepCustomSections)
    return;
  if (def.bytes.empty()) { // MLIR's text loses an empty blob
    component::CustomOp::create(builder, loc, def.name, wasm::ModuleBytesAttr(),
                                builder.getStringAttr(""));
    return;
  }
  // Made unique here: MLIR would try one number after the other for each.
  std::string key = (root.getSymName() + "." + def.name).str();
  if (unsigned others = customSections[def.name]++)
    key += "_" + std::to_string(others);
  auto bytes =
      wasm::ModuleBytesAttr::get(builder.getContext(), key, buffer, def.bytes);
  component::CustomOp::create(builder, loc, def.name, bytes, StringAttr());
}

//===----------------------------------------------------------------------===//
// Instances and aliases
//===----------------------------------------------------------------------===//

/// What a name has beside itself, as attributes of an op.
static SmallVector<NamedAttribute> convert(const NameAttributes &from,
                                           Builder &builder) {
  SmallVector<NamedAttribute> result;
  auto add = [&](StringRef word, StringRef text) {
    if (text.data())
      result.push_back(builder.getNamedAttr(word, builder.getStringAttr(text)));
  };
  add("implements", from.implements);
  add("version_suffix", from.versionSuffix);
  add("external_id", from.externalId);
  return result;
}

/// An instantiation or a bundle: `callee`, then the arguments by name.
Value ComponentImporter::arguments(const Definition &def, StringRef op,
                                   Sort result, ValueRange callee) {
  llvm::append_range(operands, callee);
  SmallVector<Attribute> names, dictionaries;
  bool any = false;
  for (const Argument &argument : def.arguments) {
    operands.push_back(value(argument.sort, argument.index));
    names.push_back(builder.getStringAttr(argument.name));
    auto own = builder.getDictionaryAttr(convert(argument.attributes, builder));
    dictionaries.push_back(own);
    any |= !own.empty();
  }
  attribute("names", builder.getArrayAttr(names));
  if (any)
    attribute("member_attributes", builder.getArrayAttr(dictionaries));
  return create(op, result);
}

Value ComponentImporter::outerAlias(const Definition &def) {
  const Level *target = level;
  for (uint32_t i = 0; i < def.depth; ++i)
    target = target->parent;
  operands.push_back(target->values[unsigned(def.sort)][def.index]);
  return create("alias_outer", def.sort);
}

//===----------------------------------------------------------------------===//
// Imports and exports
//===----------------------------------------------------------------------===//

void ComponentImporter::nameAttributes(const Definition &def) {
  attribute("name", builder.getStringAttr(def.name));
  llvm::append_range(attributes, convert(def.attributes, builder));
}

static Sort typeSortOf(Sort sort) {
  return sort == Sort::CoreModule ? Sort::CoreType : Sort::Type;
}

/// The operand, or the attribute `prim`, of what is declared.
void ComponentImporter::externType(const ExternType &type) {
  if (type.value)
    single(type.value, "prim");
  else if (type.sort == Sort::Value)
    operands.push_back(value(Sort::Value, type.index));
  else if (!type.fresh)
    operands.push_back(value(typeSortOf(type.sort), type.index));
}

Value ComponentImporter::importDefinition(const Definition &def, StringRef op) {
  nameAttributes(def);
  externType(*def.externType);
  return create(op, def.sort);
}

Value ComponentImporter::exportDefinition(const Definition &def) {
  nameAttributes(def);
  operands.push_back(value(def.sort, def.index));
  flag("abstract", def.externType && def.externType->fresh);
  if (def.externType)
    externType(*def.externType);
  return create("export", def.sort);
}
