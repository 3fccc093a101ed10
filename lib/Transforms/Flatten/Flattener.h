//===- Flattener.h - instantiation, evaluated -------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_FLATTEN_FLATTENER_H
#define MELD_LIB_TRANSFORMS_FLATTEN_FLATTENER_H

#include "../TypeWords.h"
#include "Entities.h"

#include "meld/Support/Diagnostics.h"
#include "meld/Support/Limits.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSet.h"
#include <deque>

namespace meld::flatten {

/// Evaluates the definitions of a root in their order, as instantiating it
/// would, and appends to the root what a run needs: instances, built-ins,
/// lifts, lowers, imports and exports as symbols. `run` then removes the
/// definitions. Linear in what is instantiated.
class Flattener {
public:
  explicit Flattener(component::RootOp root);

  /// Flattens the root. Fails with a located error; the root is then in an
  /// undefined but destructible state.
  mlir::LogicalResult run();

private:
  // Flattener.cpp: scopes, components and instances.
  mlir::LogicalResult evaluateAll(mlir::Block &block, Scope &scope,
                                  Instance *exports);
  mlir::LogicalResult evaluate(mlir::Operation *op, Scope &scope,
                               Instance *exports);
  mlir::FailureOr<Entity> instantiate(component::InstantiateOp op,
                                      Scope &scope);
  mlir::FailureOr<Entity> alias(component::AliasOp op, Scope &scope);
  mlir::FailureOr<Entity> aliased(const Entity &entity, mlir::Operation *alias,
                                  mlir::StringRef name, Scope &scope);
  Entity bundle(component::BundleOp op, Scope &scope);
  mlir::FailureOr<Entity> argument(component::ImportOp op, Scope &scope);
  /// What is visible of an entity that is declared to have a type: of an
  /// instance, the exports that the type has.
  Entity narrow(mlir::Operation *user, const Entity &entity, mlir::Value type,
                Scope &scope);
  Instance *narrow(Instance *given, component::TypeInstanceOp type);
  const Entity &lookup(mlir::Value value, Scope &scope);
  template <typename T> T get(mlir::Value value, Scope &scope) {
    return std::get<T>(lookup(value, scope));
  }
  template <typename T> T *make() {
    if constexpr (std::is_same_v<T, Scope>)
      return &scopes.emplace_back();
    else if constexpr (std::is_same_v<T, Instance>)
      return &instances.emplace_back();
    else
      return &coreInstances.emplace_back();
  }

  // Types.cpp: types, and whether an entity is what an import wants.
  mlir::FailureOr<Entity> evaluateType(mlir::Operation *op, Scope &scope);
  mlir::Type valueDefinition(mlir::Operation *op, Scope &scope);
  mlir::Type element(mlir::Operation *user, mlir::Value operand,
                     std::optional<mlir::StringRef> prim, Scope &scope);
  llvm::SmallVector<mlir::Type> elements(mlir::Operation *user,
                                         mlir::OperandRange operands,
                                         mlir::ArrayAttr prims, Scope &scope);
  mlir::LogicalResult match(const Entity &given, mlir::Operation *declaration,
                            Scope &scope, mlir::Location loc);
  mlir::LogicalResult matchInstance(Instance *given,
                                    mlir::Operation *declaration,
                                    mlir::Value type, Scope &scope,
                                    mlir::StringRef name, mlir::Location loc);
  mlir::LogicalResult matchModule(wasm::ModuleOp given,
                                  mlir::Operation *declaration,
                                  mlir::Value type, Scope &scope,
                                  mlir::StringRef name, mlir::Location loc);

  // Kinds.cpp: types of the kind that `user` demands. Another kind is reported
  // there, and fails the evaluation of the definition.
  mlir::Type valueType(mlir::Operation *user, mlir::Value value, Scope &scope);
  component::FuncType functionType(mlir::Operation *user, mlir::Value value,
                                   Scope &scope);
  mlir::FlatSymbolRefAttr resourceType(mlir::Operation *user, mlir::Value value,
                                       Scope &scope);
  mlir::Type immediateType(component::CanonDefinition user, mlir::Value value,
                           const component::BuiltinInfo &row, Scope &scope);
  /// The scope type `Op` (an instance or core module type) and where it stands;
  /// a null op for another kind.
  template <typename Op>
  std::pair<Op, Scope *> scopeType(mlir::Operation *user, mlir::Value value,
                                   llvm::StringRef wanted, Scope &scope) {
    TypeDefinition definition = get<TypeDefinition>(value, scope);
    auto op = llvm::dyn_cast_if_present<Op>(definition.op);
    if (!op)
      wrongKind(user, value, wanted, scope);
    return {op, definition.scope};
  }
  void wrongKind(mlir::Operation *user, mlir::Value value,
                 llvm::StringRef wanted, Scope &scope);

  // Core.cpp: core instances and canonical definitions.
  mlir::FailureOr<Entity> coreInstantiate(component::CoreInstantiateOp op,
                                          Scope &scope);
  mlir::FailureOr<Entity> generated(wasm::ModuleOp module,
                                    component::CoreInstantiateOp op,
                                    Scope &scope);
  mlir::FailureOr<CoreItem>
  import(wasm::ImportOp op, component::CoreInstantiateOp at, Scope &scope);
  Entity coreBundle(component::CoreBundleOp op, Scope &scope);
  mlir::FailureOr<CoreItem> coreExport(CoreInstance *instance,
                                       mlir::StringRef name, Scope &scope,
                                       mlir::Location loc);
  mlir::FailureOr<Entity> canonical(component::CanonDefinition op,
                                    Scope &scope);
  mlir::FailureOr<Entity> lift(component::LiftOp op, Scope &scope);
  mlir::FailureOr<Entity> lower(component::LowerOp op, Scope &scope);
  mlir::FlatSymbolRefAttr symbolOf(mlir::Value item, Scope &scope);

  // Start.cpp: start functions of components.
  mlir::LogicalResult start(component::StartOp op, Scope &scope);
  wasm::ModuleOp starter();

  // Edge.cpp: what the root imports and exports.
  mlir::FailureOr<Entity> hostImport(component::ImportOp op, Scope &scope);
  mlir::FailureOr<Entity> hostEntity(mlir::Operation *declaration,
                                     mlir::StringRef interface, Scope &scope);
  mlir::LogicalResult exportEntity(mlir::StringRef name, const Entity &entity,
                                   mlir::Location loc, bool nested = false);
  void nameResource(const TypeDefinition &type, mlir::StringRef name);
  size_t countNodes(mlir::Type type);
  void nameType(const Entity &entity, mlir::StringRef interface,
                mlir::StringRef name, mlir::Location loc);

  // Names.cpp: symbols and places.
  mlir::StringAttr uniqueSymbol(const llvm::Twine &name);
  /// Gives a plain name to each core module that has another one, or one that
  /// is kept for the runtime.
  void renameModules();
  std::string nameOf(mlir::Operation *definition, mlir::StringRef otherwise);
  mlir::StringAttr symbolFor(mlir::Operation *definition, Scope &scope,
                             mlir::StringRef otherwise, bool prefixed = true);
  mlir::Location place(mlir::Operation *op, Scope &scope);
  mlir::Location place(mlir::Location loc, Scope &scope);

  component::RootOp root;
  mlir::OpBuilder builder;
  mlir::SymbolTable modules;
  llvm::StringSet<> taken;
  llvm::StringMap<unsigned> counters;
  std::deque<Scope> scopes;
  std::deque<Instance> instances;
  std::deque<CoreInstance> coreInstances;
  /// The lowers that were made, by all that they say: an instance that lowers a
  /// function again in the same way gets the same one.
  llvm::DenseMap<mlir::DictionaryAttr, mlir::FlatSymbolRefAttr> lowers;
  llvm::SmallPtrSet<mlir::Operation *, 8> moved;
  llvm::DenseMap<mlir::StringAttr, component::ResourceOp> resources;
  llvm::StringSet<> typeNames;
  /// What may still be spent on types with names, in nodes of trees, and how
  /// many types have.
  size_t namedNodes = limits::namedTypeNodes;
  llvm::DenseMap<mlir::Type, size_t> nodes;
  bool hasWrongKind = false;
  /// The core module that calls start functions, and the instance that does.
  wasm::ModuleOp startModule;
  mlir::FlatSymbolRefAttr startCaller;
  /// Scopes of instance types, which must not move: they are keys below.
  std::deque<Scope> typeScopes;
  /// What has been matched and narrowed. Types are graphs, and may be
  /// exponentially larger when they are walked as trees.
  llvm::DenseSet<std::tuple<Instance *, mlir::Operation *, Scope *>> matched;
  llvm::DenseMap<std::pair<Instance *, mlir::Operation *>, Instance *> narrowed;
};

/// Whether an entity has the sort of a definition.
bool hasSort(const Entity &entity, mlir::Type sort);

} // namespace meld::flatten

#endif // MELD_LIB_TRANSFORMS_FLATTEN_FLATTENER_H
