//===- ValidationInstances.h - Instances and substitution -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A type that is imported or exported is named by a path that starts at the
// imports or the exports of a component: `imports.i.r`. Instantiation replaces
// starts of paths: the imports of the component by the arguments, its exports
// by the new instance. Such a substitution is an `Environment`; types are read
// under it when they are asked for, so an instance costs what is used of it,
// not what its type holds, which may be exponentially more.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_VALIDATIONINSTANCES_H
#define MELD_LIB_TARGET_WASM_VALIDATIONINSTANCES_H

#include "ValidationTypes.h"
#include "llvm/ADT/MapVector.h"
#include <map>

namespace meld::validation {

using CoreExports = llvm::MapVector<llvm::StringRef, core::ExternType>;

/// What an index stands for. All members are null where it is not known.
struct Entity {
  Sort sort = Sort::Value;
  /// Of a func, component or value its type; of a type the type.
  const Type *type = nullptr;
  Instance *instance = nullptr;
  const core::ModuleType *module = nullptr;
  /// Of a core func, table, memory, global or tag.
  const core::ExternType *core = nullptr;
  const CoreExports *coreExports = nullptr;
  core::TypeId coreType = core::noType;

  bool isKnown() const {
    return type || instance || module || core || coreExports ||
           coreType != core::noType;
  }
};
using Members = llvm::MapVector<llvm::StringRef, Entity>;

/// A component instance, or the imports or the exports of a component seen as
/// one.
struct Instance {
  /// Instances have serial numbers in the order of their making.
  uint32_t serial = 0;
  /// Where its path starts: itself, or the start of `parent`.
  const Instance *root = this;
  const Instance *parent = nullptr;
  llvm::StringRef name;

  /// What it exports is one of: `members` as they are (imports, exports and
  /// arguments), `members` under new names (a bundle), the exports of
  /// `interface` or of `source`, read under `environment`.
  bool isTransparent = false;
  Members members;
  const Interface *interface = nullptr;
  Instance *source = nullptr;
  Environment *environment = nullptr;
  /// Another name in the same component: resources stay what they are.
  bool isAlias = false;
  /// The component whose instantiations make it and its resources.
  const Interface *generatedIn = nullptr;

  /// How many instances are inside each other, itself included.
  uint32_t depth = 1;

  /// What has been asked for. There are many instances, most with few exports.
  std::map<llvm::StringRef, Entity> opened;
};

/// What a component, component type or instance type declares.
struct Interface {
  bool isComponent = false;
  /// A component rather than a type.
  bool isConcrete = false;
  /// `members` are the imports and exports, in terms of these two.
  Instance *imports = nullptr, *exports = nullptr;
  /// The oldest instance that the exports and imports mention, see `Type`.
  uint32_t oldest = ~0u, oldestResource = ~0u;

  /// How many instances, and types of instances and components, are inside each
  /// other among the exports and imports.
  uint32_t depth = 0;

  /// True when it mentions nothing from outside.
  bool isClosed() const { return oldest >= imports->serial; }
  bool hasFreeResource() const { return oldestResource < imports->serial; }
};

/// A substitution of instances. Either two that are applied one after the
/// other, or replacements, behind which `outer` is tried.
struct Environment {
  Environment *first = nullptr, *then = nullptr;

  llvm::SmallVector<std::pair<const Instance *, Instance *>, 2> replacements;
  /// A bundle that is exported gives its types the names that it has for them.
  llvm::SmallDenseMap<const Type *, llvm::StringRef, 1> bundled;
  Instance *bundle = nullptr;
  /// What `generated` resources of this component become, as they are met.
  const Interface *component = nullptr;
  llvm::SmallDenseMap<const Resource *, const Resource *, 1> fresh;
  const Interface *generatedIn = nullptr;
  bool isAlias = false;
  Environment *outer = nullptr;

  /// Types that mention only older instances stay what they are.
  uint32_t oldest = ~0u;
  uint32_t depth = 0;
  llvm::SmallDenseMap<const Type *, const Type *, 1> memo;
};

/// How many instances, and types of instances and components, are inside each
/// other in `entity`; 0 for what is none.
uint32_t depthOf(const Entity &entity);

/// Makes instances, and reads through them.
class InstanceStore {
public:
  InstanceStore(TypeStore &types, uint64_t budget)
      : types(types), budget(budget) {}

  Instance *make();
  /// At the path `parent`.`name`.
  Instance *make(const Instance *parent, llvm::StringRef name);
  Interface *makeInterface();

  /// An instance of an instance type.
  Instance *open(const Type *type, const Instance *parent,
                 llvm::StringRef name);
  /// An instance of a component type; `arguments` is transparent.
  Instance *instantiate(const Type *component, Instance *arguments,
                        const Interface *generatedIn);
  /// `source` under another name of the same component.
  Instance *alias(Instance *source, const Instance *parent,
                  llvm::StringRef name);

  /// The export `name` of `instance`; null if it has none.
  const Entity *project(Instance *instance, llvm::StringRef name);
  /// Calls `visit` with the name of each export, in order.
  void forEachName(const Instance *instance,
                   llvm::function_ref<void(llvm::StringRef)> visit) const;

  const Type *read(const Type *type, Environment *environment);
  /// The same of what `type` is, whatever stands at its path; `type` itself if
  /// nothing that it mentions is replaced.
  const Type *readContent(const Type *type, Environment *environment);
  Environment *makeEnvironment(Environment *outer);
  void replace(Environment &environment, const Instance *what, Instance *by);
  /// First `first`, then `then`.
  Environment *compose(Environment *first, Environment *then);

  /// True when `declared`, which `owner` declares as `name`, is an abstract
  /// resource that is introduced there.
  static bool isBorn(const Entity &declared, const Instance *owner,
                     llvm::StringRef name);

  /// Counts a step of work. False when the work is more than the input pays
  /// for; then everything is unknown.
  bool spend();
  bool isExhausted() const { return budget == 0; }

private:
  Entity rename(const Entity &declared, const Instance *declarer,
                Instance *instance, llvm::StringRef name);
  const Type *renameType(const Type *declared, bool isBorn, Instance *instance,
                         llvm::StringRef name);
  Instance *renameInstance(Instance *declared, const Instance *declarer,
                           Instance *instance, llvm::StringRef name);
  bool findByPath(const Type *type, Environment *environment,
                  const Type *&found);
  Instance *replacementOf(const Instance *what, const Environment &environment);
  /// Null where it is not known.
  const Resource *readResource(const Resource *resource,
                               Environment *environment);
  const Resource *freshResource(const Resource *resource,
                                Environment &environment);

  TypeStore &types;
  uint64_t budget;
  uint32_t serials = 0;
  std::deque<Instance> instances;
  std::deque<Interface> interfaces;
  std::deque<Environment> environments;
};

} // namespace meld::validation

#endif // MELD_LIB_TARGET_WASM_VALIDATIONINSTANCES_H
