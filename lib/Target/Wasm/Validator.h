//===- Validator.h - Checks a decoded component -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk over the definitions, in their order, beside index spaces of
// entities. Definitions and aliases stand in Validator.cpp, types in
// ValidateTypes.cpp, instantiation in ValidateInstances.cpp, imports, exports
// and their names in ValidateExterns.cpp, visibility in ValidateVisibility.cpp,
// canonical definitions in ValidateCanon.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_VALIDATOR_H
#define MELD_LIB_TARGET_WASM_VALIDATOR_H

#include "ValidationInstances.h"
#include "ValidationSubtyping.h"
#include "meld/Support/ExternNames.h"
#include "meld/Target/Wasm/ComponentView.h"
#include "llvm/ADT/DenseSet.h"
#include <map>

namespace meld::validation {

/// What may be named: by imports alone, or by imports and exports.
enum class Direction : uint8_t { Import, Export };

/// A component, component type or instance type that is being checked.
struct Level {
  const binary::Scope &scope;
  Level *parent;
  Interface *interface;
  std::array<std::vector<Entity>, binary::numSorts> spaces;
  /// The names so far, by their canonical form.
  std::map<std::string, llvm::StringRef> importNames, exportNames;
  /// Types that were found to have names, by direction.
  llvm::DenseSet<const Type *> named[2];
  /// Instances that were exported, and the types of exported bundles: their
  /// records, variants, enums and flags have names by that.
  llvm::DenseSet<const Instance *> exportedInstances;
  llvm::DenseSet<const Type *> exportedTypes;
  /// The resources that exported instances export, and these instances.
  llvm::DenseSet<const Resource *> exportedResources;
  llvm::DenseSet<const Instance *> notedInstances;
  /// Sources of aliases that are checked already, with what is around them.
  llvm::DenseSet<std::pair<const Instance *, const Environment *>>
      visibleAliases;
  /// Where each value is made, and how often it is used.
  llvm::SmallVector<uint64_t, 0> valueOffsets;
  llvm::DenseMap<uint32_t, uint32_t> valueUses;
  /// The type of the first `context.get` or `context.set`.
  uint8_t contextType = 0;

  Level(const binary::Scope &scope, Level *parent, Interface *interface)
      : scope(scope), parent(parent), interface(interface) {}

  std::vector<Entity> &space(Sort sort) { return spaces[unsigned(sort)]; }
};

class Validator {
public:
  Validator(binary::ComponentView &view, std::vector<ReadError> &errors);

  void run();

private:
  // Definitions (Validator.cpp).
  Interface *interface(const binary::Scope &scope, bool isComponent);
  void definition(const binary::Definition &def);
  Entity coreModule(const binary::Definition &def);
  void coreType(const binary::Definition &def);
  Entity component(const binary::Definition &def);
  bool isTooDeep(uint32_t depth, uint32_t limit, uint64_t at);
  Entity alias(const binary::Definition &def);
  Entity coreAlias(const binary::Definition &def);
  Entity outerAlias(const binary::Definition &def);
  void checkModuleImports(const core::ModuleType *module);

  // Values (ValidateValues.cpp).
  void valueOrStart(const binary::Definition &def);
  void checkLiteral(const binary::Definition &def, const Type *type);
  const Type *start(const binary::Definition &def);
  void checkValues();

  // Types (ValidateTypes.cpp).
  Entity typeDefinition(const binary::Definition &def);
  const Type *type(const TypeDef &def);
  const Type *valueType(const TypeDef &def);
  const Type *functionType(const TypeDef &def);
  const Type *handleType(const TypeDef &def);
  const Type *resourceType(const TypeDef &def);
  void checkDestructor(const TypeDef &def, core::ValType representation);
  /// The type of a part; sets `isUnknown` where it is not known.
  const Type *part(const std::optional<binary::ValType> &type, bool &isUnknown);
  void checkLabels(const TypeDef &def);
  void checkMembers(const TypeDef &def, const Type *type);

  // Instances (ValidateInstances.cpp).
  Entity coreInstantiate(const binary::Definition &def);
  Entity coreBundle(const binary::Definition &def);
  Entity instantiate(const binary::Definition &def);
  Entity bundle(const binary::Definition &def);

  // Imports and exports (ValidateExterns.cpp).
  Entity importDefinition(const binary::Definition &def);
  Entity exportDefinition(const binary::Definition &def);
  Entity exportDeclaration(const binary::Definition &def);
  /// What an extern of this type is, at the path `owner`.`name`.
  Entity declare(const binary::ExternType &type, Instance *owner,
                 llvm::StringRef name);
  Entity ascribe(const binary::Definition &def, const Entity &found);
  void checkExported(const Entity &entity, llvm::StringRef name, uint64_t at);
  Entity exportEntity(const Entity &entity, llvm::StringRef name);
  /// Checks a name and its attributes; nothing if it is not valid.
  std::optional<ExternName> checkName(llvm::StringRef name,
                                      const binary::NameAttributes &attributes,
                                      Sort sort, Direction direction,
                                      uint64_t at);
  std::optional<ExternName> checkName(const binary::Definition &def,
                                      Direction direction) {
    return checkName(def.name, def.attributes, def.sort, direction, def.offset);
  }
  void checkAttributes(const ExternName &name, llvm::StringRef text,
                       const binary::NameAttributes &attributes, Sort sort,
                       uint64_t at);
  bool checkUnique(std::map<std::string, llvm::StringRef> &names,
                   llvm::StringRef name, const char *what, uint64_t at);
  /// The rules for functions of resources. `list` has what is named so far.
  void checkAnnotation(const ExternName &name, llvm::StringRef text,
                       const Entity &entity, Instance *list, uint64_t at);

  // Visibility (ValidateVisibility.cpp).
  void checkVisible(const Entity &entity, Direction direction,
                    llvm::StringRef name, uint64_t at);
  bool isVisible(const Entity &entity, Direction direction);
  bool isVisible(Instance *instance, Direction direction);
  bool isVisible(const Interface &interface, Environment *environment,
                 Direction direction);
  bool arePartsNamed(const Type *type, Direction direction);
  bool isNamed(const Type *type, Direction direction);
  bool isNamedHere(const Type *type, Direction direction) const;
  bool isNamedByInstance(const Type *type);
  void noteExport(const Instance *instance);
  void noteResources(Instance *instance);

  // Canonical definitions (ValidateCanon.cpp).
  Entity canon(const binary::Definition &def);
  Entity lift(const binary::Definition &def);
  Entity lower(const binary::Definition &def);
  Entity builtin(const binary::Definition &def);
  bool checkOptions(const binary::Canon &canon, uint64_t at);
  void checkMemory(uint32_t index, uint64_t at);
  void requireMemory(const binary::Canon &canon, uint64_t at,
                     const llvm::Twine &why);
  void requireRealloc(const binary::Canon &canon, uint64_t at,
                      const llvm::Twine &why);
  core::ValType pointerType(const binary::CanonOptions &options);
  void checkCoreFunction(uint32_t index, llvm::ArrayRef<core::ValType> params,
                         llvm::ArrayRef<core::ValType> results, Rule rule,
                         uint64_t at, const llvm::Twine &what);
  const Type *typeImmediate(const binary::Definition &def, TypeKind kind);
  void checkImmediates(const binary::Definition &def,
                       llvm::StringRef immediates);
  void checkCopy(const binary::Definition &def, const Type *type);
  void checkContext(const binary::Definition &def);
  void checkThread(const binary::Definition &def);
  Entity taskReturn(const binary::Definition &def);
  llvm::SmallVector<core::ValType, 16> signature(const binary::Definition &def,
                                                 llvm::StringRef list);

  /// Uses of index spaces. Unknown where the index is out of bounds.
  Entity use(Sort sort, uint32_t index) const;
  /// A type of the kind; null, after an error, where it is another one.
  const Type *useType(uint32_t index, TypeKind kind, uint64_t at);
  Entity coreFunction(llvm::ArrayRef<core::ValType> params,
                      llvm::ArrayRef<core::ValType> results);
  Entity coreEntity(Sort sort, const core::ExternType &type);

  void error(Rule rule, uint64_t at, const llvm::Twine &message);

  const binary::ComponentView &view;
  std::vector<ReadError> &errors;
  TypeStore types;
  InstanceStore instances;
  Subtyping subtyping;
  core::TypeTable &coreTypes;
  Level *level = nullptr;
  std::deque<core::ExternType> coreExterns;
  std::deque<CoreExports> coreInstances;
  /// Whether interfaces that mention nothing from outside are visible.
  llvm::DenseMap<const Interface *, bool> visible;
};

} // namespace meld::validation

#endif // MELD_LIB_TARGET_WASM_VALIDATOR_H
