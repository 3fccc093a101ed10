//===- Edge.cpp - what the root imports and exports -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flattener.h"
#include "meld/Support/Rules.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::flatten;

FailureOr<Entity> Flattener::hostImport(ImportOp op, Scope &scope) {
  return hostEntity(op, "", scope);
}

/// Makes what the host gives for an import, or for an export of an imported
/// instance, whose name is then `interface`.
FailureOr<Entity> Flattener::hostEntity(Operation *declaration,
                                        StringRef interface, Scope &scope) {
  StringRef name;
  Value type;
  if (auto op = dyn_cast<ImportOp>(declaration)) {
    name = op.getName();
    type = op.getType();
  } else {
    name = cast<ExportDeclOp>(declaration).getName();
    type = cast<ExportDeclOp>(declaration).getType();
  }
  Location loc = place(declaration, scope);
  Type sort = declaration->getResult(0).getType();
  if (isa<FuncSortType>(sort)) {
    FuncType function = functionType(declaration, type, scope);
    if (hasWrongKind)
      return failure();
    StringAttr symbol = symbolFor(declaration, scope, name, false);
    HostFuncOp::create(builder, loc, symbol, builder.getStringAttr(interface),
                       builder.getStringAttr(name), TypeAttr::get(function));
    return Entity(Function{FlatSymbolRefAttr::get(symbol), function});
  }
  if (isa<TypeSortType>(sort)) {
    if (type) {
      FailureOr<Entity> known = lookup(type, scope);
      if (succeeded(known))
        nameType(*known, interface, name, loc);
      return known;
    }
    StringAttr symbol = symbolFor(declaration, scope, name, false);
    resources[symbol] = ResourceOp::create(
        builder, loc, symbol, builder.getStringAttr(interface),
        builder.getStringAttr(name), FlatSymbolRefAttr(), FlatSymbolRefAttr());
    return Entity(TypeDefinition{{}, FlatSymbolRefAttr::get(symbol)});
  }
  if (!isa<InstanceSortType>(sort) || !interface.empty())
    return FailureOr<Entity>(emitRule(loc, Rule::root_import)
                             << "import of the root that a host cannot give: "
                             << quoted(name) << " is a `"
                             << getSortKeyword(sort) << "`");

  auto [wanted, typeScope] =
      scopeType<TypeInstanceOp>(declaration, type, "an instance type", scope);
  if (!wanted)
    return failure();
  Scope &inner = typeScopes.emplace_back();
  inner.outer = typeScope;
  inner.instance = scope.instance;
  Instance *instance = make<Instance>();
  for (Operation &op : wanted.getBody().front()) {
    auto declared = dyn_cast<ExportDeclOp>(op);
    if (!declared) {
      if (failed(evaluate(&op, inner, nullptr)))
        return failure();
      continue;
    }
    FailureOr<Entity> entity = hostEntity(declared, name, inner);
    if (failed(entity))
      return failure();
    inner.values[declared.getResult()] = *entity;
    instance->exports[declared.getNameAttr()] = *entity;
  }
  return Entity(instance);
}

/// What it takes to say `type` in a world: its nodes as a tree, in which types
/// that have a name already are leaves. Each type is counted once, whatever it
/// is part of.
size_t Flattener::countNodes(Type type) {
  if (auto known = nodes.find(type); known != nodes.end())
    return known->second;
  size_t count = 1;
  type.walkImmediateSubElements([](Attribute) {},
                                [&](Type inner) {
                                  if (inner)
                                    count = llvm::SaturatingAdd(
                                        count, countNodes(inner));
                                });
  return nodes[type] = count;
}

/// Notes what a value type is called at the edge: for who writes the world of
/// the program, so a name that would cost too much is left out.
void Flattener::nameType(const Entity &entity, StringRef interface,
                         StringRef name, Location loc) {
  auto *definition = std::get_if<TypeDefinition>(&entity);
  Type type = definition ? definition->type : Type();
  if (!type || !isa<ComponentDialect>(type.getDialect()) || isa<FuncType>(type))
    return;
  std::string full =
      interface.empty() ? name.str() : (interface + "#" + name).str();
  size_t cost = countNodes(type);
  if (cost > namedNodes || !typeNames.insert(full).second)
    return;
  namedNodes -= cost;
  nodes[type] = 1;
  TypeNameOp::create(builder, loc, builder.getStringAttr(full),
                     TypeAttr::get(type));
}

/// The first name under which the root exports a resource is what the host
/// knows it by, unless it is the host's own.
void Flattener::nameResource(const TypeDefinition &type, StringRef name) {
  if (!type.resource)
    return;
  auto resource = resources.lookup(type.resource.getAttr());
  if (resource.getName())
    return;
  auto [interface, last] = name.rsplit('#');
  if (last.empty())
    std::swap(interface, last);
  resource.setInterface(interface);
  resource.setName(last);
}

LogicalResult Flattener::exportEntity(StringRef name, const Entity &entity,
                                      Location loc, bool nested) {
  if (auto *function = std::get_if<Function>(&entity)) {
    ExportFuncOp::create(builder, loc, builder.getStringAttr(name),
                         function->symbol);
    return success();
  }
  if (auto *type = std::get_if<TypeDefinition>(&entity)) {
    nameResource(*type, name);
    auto [interface, last] = name.rsplit('#');
    nameType(entity, last.empty() ? "" : interface, last.empty() ? name : last,
             loc);
    return success();
  }
  auto *instance = std::get_if<Instance *>(&entity);
  if (!instance || nested)
    return emitRule(loc, Rule::root_export)
           << "export of the root that a core module cannot have: "
           << quoted(name) << " is not a function or an interface";
  for (auto &[inner, value] : (*instance)->exports)
    if (failed(exportEntity((name + "#" + inner.getValue()).str(), value, loc,
                            /*nested=*/true)))
      return failure();
  return success();
}
