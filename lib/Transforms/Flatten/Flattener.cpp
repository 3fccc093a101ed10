//===- Flattener.cpp - components and their instances -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Definitions only refer backwards, so one walk in their order instantiates
// the root. A component is a closure: its op and the scope in which it was
// defined, which its outer aliases read. Each instantiation makes a scope and
// walks the component's body with it.
//
//===----------------------------------------------------------------------===//

#include "Flattener.h"
#include "meld/Runtime/Image.h"
#include "meld/Support/Limits.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::flatten;

Flattener::Flattener(RootOp root)
    : root(root), builder(root.getContext()), modules(root) {
  for (Operation &op : root.getBody().front())
    if (auto name = SymbolTable::getSymbolName(&op))
      taken.insert(name.getValue());
  taken.insert(runtimeInstance);
}

LogicalResult Flattener::run() {
  Block &body = root.getBody().front();
  SmallVector<Operation *> definitions;
  for (Operation &op : body)
    if (!isa<SymbolOpInterface>(op))
      definitions.push_back(&op);

  builder.setInsertionPointToEnd(&body);
  Scope *scope = make<Scope>();
  StringAttr name = uniqueSymbol("root_instance");
  InstanceOfOp::create(builder, root.getLoc(), name, FlatSymbolRefAttr());
  scope->instance = FlatSymbolRefAttr::get(name);
  scope->prefix = "root";

  for (Operation *op : definitions)
    if (failed(evaluate(op, *scope, nullptr)))
      return failure();
  for (Operation *op : llvm::reverse(definitions))
    op->erase();
  for (wasm::ModuleOp module :
       llvm::make_early_inc_range(body.getOps<wasm::ModuleOp>()))
    if (moved.contains(module))
      module.erase();
  renameModules();
  root.setFlattened(true);
  return success();
}

LogicalResult Flattener::evaluateAll(Block &block, Scope &scope,
                                     Instance *exports) {
  for (Operation &op : block)
    if (failed(evaluate(&op, scope, exports)))
      return failure();
  return success();
}

const Entity &Flattener::lookup(Value value, Scope &scope) {
  for (Scope *s = &scope; s; s = s->outer) {
    auto found = s->values.find(value);
    if (found != s->values.end())
      return found->second;
  }
  llvm_unreachable("definitions refer backwards");
}

LogicalResult Flattener::evaluate(Operation *op, Scope &scope,
                                  Instance *exports) {
  if (isa<CustomOp>(op))
    return success(); // says nothing about the program
  if (auto called = dyn_cast<StartOp>(op))
    return start(called, scope);
  using Result = FailureOr<Entity>;
  Result entity =
      llvm::TypeSwitch<Operation *, Result>(op)
          .Case([&](CoreModuleOp o) -> Result {
            return Entity(
                modules.lookup<wasm::ModuleOp>(o.getModuleAttr().getAttr()));
          })
          .Case([&](CoreInstantiateOp o) { return coreInstantiate(o, scope); })
          .Case([&](CoreBundleOp o) -> Result { return coreBundle(o, scope); })
          .Case([&](CoreAliasOp o) -> Result {
            FailureOr<CoreItem> item =
                coreExport(get<CoreInstance *>(o.getInstance(), scope),
                           o.getName(), scope, o.getLoc());
            if (failed(item))
              return failure();
            return aliased(*item, o, o.getName(), scope);
          })
          .Case([&](ComponentOp o) -> Result {
            return Entity(Closure{o, &scope});
          })
          .Case([&](InstantiateOp o) { return instantiate(o, scope); })
          .Case([&](BundleOp o) -> Result { return bundle(o, scope); })
          .Case([&](AliasOp o) { return alias(o, scope); })
          .Case([&](AliasOuterOp o) -> Result {
            return lookup(o.getValue(), scope);
          })
          .Case([&](ImportOp o) { return argument(o, scope); })
          .Case([&](ExportOp o) -> Result {
            Entity value =
                narrow(o, lookup(o.getValue(), scope), o.getAscribed(), scope);
            if (exports)
              exports->exports[o.getNameAttr()] = value;
            else if (failed(exportEntity(o.getName(), value, o.getLoc())))
              return failure();
            return value;
          })
          .Case([&](LiftOp o) { return lift(o, scope); })
          .Case([&](LowerOp o) { return lower(o, scope); })
          .Case([&](CanonDefinition o) { return canonical(o, scope); })
          .Default([&](Operation *o) { return evaluateType(o, scope); });
  if (failed(entity) || hasWrongKind)
    return failure();
  // A recursion group of core types defines several.
  for (Value result : op->getResults())
    scope.values[result] = *entity;
  return success();
}

FailureOr<Entity> Flattener::instantiate(InstantiateOp op, Scope &scope) {
  Closure closure = get<Closure>(op.getComponent(), scope);
  Location loc = place(op, scope);
  if (scope.depth >= limits::nesting)
    return FailureOr<Entity>(emitRule(loc, Rule::instance_limit)
                             << "instances inside each other: more than "
                             << limits::nesting);
  if (scopes.size() >= limits::instances)
    return FailureOr<Entity>(emitRule(loc, Rule::instance_limit)
                             << "component instances: more than "
                             << limits::instances);

  Instance *arguments = make<Instance>();
  for (auto [name, value] : llvm::zip_equal(op.getNames(), op.getArgs()))
    arguments->exports[cast<StringAttr>(name)] = lookup(value, scope);

  Scope *inner = make<Scope>();
  std::string label = closure.op.getLabel().value_or("instance").str();
  StringAttr symbol = symbolFor(op, scope, label, /*prefixed=*/false);
  InstanceOfOp::create(builder, loc, symbol, scope.instance);
  inner->outer = closure.scope;
  inner->instance = FlatSymbolRefAttr::get(symbol);
  inner->prefix = symbol.str();
  inner->path = loc;
  inner->isLinked = op.getLoc() == closure.op.getLoc();
  inner->arguments = arguments;
  inner->depth = scope.depth + 1;
  Instance *exports = make<Instance>();
  if (failed(evaluateAll(closure.op.getBody().front(), *inner, exports)))
    return failure();
  return Entity(exports);
}

FailureOr<Entity> Flattener::argument(ImportOp op, Scope &scope) {
  if (!scope.arguments)
    return hostImport(op, scope);
  Location loc = scope.isLinked ? op.getLoc() : *scope.path;
  auto given = scope.arguments->exports.find(op.getNameAttr());
  if (given == scope.arguments->exports.end()) {
    RuleDiag diag = emitRule(loc, Rule::missing_argument)
                    << "`instantiate` gives each import: "
                    << quoted(op.getName()) << " is missing";
    diag.attachNote(op.getLoc()) << "imported here";
    return FailureOr<Entity>(diag);
  }
  Entity entity = given->second;
  if (failed(match(entity, op, scope, loc)))
    return failure();
  return narrow(op, entity, op.getType(), scope);
}

/// The instance type that a value of sort `type` stands for, if that is known
/// without a scope.
static TypeInstanceOp getInstanceType(Value type) {
  while (auto outer = type.getDefiningOp<AliasOuterOp>())
    type = outer.getValue();
  return type.getDefiningOp<TypeInstanceOp>();
}

Instance *Flattener::narrow(Instance *given, TypeInstanceOp type) {
  Instance *&known = narrowed[{given, type}];
  if (known)
    return known;
  Instance *made = known = make<Instance>();
  auto declarations = type.getBody().front().getOps<ExportDeclOp>();
  for (ExportDeclOp declared : declarations) {
    Entity entity = given->exports.lookup(declared.getNameAttr());
    auto *inner = std::get_if<Instance *>(&entity);
    if (inner && declared.getType())
      if (TypeInstanceOp innerType = getInstanceType(declared.getType()))
        entity = narrow(*inner, innerType);
    made->exports[declared.getNameAttr()] = entity;
  }
  return made;
}

Entity Flattener::narrow(Operation *user, const Entity &entity, Value type,
                         Scope &scope) {
  auto *given = std::get_if<Instance *>(&entity);
  if (!given || !type)
    return entity;
  auto instance =
      scopeType<TypeInstanceOp>(user, type, "an instance type", scope).first;
  return instance ? Entity(narrow(*given, instance)) : entity;
}

FailureOr<Entity> Flattener::alias(AliasOp op, Scope &scope) {
  Instance *instance = get<Instance *>(op.getInstance(), scope);
  auto found = instance->exports.find(op.getNameAttr());
  if (found == instance->exports.end())
    return FailureOr<Entity>(emitRule(place(op, scope), Rule::missing_export)
                             << "`alias` of an export: the instance has no "
                             << quoted(op.getName()));
  return aliased(found->second, op, op.getName(), scope);
}

/// What an alias is of, if it has the sort that the alias says.
FailureOr<Entity> Flattener::aliased(const Entity &entity, Operation *alias,
                                     StringRef name, Scope &scope) {
  Type sort = alias->getResult(0).getType();
  if (hasSort(entity, sort))
    return entity;
  return FailureOr<Entity>(emitRule(place(alias, scope), Rule::missing_export)
                           << "`alias` of an export has its sort: "
                           << quoted(name) << " is no `" << getSortKeyword(sort)
                           << "`");
}

Entity Flattener::bundle(BundleOp op, Scope &scope) {
  Instance *instance = make<Instance>();
  for (auto [name, value] : llvm::zip_equal(op.getNames(), op.getArgs()))
    instance->exports[cast<StringAttr>(name)] = lookup(value, scope);
  return instance;
}
